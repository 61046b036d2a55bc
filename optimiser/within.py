"""The best choice of a problem with its split into chains and cycles, those limited or not."""

from collections import Counter
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimiser.chains import Step, single_steps, split
from optimiser.matching import plan_of
from optimiser.problem import NO_HOME, Problem, Solution
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
    if most == 1 and (longest_cycle is None or longest_cycle < 2):
        solution = solve(vacant_only(problem), deadline)
        if solution.engine == "flow":
            # Best over the vacant places, not over those that moves would free: no residual path may say so.
            solution = replace(solution, engine="vacancies")
        return solution, single_steps(problem.pool[solution.chosen])
    if most is None:
        solution = solve(problem, deadline)
        return solution, _steps(problem, solution, most, longest_cycle)
    at_hand = _vacant_places_only(problem) if deadline.may_come else None
    start, relaxed, unlimited = solve_by_prices(problem, deadline)
    if unlimited is not None:
        steps = split(plan_of(problem, unlimited.chosen), problem.vacant, most, longest_cycle)
        if steps is not None:
            return unlimited, steps
    if deadline.may_come:
        at_hand = _in_hand(problem, start, at_hand, most, longest_cycle, deadline)
    solution = solve_limited(problem, most, start, at_hand, deadline, longest_cycle, relaxed)
    return solution, _steps(problem, solution, most, longest_cycle)


def vacant_only(problem: Problem) -> Problem:
    """The problem where chains hold one proposal: nobody takes a place left, so it is as if none were."""
    return replace(problem, home=np.full_like(problem.home, NO_HOME))


def _steps(problem: Problem, solution: Solution, most: int | None, longest_cycle: int | None) -> list[Step]:
    steps = split(plan_of(problem, solution.chosen), problem.vacant, most, longest_cycle)
    if steps is None:
        raise AssertionError("the plan does not split into chains")
    return steps


def _vacant_places_only(problem: Problem) -> NDArray[np.bool_] | None:
    """Chains of one proposal, found at once; None where a limit asks for more than nobody at all."""
    nobody = repaired(problem, np.zeros(len(problem.seeker), dtype=bool))
    return None if nobody is None else filled(problem, nobody)


def _in_hand(
    problem: Problem,
    chosen: NDArray[np.bool_],
    at_hand: NDArray[np.bool_] | None,
    most: int,
    longest_cycle: int | None,
    deadline: Deadline,
) -> NDArray[np.bool_] | None:
    """The better of a choice at hand and of another, mended to keep the limits; None where none does.

    What is at hand is enough when time is up.
    """
    within = most if longest_cycle is None else longest_cycle
    held = chosen
    for _ in range(CUTS):
        if at_hand is not None and deadline.passed():
            return at_hand
        mended = repaired(problem, _cut_short(problem, held, most, within))
        if mended is None:
            return at_hand
        held = mended
    if at_hand is not None and deadline.passed():
        return at_hand
    if split(plan_of(problem, held), problem.vacant, most, longest_cycle) is None:
        return at_hand
    held = filled(problem, held)
    return held if at_hand is None else max(held, at_hand, key=lambda choice: values_of(problem, choice))


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
