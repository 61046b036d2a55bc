"""The whole match of the demo city, and its problem put to scipy and HiGHS in the same run."""

from optimiser.answer import answer
from optimiser.compatibility import assess, compatibility
from optimiser.match import match
from optimiser.matching import GOALS, matching_problem
from optimiser.policy.load import load_policy
from optimiser.priority import prioritise
from optimiser.problem import Problem
from optimiser.solve.lexicographic import solve

from .made_instance import demo_instance
from .measure import measured, show
from .rivals import by_assignment, by_highs

ROUNDS = 5


def run() -> None:
    """Match with moves unlimited, then solve the same problem in three ways.

    Raises
    ------
    ValueError
        When the solvers do not agree on a value.
    """
    instance = demo_instance()
    policy = load_policy(instance.as_of)
    whole = measured(lambda: match(policy, instance), ROUNDS)
    told = measured(lambda: answer(whole.result, "hash"), ROUNDS)
    problem = _problem()
    ours = measured(lambda: solve(problem), ROUNDS)
    one_goal = measured(lambda: by_assignment(problem, problem.goals[0]))
    highs = measured(lambda: by_highs(problem, len(GOALS)))
    _agree(ours.result.values[: len(GOALS)], highs.result, "HiGHS")
    _agree(ours.result.values[:1], (one_goal.result,), "the assignment")
    size = f"{len(problem.seeker):,} pairs, {len(problem.sides)} sides"

    def beside(seconds: float) -> str:
        return f"{seconds / ours.seconds:,.1f} x ours"

    show(
        f"Demo city, {instance.n:,} households x {instance.m} pools, moves unlimited",
        [
            ("match, checked", f"{whole.seconds:.3f}", "", "limit 1 s"),
            ("its answer as data", f"{told.seconds:.3f}", "", "causes, missing facts, questions"),
            ("solve alone", f"{ours.seconds:.3f}", "1 x ours", f"{size}; all goals and the tie-break"),
            (
                "linear_sum_assignment",
                f"{one_goal.seconds:.3f}",
                beside(one_goal.seconds),
                "first goal only, without conflicts and quotas",
            ),
            (
                "HiGHS (scipy milp)",
                f"{highs.seconds:.1f}",
                beside(highs.seconds),
                "eight goals, no tie-break",
            ),
        ],
    )


def _problem() -> Problem:
    instance = demo_instance()
    assessment = assess(load_policy(instance.as_of), instance)
    pairs = compatibility(assessment).eligible
    return matching_problem(assessment, prioritise(assessment), pairs, "unlimited")


def _agree(ours: tuple[int, ...], theirs: tuple[int, ...], name: str) -> None:
    if ours != theirs:
        raise ValueError(f"{name} reaches {theirs}, we reach {ours}")
