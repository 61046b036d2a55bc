"""Conditions on a household: each kind of entry, and what an unknown fact does to it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from optimiser.assessment import Assessment
from optimiser.instance_build import build_instance
from optimiser.kleene import NO, UNKNOWN, YES
from optimiser.policy.conditions import ends_within, present_level
from optimiser.policy.load import load_policy
from optimiser.policy.model import PolicyProblem

from ..twin.cities import AS_OF
from . import rows
from .made import made_reading

WORDS = {int(NO): "no", int(UNKNOWN): "unknown", int(YES): "yes"}


def truth(entry: Mapping[str, Any], *people: Any, **others: Mapping[str, Any]) -> list[str]:
    """What a condition says of some households (and their members and pools), in words."""
    policy = replace(load_policy(AS_OF), conditions={"asked": entry, **others})
    assessment = Assessment(policy, build_instance(rows.city(*people), AS_OF))
    return [WORDS[int(value)] for value in assessment.condition("asked")]


def days(count: int) -> Any:
    return AS_OF + timedelta(days=count)


@pytest.mark.parametrize(
    ("entry", "column", "expected"),
    [
        ({"in": ["past", "active"]}, "substance_use", {"active": "yes", "none": "no", "unknown": "unknown"}),
        ({"in": ["active", "unknown"]}, "substance_use", {"active": "yes", "past": "no", "unknown": "yes"}),
        ({"at_least": "daily"}, "support_need", {"visiting": "no", "daily": "yes", "care": "yes"}),
        ({"at_most": "daily"}, "support_need", {"visiting": "yes", "daily": "yes", "care": "no"}),
        ({"below": 60}, "shis_months", {59: "yes", 60: "no", None: "unknown"}),
        ({"at_least": 48}, "shis_months", {47: "no", 48: "yes", None: "unknown"}),
        (
            {"days_ago_at_least": 183},
            "homeless_since",
            {days(-184): "yes", days(-183): "yes", days(-182): "no", None: "unknown"},
        ),
        ({"after_as_of": True}, "unavailable_until", {days(1): "yes", days(0): "no", None: "no"}),
    ],
)
def test_fact(entry: dict[str, Any], column: str, expected: dict[Any, str]) -> None:
    people = [rows.household(f"H{i}", **{column: value}) for i, value in enumerate(expected)]
    assert truth({"fact": column, **entry}, *people) == list(expected.values())


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("all", ["yes", "no", "unknown", "no"]), ("any", ["yes", "yes", "yes", "unknown"])],
)
def test_composition(kind: str, expected: list[str]) -> None:
    answers = [("yes", "yes"), ("yes", "no"), ("yes", "unknown"), ("no", "unknown")]
    people = [rows.household(f"H{i}", pet=pet, pregnant=other) for i, (pet, other) in enumerate(answers)]
    parts = {"one": {"fact": "pet", "in": ["yes"]}, "two": {"fact": "pregnant", "in": ["yes"]}}
    assert truth({kind: ["one", "two"]}, *people, **parts) == expected


def test_not_keeps_unknown() -> None:
    people = [rows.household(f"H{i}", pet=pet) for i, pet in enumerate(("yes", "no", "unknown"))]
    part = {"fact": "pet", "in": ["yes"]}
    assert truth({"not": "part"}, *people, part=part) == ["no", "yes", "unknown"]


def test_members() -> None:
    alone, family = rows.household("A"), rows.household("B")
    people = (alone, family, rows.adult("B"), rows.child("B"))
    assert truth({"members": "any_child"}, *people) == ["no", "yes"]
    assert truth({"members": "every_adult", "sex": "woman"}, *people) == ["yes", "yes"]
    man = rows.adult("B", "B-3", sex="man")
    assert truth({"members": "every_adult", "sex": "woman"}, *people, man) == ["yes", "no"]
    unsure = rows.adult("B", "B-3", sex="unknown")
    assert truth({"members": "every_adult", "sex": "woman"}, *people, unsure) == ["yes", "no"]


def test_ages_of_adults_on_the_birthday() -> None:
    born = [AS_OF.replace(year=AS_OF.year - 65) + timedelta(days=shift) for shift in (0, 1)]
    people: list[Any] = [rows.household("A"), rows.household("B"), rows.household("C")]
    people += [rows.adult("A", birth_date=born[0]), rows.adult("B", birth_date=born[1])]
    people += [rows.adult("C", birth_date=born[0]), rows.adult("C", "C-2", birth_date=born[1])]
    assert truth({"members": "any_adult", "age_at_least": 65}, *people) == ["yes", "no", "yes"]
    assert truth({"members": "every_adult", "age_at_least": 65}, *people) == ["yes", "no", "no"]


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ((), "no"),
        (("no",), "no"),
        (("unknown",), "unknown"),
        (("no", "yes"), "yes"),
        (("unknown", "yes"), "yes"),
    ],
)
def test_fact_of_children(needs: tuple[str, ...], expected: str) -> None:
    children = [rows.child("A", i + 2, special_stability_need=need) for i, need in enumerate(needs)]
    entry = {"members": "any_child", "fact": "special_stability_need", "in": ["yes"]}
    assert truth(entry, rows.household("A"), rows.adult("A"), *children) == [expected]


def test_lives_in() -> None:
    people = [rows.household("A"), rows.household("B", current_pool_id="P")]
    people += [rows.pool("P", drug_policy="drug_free")]  # type: ignore[list-item]
    assert truth({"lives_in": {"drug_policy": ["drug_free"]}}, *people) == ["no", "yes"]
    assert truth({"lives_in": {"levels": [3]}}, *people) == ["no", "no"]


@pytest.mark.parametrize("seed", range(12))
def test_ends_and_present_place_as_the_twin_reads_them(seed: int) -> None:
    read = made_reading(seed)
    levels = present_level(read.instance, read.assessment.policy.present_levels)
    for h in range(read.instance.n):
        level = read.city.present_level(read.household(h))
        assert levels[h] == (-1 if level is None else level)
        for window in (14, 30, 60, 90):
            assert ends_within(read.instance, window, 14)[h] == read.city.ends(read.household(h), window)


def test_the_policy_says_which_situations_are_a_place() -> None:
    city = build_instance(rows.city(rows.household("A", situation="hospital")), AS_OF)
    policy = load_policy(AS_OF)
    told = replace(policy, present_levels={**policy.present_levels, "hospital": 2})
    for one, level, has in ((policy, -1, NO), (told, 2, YES)):
        read = Assessment(one, city)
        assert read.present_level.tolist() == [level]
        assert read.condition("has_present_place").tolist() == [has]


def test_condition_of_no_known_kind_is_named() -> None:
    with pytest.raises(PolicyProblem, match="asked"):
        truth({"sv": "något"}, rows.household("A"))


def test_condition_that_is_missing_is_named() -> None:
    with pytest.raises(PolicyProblem, match="nowhere"):
        truth({"not": "nowhere"}, rows.household("A"))


def test_facts_behind_a_condition_are_found_through_its_parts() -> None:
    a = made_reading(1).assessment
    assert a.facts_of("complex_needs") == {"substance_use", "mental_health", "support_need"}
    assert a.facts_of("has_child") == frozenset()


def test_conditions_of_the_policy_are_truths_of_all_households() -> None:
    a = made_reading(5).assessment
    for name in a.policy.conditions:
        assert a.condition(name).shape == (a.instance.n,)
        assert set(np.unique(a.condition(name)).tolist()) <= {0, 1, 2}
