"""One run: from a policy and an instance to a checked plan with its proofs."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.chains import Step, split
from optimiser.check import FailedCheck, Proposed, check
from optimiser.compatibility import Compatibility, assess, compatibility
from optimiser.instance import Instance
from optimiser.matching import GOALS, Moves, Plan, conditional_problem, matching_problem, plan_of
from optimiser.policy.model import Policy
from optimiser.priority import Priority, prioritise
from optimiser.problem import Problem, Solution
from optimiser.solve.deadline import Deadline
from optimiser.solve.lexicographic import solve
from optimiser.solve.limited import solve_limited
from optimiser.solve.repair import repaired


@dataclass(frozen=True, slots=True)
class Match:
    """A run's answer: the plan split into steps, what it is worth, and what was read to get there."""

    assessment: Assessment
    priority: Priority
    compatible: Compatibility
    moves: Moves
    plan: Plan
    steps: tuple[Step, ...]
    solution: Solution
    conditional: Plan
    conditional_solution: Solution

    @property
    def optimal(self) -> bool:
        """Whether every goal of the plan and of the conditional proposals is proved."""
        return self.solution.optimal and self.conditional_solution.optimal


def match(
    policy: Policy, instance: Instance, moves: Moves = "unlimited", time_limit: float | None = None
) -> Match:
    """Propose who gets which place: goals strictly in order, proved, checked from the instance alone.

    Parameters
    ----------
    moves
        `none`: only households without a pool enter; `unlimited`: residents may move, in any chain;
        a number: residents may move, in chains and cycles of at most so many proposals.
    time_limit
        Seconds for the engine; None for no limit.

    Raises
    ------
    FailedCheck
        When the answer does not hold: an error of ours, never the user's.
    """
    return match_assessed(assess(policy, instance), moves, time_limit)


def match_assessed(a: Assessment, moves: Moves, time_limit: float | None = None) -> Match:
    """As `match`, on a policy already read against an instance, exceptions included."""
    deadline = Deadline(time_limit)
    priority = prioritise(a)
    compatible = compatibility(a)
    problem = matching_problem(a, priority, compatible.eligible, moves)
    solution, steps = _solve(problem, moves, deadline)
    plan = plan_of(problem, solution.chosen)
    _hold(a, plan, steps, solution, moves)
    rest = conditional_problem(a, priority, compatible.unknown, plan)
    conditional_solution = solve(rest, deadline)
    conditional = plan_of(rest, conditional_solution.chosen)
    return Match(
        a, priority, compatible, moves, plan, tuple(steps), solution, conditional, conditional_solution
    )


def _hold(a: Assessment, plan: Plan, steps: list[Step], solution: Solution, moves: Moves) -> None:
    proposals = [
        Proposed(
            int(plan.household[s.proposal]),
            int(plan.pool[s.proposal]),
            int(plan.from_pool[s.proposal]),
            s.chain,
            s.step,
        )
        for s in steps
    ]
    complaints = check(a, proposals, solution.values[: len(GOALS)], moves)
    if len(steps) != len(plan.household):
        complaints.append("the split lost a proposal")
    if complaints:
        raise FailedCheck(complaints)


def _solve(problem: Problem, moves: Moves, deadline: Deadline) -> tuple[Solution, list[Step]]:
    """Without a limit on chains first: if that plan splits within the limit, it is best with it too."""
    most = moves if isinstance(moves, int) else None
    solution = solve(problem, deadline)
    steps = split(plan_of(problem, solution.chosen), problem.vacant, most)
    if steps is None and most is not None:
        cut = _cut_short(problem, solution, most)
        solution = solve_limited(problem, most, solution.chosen, cut, deadline)
        steps = split(plan_of(problem, solution.chosen), problem.vacant, most)
    if steps is None:
        raise FailedCheck(["the plan does not split into chains"])
    return solution, steps


def _cut_short(problem: Problem, solution: Solution, most: int) -> NDArray[np.bool_]:
    """The plan with each chain cut after `most` proposals and longer cycles left out: a start in hand."""
    chosen = np.flatnonzero(solution.chosen)
    steps = split(plan_of(problem, solution.chosen), problem.vacant)
    if steps is None:
        raise FailedCheck(["the plan does not split into chains"])
    length = Counter(step.chain for step in steps)
    cycles = {step.chain for step in steps if step.step == 1 and length[step.chain] > 1}
    cycles -= {step.chain for step in steps if step.step == 2}
    kept = [s.proposal for s in steps if (length[s.chain] <= most if s.chain in cycles else s.step <= most)]
    cut = np.zeros(len(problem.seeker), dtype=bool)
    cut[chosen[kept]] = True
    cut = repaired(problem, cut)
    if split(plan_of(problem, cut), problem.vacant, most) is None:
        return np.zeros(len(problem.seeker), dtype=bool)
    return cut
