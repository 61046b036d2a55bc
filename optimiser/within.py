"""The best choice of a problem with its split into chains and cycles, those limited or not."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from optimiser.chains import Step, split
from optimiser.matching import plan_of
from optimiser.problem import Problem, Solution
from optimiser.solve.deadline import Deadline
from optimiser.solve.lexicographic import solve
from optimiser.solve.limited import solve_limited
from optimiser.solve.repair import repaired


def solve_within(
    problem: Problem, most: int | None, longest_cycle: int | None = None, deadline: Deadline | None = None
) -> tuple[Solution, list[Step]]:
    """The best choice whose chains hold at most `most` proposals and cycles at most `longest_cycle`.

    None for most: no limit; None for longest_cycle: the limit of chains. Without limits first: if that
    plan splits within them, it is best with them too.

    Raises
    ------
    NoPlan
        When no choice keeps every limit: proved.
    OutOfTime
        When the deadline came before any choice that keeps every limit was found.
    """
    deadline = deadline or Deadline()
    solution = solve(problem, deadline)
    steps = split(plan_of(problem, solution.chosen), problem.vacant, most, longest_cycle)
    if steps is None and most is not None:
        cut = _in_hand(problem, solution.chosen, most, longest_cycle, deadline)
        solution = solve_limited(problem, most, solution.chosen, cut, deadline, longest_cycle)
        steps = split(plan_of(problem, solution.chosen), problem.vacant, most, longest_cycle)
    if steps is None:
        raise AssertionError("the plan does not split into chains")
    return solution, steps


def _in_hand(
    problem: Problem, chosen: NDArray[np.bool_], most: int, longest_cycle: int | None, deadline: Deadline
) -> NDArray[np.bool_] | None:
    """A choice within the limits to fall back on, where time may run out; None where there is none."""
    if deadline.seconds is None:
        return None
    within = most if longest_cycle is None else longest_cycle
    for candidate in (_cut_short(problem, chosen, most, within), np.zeros(len(problem.seeker), dtype=bool)):
        held = repaired(problem, candidate)
        if (
            held is not None
            and split(plan_of(problem, held), problem.vacant, most, longest_cycle) is not None
        ):
            return held
    return None


def _cut_short(
    problem: Problem, chosen: NDArray[np.bool_], most: int, longest_cycle: int
) -> NDArray[np.bool_]:
    """A choice with each chain cut after `most` proposals and cycles that are too long left out."""
    steps = split(plan_of(problem, chosen), problem.vacant) or []
    length = Counter(step.chain for step in steps)
    chains = {step.chain for step in steps if step.step == 2} | {n for n in length if length[n] == 1}
    kept = [
        step.proposal
        for step in steps
        if (step.step <= most if step.chain in chains else length[step.chain] <= longest_cycle)
    ]
    cut = np.zeros(len(problem.seeker), dtype=bool)
    cut[np.flatnonzero(chosen)[kept]] = True
    return cut
