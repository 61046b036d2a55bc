"""Conditional goals: what the unknown facts of those still waiting could open, once a plan stands."""

from .matching import Answer, goal_by_goal, one_place_each, within_quotas
from .mip import Model
from .plan import home_after, still_vacant
from .problem import Arc, Problem


def conditional_arcs(city: Problem, plan: list[Arc]) -> list[Arc]:
    """Pairs of eligibility unknown for candidates without a current pool and without a proposal."""
    proposed = {household_id for household_id, _ in plan}
    return [
        arc
        for arc, answer in city.eligible.items()
        if answer == "unknown" and city.home[arc[0]] is None and arc[0] not in proposed
    ]


def solve_conditional(city: Problem, plan: list[Arc]) -> Answer:
    """The best conditional proposals beside a plan, on the places it leaves vacant; they displace nobody."""
    arcs = [arc for arc in conditional_arcs(city, plan) if not meets_conflict(city, plan, arc)]
    model = Model()
    for arc in arcs:
        model.add_column(arc)
    one_place_each(model, arcs)
    for pool_id, places in still_vacant(city, plan).items():
        model.at_most({arc: 1.0 for arc in arcs if arc[1] == pool_id}, places)
    for first, second in city.conflicts:
        for house in sorted(set(city.house.values())):
            both = [arc for arc in arcs if arc[0] in (first, second) and city.house[arc[1]] == house]
            model.at_most(dict.fromkeys(both, 1.0), 1)
    within_quotas(model, city, arcs, plan)
    return goal_by_goal(model, city, arcs)


def meets_conflict(city: Problem, plan: list[Arc], arc: Arc) -> bool:
    """Whether the pool lies in a house where one the household may not share with lives after the plan."""
    after = home_after(city, plan)
    for pair in city.conflicts:
        for household_id, other in (pair, pair[::-1]):
            place = after[other]
            if household_id == arc[0] and place is not None and city.house[place] == city.house[arc[1]]:
                return True
    return False
