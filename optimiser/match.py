"""One run: from a policy and an instance to a checked plan with its proofs."""

from dataclasses import dataclass

import numpy as np

from optimiser.assessment import Assessment
from optimiser.chains import Step
from optimiser.check import FailedCheck, Proposed, check
from optimiser.compatibility import Compatibility, assess, compatibility
from optimiser.engine_reason import engine_reason
from optimiser.ground import WHOLE, Ground
from optimiser.instance import Instance
from optimiser.limits.conflict import LimitsConflict, has_plan, minimal_conflict
from optimiser.limits.model import NO_LIMITS, Limits
from optimiser.matching import GOALS, Moves, Plan, conditional_problem, matching_problem, plan_of
from optimiser.policy.model import Policy
from optimiser.priority import Priority, prioritise
from optimiser.problem import NoPlan, Solution
from optimiser.solve.deadline import Deadline, Stop
from optimiser.solve.lexicographic import solve
from optimiser.within import solve_within

NOBODY = np.zeros(0, dtype=np.int64)
NO_PLAN = Plan(NOBODY, NOBODY, NOBODY)
NOTHING_ASKED = Solution(np.zeros(0, dtype=bool), (), (), "none", True)


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
    limits: Limits = NO_LIMITS
    engine_reason: str = ""

    @property
    def optimal(self) -> bool:
        """Whether every goal of the plan and of the conditional proposals is proved."""
        return self.solution.optimal and self.conditional_solution.optimal


def match(
    policy: Policy,
    instance: Instance,
    moves: Moves = "unlimited",
    time_limit: float | None = None,
    limits: Limits = NO_LIMITS,
    stop: Stop | None = None,
) -> Match:
    """Propose who gets which place: goals strictly in order, proved, checked from the instance alone.

    Parameters
    ----------
    moves
        `none`: only households without a pool enter; `unlimited`: residents may move, in any chain;
        a number: residents may move, in chains and cycles of at most so many proposals.
    time_limit
        Seconds for the engine; None for no limit.
    limits
        What the run has to keep beyond the city's data and the policy.
    stop
        Whoever may end the run before its time: the best found so far is then the answer.

    Raises
    ------
    LimitsProblem
        When a limit names something that is not there.
    LimitsConflict
        When no plan keeps all limits; names the fewest that stand in each other's way.
    OutOfTime
        When the time limit came before any plan that keeps all limits was found.
    FailedCheck
        When the answer does not hold: an error of ours, never the user's.
    """
    return match_assessed(assess(policy, instance), moves, time_limit, limits, stop=stop)


def match_assessed(
    a: Assessment,
    moves: Moves,
    time_limit: float | None = None,
    limits: Limits = NO_LIMITS,
    ground: Ground = WHOLE,
    stop: Stop | None = None,
) -> Match:
    """As `match`, on a policy already read against an instance, exceptions included, and on a ground."""
    deadline = Deadline.for_answer(time_limit, stop)
    priority = prioritise(a)
    compatible = compatibility(a, ground.seekers, ground.pools)
    problem = matching_problem(a, priority, compatible.eligible, moves, limits, ground)
    most = moves if isinstance(moves, int) else None
    try:
        solution, steps = solve_within(problem, most, deadline=deadline)
    except NoPlan:
        pairs = compatible.eligible
        conflict = minimal_conflict(limits, lambda some: has_plan(a, priority, pairs, moves, some))
        raise LimitsConflict(conflict) from None
    plan = plan_of(problem, solution.chosen)
    if ground.checked:
        _hold(a, plan, steps, solution, moves, limits, ground)
    conditional, conditional_solution = NO_PLAN, NOTHING_ASKED
    if ground.conditional:
        rest = conditional_problem(a, priority, compatible.unknown, plan, limits)
        conditional_solution = solve(rest, deadline)
        conditional = plan_of(rest, conditional_solution.chosen)
    return Match(
        a,
        priority,
        compatible,
        moves,
        plan,
        tuple(steps),
        solution,
        conditional,
        conditional_solution,
        limits,
        engine_reason(problem, solution),
    )


def _hold(
    a: Assessment,
    plan: Plan,
    steps: list[Step],
    solution: Solution,
    moves: Moves,
    limits: Limits,
    ground: Ground,
) -> None:
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
    told = len(GOALS) + (limits.like is not None)
    values = list(solution.values[:told])
    if ground.fit_less is not None:
        values[GOALS.index("fit")] += int(ground.fit_less[plan.pool].sum())
    complaints = check(a, proposals, values, moves, limits)
    if len(steps) != len(plan.household):
        complaints.append("the split lost a proposal")
    if complaints:
        raise FailedCheck(complaints)
