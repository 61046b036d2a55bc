"""What the limits themselves force before any goal: pairs that have to be taken, or no choice at all."""

from dataclasses import replace

import numpy as np

from optimiser.problem import NoPlan, Problem, SideLimit
from optimiser.solve.face import Face, whole_face


def forced_face(problem: Problem) -> Face:
    """The whole face, with the seekers that a limit by itself has placed in certain of their pairs.

    Raises
    ------
    NoPlan
        When a limit is out of reach even if every pair that eases it were taken.
    """
    face = whole_face(problem)
    keep, must = np.ones(len(problem.seeker), dtype=bool), face.must.copy()
    for side in problem.sides:
        if side.most >= 0:
            continue
        easing = np.minimum(side.coefficient, 0)
        if int(easing.sum()) > side.most:
            raise NoPlan(f"{side.name} is out of reach: no open pair could meet it")
        seeker = _forced_seeker(problem, side)
        if seeker is not None:
            must[seeker] = True
            others = problem.seeker == seeker
            others[side.pairs] = False
            keep &= ~others
    return replace(face, pairs=face.pairs[keep], must=must)


def _forced_seeker(problem: Problem, side: SideLimit) -> int | None:
    """The one seeker of a limit that asks for one of its pairs; None when the limit is another."""
    seekers = problem.seeker[side.pairs]
    one = bool((seekers == seekers[0]).all()) and bool((side.coefficient == -1).all())
    return int(seekers[0]) if one and side.most == -1 else None
