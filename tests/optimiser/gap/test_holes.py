"""Holes in the stock are found from eligibility: the demo city names its own, and made-up ones move."""

from dataclasses import replace
from typing import Any

from models.dataset import Dataset
from optimiser.compatibility import assess
from optimiser.gap.holes import Hole, holes
from optimiser.gap.womens_gap import gap
from optimiser.instance import Instance
from optimiser.instance_build import build_instance
from optimiser.policy.load import load_policy
from scenarios.demo_city import DEMO_AS_OF, build_demo_city

from ...twin.cities import AS_OF
from .. import rows


def holes_of(data: Dataset, day: Any = AS_OF) -> tuple[Instance, tuple[Hole, ...]]:
    instance = build_instance(data, day)
    return instance, holes(gap(assess(load_policy(day), instance)))


def test_the_demo_city_names_the_hole_between_hvilan_and_syrenen() -> None:
    instance, (hole,) = holes_of(build_demo_city(), DEMO_AS_OF)
    assert (hole.section, hole.profile) == ("support", "needs_tolerant")
    assert hole.waiting > 50
    assert [instance.pool_ids[near.pool] for near in hole.below] == ["P-HVILAN"]
    nearest = hole.closed[0]
    assert (instance.pool_ids[nearest.pool], nearest.rule) == ("P-SYRENEN", "relapse_safe")


def test_the_hole_closes_where_the_drug_free_house_becomes_tolerant() -> None:
    data = build_demo_city()
    pools = tuple(
        pool.model_copy(update={"drug_policy": "tolerant"}) if pool.pool_id == "P-SYRENEN" else pool
        for pool in data.pools
    )
    assert holes_of(replace(data, pools=pools), DEMO_AS_OF)[1] == ()


WAITS = {
    "situation": "rough_sleeping",
    "substance_use": "active",
    "support_need": "daily",
    "wants_women_only": "yes",
}
SHELTER = {"form": "akutboende", "admits": "women", "staffing": "around_the_clock"}
HOUSE = {"form": "stodboende", "admits": "women", "staffing": "daily"}


def test_names_do_not_matter_and_the_nearest_has_the_fewest_rules_in_the_way() -> None:
    _, (hole,) = holes_of(
        rows.city(
            *(rows.household(h, **WAITS) for h in "ABC"),
            rows.pool("K", **SHELTER, drug_policy="tolerant"),
            rows.pool("L", **SHELTER, drug_policy="drug_free"),
            rows.pool("M", **HOUSE, drug_policy="drug_free", min_age=65),
            rows.pool("N", **HOUSE, drug_policy="drug_free"),
        )
    )
    assert (hole.section, hole.profile, hole.waiting) == ("support", "needs_tolerant", 3)
    assert [(near.pool, near.women) for near in hole.below] == [(0, 3)]
    assert [(near.pool, near.women, near.rule) for near in hole.closed] == [
        (3, 3, "relapse_safe"),
        (2, 0, ""),
    ]


def test_without_womens_places_of_a_level_there_is_no_pool_to_name() -> None:
    assert holes_of(rows.city(rows.household("A", **WAITS)))[1] == ()
