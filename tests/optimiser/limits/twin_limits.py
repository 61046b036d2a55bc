"""The twin's reading of the limits: rows of its own integer programme, from the rows of the dataset."""

from copy import copy
from typing import Any

from models.codes import SubstanceUse
from optimiser.limits.model import Limits

from ...twin.city import all_women
from ...twin.matching import (
    Answer,
    Sum,
    add_chains_and_cycles,
    keep_apart,
    one_place_each,
    within_capacity,
    within_quotas,
)
from ...twin.mip import Model
from ...twin.problem import GOALS, Arc, Moves, Problem


def solve_within(city: Problem, moves: Moves, limits: Limits) -> tuple[Answer, int] | None:
    """Best goal values and how many proposals of the earlier plan stand; None when no plan keeps all."""
    city = copy(city)
    reserves = dict(limits.reserves)
    city.vacant = {pool: free - min(free, reserves.get(pool, 0)) for pool, free in city.vacant.items()}
    arcs = [arc for arc in city.arcs(moves) if arc not in limits.blocks]
    if any(pin not in arcs for pin in limits.pins):
        return None
    model = Model()
    for arc in arcs:
        model.add_column(arc)
    one_place_each(model, arcs)
    keep_apart(model, city, arcs)
    within_quotas(model, city, arcs, [])
    within_capacity(model, city, arcs)
    if isinstance(moves, int):
        add_chains_and_cycles(model, city, arcs, moves)
    add_limits(model, city, arcs, limits)
    try:
        return _goal_by_goal(model, city, arcs, limits)
    except ValueError as problem:
        if "infeasible" not in str(problem).lower():
            raise
        return None


def _goal_by_goal(model: Model, city: Problem, arcs: list[Arc], limits: Limits) -> tuple[Answer, int]:
    chosen: Any = set()
    for goal in (*GOALS, "kept"):
        sign = -1 if goal == "cost" else 1
        terms: Sum = {}
        for arc in arcs:
            worth = int(arc in (limits.like or ())) if goal == "kept" else city.gains(arc)[goal]
            if worth:
                terms[arc] = sign * worth
        chosen = model.maximise(terms)
        best = sum(weight for arc, weight in terms.items() if arc in chosen)
        model.at_least(terms, best)
    plan = [arc for arc in arcs if arc in chosen]
    return Answer(city.value(plan), plan), len(set(plan) & set(limits.like or ()))


def add_limits(model: Model, city: Problem, arcs: list[Arc], limits: Limits) -> None:
    """All rows but blocks and reserves, which are gone from the arcs and places already."""
    for pin in limits.pins:
        model.at_least({pin: 1.0}, 1)
    if limits.most is not None:
        model.at_most(dict.fromkeys(arcs, 1.0), limits.most)
    budgets = [(None, limits.budget)] if limits.budget is not None else []
    for unit, most in [*budgets, *limits.budget_of_unit]:
        model.at_most({arc: city.gains(arc)["cost"] for arc in arcs if of_unit(city, arc, unit)}, most)
    shares = [(None, limits.women_share)] if limits.women_share is not None else []
    for unit, share in [*shares, *limits.women_share_of_unit]:
        women: Sum = {
            arc: share.denominator * is_women(city, arc) - share.numerator
            for arc in arcs
            if of_unit(city, arc, unit)
        }
        model.at_least(women, 0)
    for facility, most in limits.groups:
        _add_group(model, city, arcs, facility, most)


def of_unit(city: Problem, arc: Arc, unit: str | None) -> bool:
    return unit in (None, city.city.households[arc[0]].responsible_unit)


def is_women(city: Problem, arc: Arc) -> bool:
    return all_women(city.city.adults(city.city.households[arc[0]]))


def _add_group(model: Model, city: Problem, arcs: list[Arc], facility: str, most: int) -> None:
    """Somebody comes only if afterwards there are few enough: a switch turns the row on."""
    houses = {pool: house for pool, house in city.house.items() if house[1] == facility}

    def active(household_id: str) -> bool:
        return city.city.households[household_id].substance_use == SubstanceUse.ACTIVE

    lives = [h for h, home in city.home.items() if home in houses and active(h)]
    coming: Sum = {arc: 1.0 for arc in arcs if arc[1] in houses and active(arc[0]) and arc[0] not in lives}
    going: Sum = {arc: -1.0 for arc in arcs if arc[1] not in houses and arc[0] in lives}
    somebody = ("somebody comes", facility)
    model.add_column(somebody)
    for arc in coming:
        model.at_most({arc: 1.0, somebody: -1.0}, 0)
    large = len(arcs) + len(lives)
    model.at_most(coming | going | {somebody: float(large)}, most - len(lives) + large)
