"""Capacity plans against every plan tried, and what must hold between plans."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given

from optimiser.policy.load import load_policy
from scenarios.capacity.buildables import Buildable, load_buildables
from scenarios.capacity.plan import INFEASIBLE, OPTIMAL, capacity_plan, plan_answer
from scenarios.capacity.target import Target, TargetProblem, read_target
from scenarios.demo_city import DEMO_AS_OF, build_demo_city

from ...optimiser import rows
from ...optimiser.made import SEEDS, day_of, examples, until_seen
from ...twin.cities import AS_OF
from .plans import cheapest_by_trying, grown, made_city, made_target, planned, short_in, things_to_build

SEEN: Counter[str] = Counter()


def agree(seed: int) -> None:
    target, buildables = made_target(seed), things_to_build(seed, 3)
    plan = planned(seed, target, buildables)
    can_be_met, wanted = cheapest_by_trying(seed, target, buildables)
    assert plan.status == (OPTIMAL if can_be_met else INFEASIBLE)
    assert plan.places == wanted
    city, day = made_city(seed), day_of(seed)
    assert plan.before.short == short_in(city, day, target)
    assert plan.after.short == short_in(grown(city, buildables, wanted), day, target)
    assert plan.found.cost == plan.found.bound
    SEEN[f"{target.measure}.{target.section}"] += 1
    SEEN["built"] += any(wanted)
    SEEN["several"] += sum(n > 0 for n in wanted) > 1
    SEEN["impossible"] += not can_be_met
    SEEN["cuts"] += plan.found.sets > 2
    SEEN["nowhere"] += plan.missing is not None and plan.missing.nowhere > 0
    SEEN["crowded"] += plan.missing is not None and plan.missing.places > 0


@given(SEEDS)
@examples(12)
def test_the_plan_is_the_cheapest_of_all(seed: int) -> None:
    agree(seed)


def test_the_cities_had_something_to_plan() -> None:
    names = ("women_gap_structural.support", "women_gap_now.support", "women_gap_structural.emergency")
    wanted = (*names, "tier_1_unplaceable.", "built", "several", "impossible", "cuts", "nowhere", "crowded")
    until_seen(SEEN, wanted, agree, range(24))


@given(SEEDS)
@examples(12)
def test_a_looser_target_never_costs_more(seed: int) -> None:
    buildables = things_to_build(seed, 4)
    plans = [planned(seed, made_target(seed, most), buildables) for most in range(6)]
    for tight, loose in pairwise(plans):
        assert loose.found.cost <= tight.found.cost
        assert loose.after.short >= tight.after.short or loose.status == tight.status == INFEASIBLE
        assert (tight.status, loose.status) != (OPTIMAL, INFEASIBLE)


@given(SEEDS)
@examples(12)
def test_more_that_can_be_built_never_costs_more(seed: int) -> None:
    target, buildables = made_target(seed), things_to_build(seed, 4)
    few, many = (planned(seed, target, buildables[:n]) for n in (2, 4))
    if few.status == OPTIMAL:
        assert many.status == OPTIMAL
        assert many.found.cost <= few.found.cost
    else:
        assert many.after.short <= few.after.short


IN_NEED = {
    "situation": "rough_sleeping",
    "social_problems": "yes",
    "support_need": "daily",
    "wants_women_only": "yes",
    "substance_use": "active",
}


def buildable(
    pool_id: str, cost: int, fewest: int = 1, most: int = 9, block: int = 1, **values: str
) -> Buildable:
    row = rows.pool(pool_id, **{"admits": "women", "staffing": "daily", "drug_policy": "tolerant", **values})
    return Buildable(row.model_copy(update={"capacity": most}), cost, fewest, most, block, 0, "assumed")


def plan_of(women: int, target: str, *buildables: Buildable) -> object:
    city = rows.city(*(rows.household(f"H{i}", **IN_NEED) for i in range(women)))
    return capacity_plan(city, AS_OF, load_policy(AS_OF), read_target(target), buildables)


def test_five_women_who_use_drugs_and_four_offers() -> None:
    """The drug-free house is cheapest and of no use; eight places in blocks of four cost more than six."""
    offers = (
        buildable("A", 1, drug_policy="drug_free"),
        buildable("B", 10, fewest=4, most=8, block=4),
        buildable("C", 13),
        buildable("D", 99),
    )
    plan = plan_of(5, "women_gap_structural<=0", *offers)
    assert (plan.places, plan.found.cost, plan.status) == ((0, 4, 1, 0), 53, OPTIMAL)
    assert (plan.before.short, plan.after.short) == (5, 0)
    assert plan_of(5, "women_gap_structural<=1", *offers).places == (0, 4, 0, 0)
    assert plan_of(5, "women_gap_structural<=5", *offers).found.cost == 0


def test_when_two_plans_cost_the_same_the_fewest_places_then_the_first_are_taken() -> None:
    offers = (buildable("A", 10), buildable("B", 10), buildable("C", 5, fewest=4, most=4))
    assert plan_of(2, "women_gap_now<=0", *offers).places == (2, 0, 0)


def test_what_cannot_be_met_comes_as_near_as_it_can_and_says_for_whom() -> None:
    plan = plan_of(
        5, "women_gap_structural<=0", buildable("A", 10, most=3), buildable("B", 1, staffing="none")
    )
    assert (plan.status, plan.places, plan.after.short) == (INFEASIBLE, (3, 0), 2)
    missing = plan_answer(plan)["missing"]
    assert (missing["households"], missing["places"], missing["short"], missing["nowhere"]) == (5, 3, 2, 0)
    need = {"profile": "needs_tolerant", "support_need": "daily", "children": False, "mobility": "none"}
    assert missing["needs"] == [{**need, "households": 5}]
    alone = plan_of(2, "women_gap_structural<=0", buildable("B", 1, drug_policy="drug_free"))
    assert plan_answer(alone)["missing"]["by_cause"] == [{"rule": "relapse_safe", "households": 2}]
    assert alone.places == (0,)


def test_the_demo_city() -> None:
    city, policy, ours = build_demo_city(), load_policy(DEMO_AS_OF), load_buildables()
    plan = capacity_plan(city, DEMO_AS_OF, policy, read_target("women_gap_structural<=120"), ours)
    assert plan.status == OPTIMAL
    assert plan.after.short == 120
    assert plan.before.short == short_in(city, DEMO_AS_OF, plan.target)
    answer = plan_answer(plan)
    assert list(answer) == [
        *("target", "status", "cost_sek_per_year", "bound", "places", "before", "after", "missing", "proof"),
        "simulation",
    ]
    assert sum(entry["cost_sek_per_year"] for entry in answer["places"]) == answer["cost_sek_per_year"]
    mixed = replace(city, households=city.households[::-1], pools=city.pools[::-1])
    assert capacity_plan(mixed, DEMO_AS_OF, policy, plan.target, ours).places == plan.places


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("women_gap_structural<=0", Target("women_gap_structural", "support", 0)),
        (" women_gap_now.emergency ≤ 12 ", Target("women_gap_now", "emergency", 12)),
        ("women_gap_structural.support<=3", Target("women_gap_structural", "support", 3)),
        ("tier_1_unplaceable<=0", Target("tier_1_unplaceable", "", 0)),
    ],
)
def test_targets_are_read(written: str, target: Target) -> None:
    assert read_target(written) == target
    assert read_target(target.name) == target


@pytest.mark.parametrize(
    "written",
    [
        *("", "women_gap_structural", "women_gap_structural<0", "women_gap_structural<=-1", "women_gap<=0"),
        *(
            "tier_1_unplaceable.support<=0",
            "women_gap_now.<=0",
            "women_gap_now.both<=0",
            "tier_2_unplaceable<=0",
        ),
        *("women_gap_now<=0; x", "women_gap_now<=0.5", "women_gap_now<=12345678"),
    ],
)
def test_targets_that_cannot_be_read(written: str) -> None:
    with pytest.raises(TargetProblem):
        read_target(written)
