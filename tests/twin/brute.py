"""Complete enumeration of the plans of a tiny city, as a check on the model in `matching`."""

from collections.abc import Iterator

from .matching import Answer
from .plan import limit_faults
from .problem import GOALS, Arc, Moves, Problem
from .splits import can_split


def all_plans(arcs: list[Arc]) -> Iterator[list[Arc]]:
    """Every way to give each household at most one of its pools."""
    plans: list[list[Arc]] = [[]]
    for household_id in sorted({household_id for household_id, _ in arcs}):
        mine = [arc for arc in arcs if arc[0] == household_id]
        plans = plans + [[*plan, arc] for plan in plans for arc in mine]
    yield from plans


def rank(goals: dict[str, int]) -> tuple[int, ...]:
    """Goals in their order, greater is better."""
    return tuple(-goals[goal] if goal == "cost" else goals[goal] for goal in GOALS)


def size(city: Problem, moves: Moves) -> int:
    """How many plans `enumerate_best` would look at."""
    count = 1
    arcs = city.arcs(moves)
    for household_id in {household_id for household_id, _ in arcs}:
        count *= 1 + sum(arc[0] == household_id for arc in arcs)
    return count


def enumerate_best(city: Problem, moves: Moves) -> Answer:
    """The best of all plans that keep every limit, each plan tried in turn."""
    best = Answer(city.value([]), [])
    for plan in all_plans(city.arcs(moves)):
        goals = city.value(plan)
        if rank(goals) <= rank(best.goals) or limit_faults(city, plan):
            continue
        if isinstance(moves, int) and not can_split(city, plan, moves):
            continue
        best = Answer(goals, plan)
    return best
