"""The whole matching problem as an exact mixed-integer model, solved goal by goal."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from models.dataset import Dataset

from .mip import Model
from .problem import GOALS, Arc, Moves, Problem, problem

Sum = dict[Hashable, float]


@dataclass(frozen=True)
class Answer:
    """Goal values (cost as a positive sum) and one plan that reaches them."""

    goals: dict[str, int]
    plan: list[Arc]


def match(data: Dataset, as_of: date, moves: Moves) -> Answer:
    """The best goal values of a city on a day, and one plan that reaches them."""
    return solve(problem(data, as_of), moves)


def solve(city: Problem, moves: Moves) -> Answer:
    """Goal by goal: each is best given the ones before it."""
    arcs = city.arcs(moves)
    model = Model()
    for arc in arcs:
        model.add_column(arc)
    one_place_each(model, arcs)
    keep_apart(model, city, arcs)
    within_quotas(model, city, arcs, [])
    within_capacity(model, city, arcs)
    if isinstance(moves, int):
        add_chains_and_cycles(model, city, arcs, moves)
    return goal_by_goal(model, city, arcs)


def goal_by_goal(model: Model, city: Problem, arcs: list[Arc]) -> Answer:
    """Solve once for every goal, holding the values already reached."""
    chosen: set[Hashable] = set()
    for goal in GOALS:
        sign = -1 if goal == "cost" else 1
        terms: Sum = {arc: sign * city.gains(arc)[goal] for arc in arcs if city.gains(arc)[goal]}
        chosen = model.maximise(terms)
        best = sum(weight for arc, weight in terms.items() if arc in chosen)
        model.at_least(terms, best)
    plan = [arc for arc in arcs if arc in chosen]
    return Answer(city.value(plan), plan)


def one_place_each(model: Model, arcs: list[Arc]) -> None:
    for household_id in sorted({household_id for household_id, _ in arcs}):
        model.at_most({arc: 1.0 for arc in arcs if arc[0] == household_id}, 1)


def within_capacity(model: Model, city: Problem, arcs: list[Arc]) -> None:
    """Entries into a pool less those who leave it are at most its vacant places."""
    for pool_id, vacant in city.vacant.items():
        entering: Sum = {arc: 1.0 for arc in arcs if arc[1] == pool_id}
        leaving: Sum = {arc: -1.0 for arc in arcs if city.home[arc[0]] == pool_id}
        model.at_most(entering | leaving, vacant)


def keep_apart(model: Model, city: Problem, arcs: list[Arc]) -> None:
    """No proposal into a house where the other household is proposed, or lives and stays."""
    for first, second in city.conflicts:
        for house in sorted(set(city.house.values())):
            into_first = entries_to_house(city, arcs, first, house)
            into_second = entries_to_house(city, arcs, second, house)
            model.at_most(into_first | into_second, 1)
            for entering, other in ((into_first, second), (into_second, first)):
                home = city.home[other]
                if entering and home is not None and city.house[home] == house:
                    leaving: Sum = {arc: -1.0 for arc in arcs if arc[0] == other}
                    model.at_most(entering | leaving, 0)


def entries_to_house(city: Problem, arcs: list[Arc], household_id: str, house: tuple[str, str]) -> Sum:
    return {arc: 1.0 for arc in arcs if arc[0] == household_id and city.house[arc[1]] == house}


def within_quotas(model: Model, city: Problem, arcs: list[Arc], planned: list[Arc]) -> None:
    """Entries into the forms of a quota are at most what is left of it after those already planned."""
    for forms, left, unit in city.quota_rows():
        taken = sum(city.under_quota(arc, forms, unit) for arc in planned)
        model.at_most({arc: 1.0 for arc in arcs if city.under_quota(arc, forms, unit)}, left - taken)


def add_chains_and_cycles(model: Model, city: Problem, arcs: list[Arc], most: int) -> None:
    """Every proposal is one step of exactly one chain or cycle of at most `most` proposals."""
    parts: dict[Arc, Sum] = {arc: {} for arc in arcs}
    add_chains(model, city, arcs, most, parts)
    add_cycles(model, city, arcs, most, parts)
    for arc, steps in parts.items():
        model.equal({arc: -1.0} | steps, 0)


def add_chains(model: Model, city: Problem, arcs: list[Arc], most: int, parts: dict[Arc, Sum]) -> None:
    """Step 1 takes a vacant place; step t takes a place left by a step t − 1."""
    for step in range(1, most + 1):
        entering: dict[str, Sum] = defaultdict(dict)
        left: dict[str, Sum] = defaultdict(dict)
        for arc in arcs:
            name = ("chain", step, arc)
            model.add_column(name)
            parts[arc][name] = 1.0
            entering[arc[1]][name] = 1.0
            home = city.home[arc[0]]
            if home is not None:
                left[home]["chain", step - 1, arc] = -1.0
        for pool_id, terms in entering.items():
            if step == 1:
                model.at_most(terms, city.vacant[pool_id])
            else:
                model.at_most(terms | left[pool_id], 0)


def add_cycles(model: Model, city: Problem, arcs: list[Arc], most: int, parts: dict[Arc, Sum]) -> None:
    """Cycles by the least pool on them: hop 1 leaves it, each hop goes on where the last came, one returns.

    A hop is a resident's move from its own pool to the next; the place it takes is the one that the
    hop after it leaves.
    """
    hops = [(arc, home) for arc in arcs if (home := city.home[arc[0]]) is not None]
    for root in sorted(city.vacant):
        inside = [(arc, home) for arc, home in hops if arc[1] >= root and home >= root]
        for hop in range(1, most + 1):
            for arc, home in inside:
                if (home == root) == (hop == 1) and not (arc[1] == root and hop == 1):
                    name = ("cycle", root, hop, arc)
                    model.add_column(name)
                    parts[arc][name] = 1.0
        starting: Sum = {}
        closing: Sum = {}
        for hop in range(1, most + 1):
            arriving: dict[str, Sum] = defaultdict(dict)
            for arc, home in inside:
                name = ("cycle", root, hop, arc)
                if name in model.columns:
                    if hop == 1:
                        starting[name] = 1.0
                    if arc[1] == root:
                        closing[name] = -1.0
                    else:
                        arriving[arc[1]][name] = 1.0
                after = ("cycle", root, hop + 1, arc)
                if after in model.columns:
                    arriving[home][after] = -1.0
            for terms in arriving.values():
                model.equal(terms, 0)
        model.equal(starting | closing, 0)
