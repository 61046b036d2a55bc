"""Any choice that keeps every limit, whatever it is worth: whether there is a plan at all."""

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NoPlan, Problem
from optimiser.solve.deadline import Deadline
from optimiser.solve.flow import NoFlow, best_choice
from optimiser.solve.forced import forced_face
from optimiser.solve.mip import NoChoice, best_with_sides


def any_choice(problem: Problem, deadline: Deadline) -> NDArray[np.bool_]:
    """A choice of the problem's pairs (k,) that keeps every limit, with few proposals where it is easy.

    First the flow that places who has to be placed and nobody without need; only where that breaks a
    limit across pools is the integer programme asked.

    Raises
    ------
    NoPlan
        When there is none: proved.
    OutOfTime
        When the time limit came first.
    """
    face = forced_face(problem)
    chosen = np.zeros(len(problem.seeker), dtype=bool)
    try:
        taken = best_choice(problem, face, -np.ones(len(face.pairs), dtype=np.int64))
        chosen[face.pairs[taken]] = True
        if not face.violated(chosen):
            return chosen
        return best_with_sides(problem, face, None, deadline)
    except (NoFlow, NoChoice) as problem_found:
        raise NoPlan(str(problem_found)) from problem_found
