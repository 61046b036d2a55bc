"""Facts that would open a door: against every answer written into the rows and the city built anew."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from optimiser.compatibility import compatibility, eligibility
from optimiser.facts import FACTS
from optimiser.reasons.missing import missing_facts, needed_facts, questions

from ..twin.rules import asks
from . import rows
from .confirmed_rows import facts_unknown, opened_by
from .made import SEEDS, Reading, examples, made_reading, reading


def missing_of_all(read: Reading) -> list[list[str]]:
    everyone = np.arange(read.instance.n)
    return missing_facts(read.assessment, everyone, eligibility(read.assessment, everyone))


@given(SEEDS)
@examples(40)
def test_missing_facts_are_those_that_open_a_pool_on_the_rows(seed: int) -> None:
    read = made_reading(seed, largest_city=8)
    for h, found in enumerate(missing_of_all(read)):
        household = read.household(h)
        blank = facts_unknown(read, household)
        expected = {fact for fact in blank if opened_by(read, household, fact)}
        assert set(found) == expected, household
        assert found == sorted(found, key=FACTS.index)


def missing(household: dict[str, Any], pool: dict[str, Any], *people: Any, **tables: Any) -> list[str]:
    data = rows.city(rows.household("A", **household), rows.pool("P", **pool), *people, **tables)
    return missing_of_all(reading(data))[0]


@pytest.mark.parametrize(
    ("household", "pool", "facts"),
    [
        ({"social_problems": "unknown"}, {}, ["social_problems"]),
        (
            {"social_problems": "unknown", "substance_use": "unknown"},
            {},
            ["substance_use", "social_problems"],
        ),
        ({"social_problems": "unknown", "right_of_residence": "unknown"}, {}, []),
        ({"social_problems": "yes"}, {}, []),
        ({"registered_in_stockholm": "unknown"}, {"form": "shis_avtalat"}, ["registered_in_stockholm"]),
        ({"shis_months": None}, {"form": "shis_avtalat"}, []),
        (
            {"homeless_since": None, "substance_use": "active", "mental_health": "severe"},
            {"form": "bostad_forst"},
            ["homeless_since"],
        ),
    ],
)
def test_known_answers(household: dict[str, Any], pool: dict[str, Any], facts: list[str]) -> None:
    assert sorted(missing(household, pool)) == sorted(facts)


def test_sex_and_children_are_facts_too() -> None:
    unsure = rows.adult("A", sex="unknown")
    assert missing({"social_problems": "yes"}, {"admits": "women"}, unsure) == ["sex"]
    family = (rows.adult("A"), rows.child("A", birth_date="2021-01-01"))
    assert missing({"social_problems": "yes"}, {}, *family) == ["children"]


@given(SEEDS)
@examples(60)
def test_needed_facts_are_unknown_and_a_waiting_pair_needs_one(seed: int) -> None:
    read = made_reading(seed)
    h, p = compatibility(read.assessment).unknown
    for i, j in zip(h.tolist(), p.tolist(), strict=True):
        needed = needed_facts(read.assessment, i, j)
        assert needed
        household = read.household(i)
        assert set(needed) <= {*facts_unknown(read, household), "safe_districts"}


@given(SEEDS)
@examples(60)
def test_questions_are_those_of_the_twin(seed: int) -> None:
    read = made_reading(seed)
    h, p = compatibility(read.assessment).eligible
    found = questions(read.assessment, h, p)
    pairs = zip(h.tolist(), p.tolist(), strict=True)
    assert [sorted(asked) for asked in found] == [
        sorted(asks(read.city, read.household(i), read.pool(j))) for i, j in pairs
    ]


def test_no_household_has_no_missing_facts() -> None:
    a = made_reading(1).assessment
    nobody = np.empty(0, dtype=np.int64)
    assert missing_facts(a, nobody, np.empty((0, a.instance.m), dtype=np.int8)) == []
