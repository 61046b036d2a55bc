"""The best choice of a problem with its split into chains and cycles, those limited or not."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from optimiser.chains import Step, split
from optimiser.matching import plan_of
from optimiser.problem import Problem, Solution
from optimiser.solve.deadline import Deadline
from optimiser.solve.lexicographic import solve, solve_by_prices, values_of
from optimiser.solve.limited import solve_limited
from optimiser.solve.repair import filled, repaired

CUTS = 2
"""Times that a choice is cut short and mended: what is let go joins other chains to longer ones."""


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
    if most is None:
        solution = solve(problem, deadline)
        return solution, _steps(problem, solution, most, longest_cycle)
    start, unlimited = solve_by_prices(problem, deadline)
    if unlimited is not None:
        steps = split(plan_of(problem, unlimited.chosen), problem.vacant, most, longest_cycle)
        if steps is not None:
            return unlimited, steps
    cut = _in_hand(problem, start, most, longest_cycle, deadline)
    solution = solve_limited(problem, most, start, cut, deadline, longest_cycle)
    return solution, _steps(problem, solution, most, longest_cycle)


def _steps(problem: Problem, solution: Solution, most: int | None, longest_cycle: int | None) -> list[Step]:
    steps = split(plan_of(problem, solution.chosen), problem.vacant, most, longest_cycle)
    if steps is None:
        raise AssertionError("the plan does not split into chains")
    return steps


def _in_hand(
    problem: Problem, chosen: NDArray[np.bool_], most: int, longest_cycle: int | None, deadline: Deadline
) -> NDArray[np.bool_] | None:
    """A choice within the limits to fall back on, where time may run out; None where there is none."""
    if deadline.seconds is None:
        return None
    within = most if longest_cycle is None else longest_cycle
    nobody = np.zeros(len(problem.seeker), dtype=bool)
    found = []
    for candidate in (chosen, nobody):
        held: NDArray[np.bool_] | None = candidate
        for _ in range(CUTS):
            held = None if held is None else repaired(problem, _cut_short(problem, held, most, within))
        if held is None or split(plan_of(problem, held), problem.vacant, most, longest_cycle) is None:
            continue
        found.append(filled(problem, held))
    return max(found, key=lambda choice: values_of(problem, choice), default=None)


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
