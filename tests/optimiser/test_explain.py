"""Explanations: every rule that applies, its verdict, what was seen and what the limit is."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from models.households import Decline
from models.stock import School, TravelTime
from optimiser.fit import fit_of_pairs
from optimiser.reasons.explain import PoolExplanation, explain_pools
from optimiser.reasons.missing import needed_facts

from ..twin.rules import eligibility, verdicts
from . import rows
from .made import SEEDS, examples, made_reading, reading


@given(SEEDS)
@examples(60)
def test_every_rule_that_applies_is_there_with_the_verdict_of_the_twin(seed: int) -> None:
    read = made_reading(seed, largest_city=8)
    pools = list(range(read.instance.m))[::-1]
    for h in range(read.instance.n):
        told = explain_pools(read.assessment, h, pools)
        assert [one.pool for one in told] == pools
        for one in told:
            pair = read.city, read.household(h), read.pool(one.pool)
            assert {v.rule.rule_id: v.verdict for v in one.verdicts} == verdicts(*pair)
            assert one.eligible == eligibility(*pair)
            assert one.fit == fit_of_pairs(read.assessment, np.array([h]), np.array([one.pool]))[0]
            waits = needed_facts(read.assessment, h, one.pool) if one.eligible == "unknown" else []
            assert list(one.needs) == waits


@given(SEEDS)
@examples(30)
def test_what_is_observed_and_the_limit_can_be_written_down(seed: int) -> None:
    read = made_reading(seed, largest_city=8)
    for h in range(read.instance.n):
        for one in explain_pools(read.assessment, h, list(range(read.instance.m))):
            for verdict in one.verdicts:
                told = {"observed": verdict.observed, "limit": verdict.limit}
                assert json.loads(json.dumps(told)) == told
                assert verdict.observed, verdict.rule.rule_id
                assert verdict.rule.text_sv
                assert verdict.rule.text_en


def explained(rule: str, household: dict[str, Any], pool: dict[str, Any], *more: Any, **tables: Any) -> Any:
    """Verdict, observed and limit of one rule for one household and the place P."""
    data = rows.city(rows.household("A", **household), rows.pool("P", **pool), *more, **tables)
    read = reading(data)
    (one,) = explain_pools(read.assessment, 0, [read.instance.pool_ids.index("P")])
    found = [v for v in one.verdicts if v.rule.rule_id == rule]
    return None if not found else (found[0].verdict, dict(found[0].observed), dict(found[0].limit))


@pytest.mark.parametrize(
    ("rule", "household", "pool", "expected"),
    [
        (
            "open",
            {},
            {"opens_on": "2026-02-01"},
            ("fail", {"as_of": "2026-01-15"}, {"opens_on": "2026-02-01", "closes_on": None}),
        ),
        (
            "admits",
            {},
            {"admits": "men"},
            ("fail", {"adult_women": 1, "adult_men": 0, "adult_unsure": 0}, {"admits": "men"}),
        ),
        (
            "age",
            {},
            {"max_age": 30},
            ("fail", {"youngest_adult": 40, "oldest_adult": 40}, {"min_age": None, "max_age": 30}),
        ),
        ("size", {}, {"max_persons": 1}, ("pass", {"persons": 1}, {"max_persons": 1})),
        (
            "mobility",
            {"mobility": "wheelchair"},
            {},
            ("fail", {"mobility": "wheelchair"}, {"mobility": "none"}),
        ),
        ("support", {"support_need": "care"}, {}, ("fail", {"support_need": "care"}, {"staffing": "none"})),
        ("pets", {"pet": "yes"}, {"pets": "no"}, None),
        (
            "avoid_district",
            {"avoid_districts": ("Farsta",)},
            {},
            ("fail", {"district": "Farsta"}, {"avoid_districts": ["Farsta"]}),
        ),
        (
            "declined_form",
            {"declined_forms": ("stodboende",)},
            {},
            ("fail", {"form": "stodboende"}, {"declined_forms": ["stodboende"]}),
        ),
        (
            "not_overstaffed",
            {},
            {"staffing": "daily"},
            ("fail", {"staffing": "daily"}, {"support_need": "none", "steps": 1}),
        ),
        (
            "safe_district",
            {"violence_exposed": "yes", "responsible_unit": "Farsta"},
            {},
            (
                "unknown",
                {"district": "Farsta"},
                {"safe_districts": [], "responsible_unit": "Farsta", "school_districts": []},
            ),
        ),
        ("safe_district", {}, {}, None),
    ],
)
def test_known_explanation(rule: str, household: dict[str, Any], pool: dict[str, Any], expected: Any) -> None:
    told = explained(rule, household, pool)
    if rule == "pets":
        assert told[0] == "fail"
        assert told[1] == {"pet": "yes"}
        return
    assert told == expected


def test_conditions_tell_the_facts_they_look_at() -> None:
    person = {"substance_use": "active", "homeless_since": "2025-09-01"}
    verdict, observed, limit = explained("long_term", person, {"form": "bostad_forst"})
    assert (verdict, observed) == ("fail", {"homeless_since": "2025-09-01"})
    assert limit == {"homeless_since": {"days_ago_at_least": 183}}
    verdict, observed, _ = explained("complex_needs", person, {"form": "bostad_forst"})
    assert verdict == "fail"
    assert observed == {"substance_use": "active", "mental_health": "none", "support_need": "none"}


def test_way_to_school_is_told_child_by_child() -> None:
    schools = (School(school_id="S", name="Skolan", district="Bromma"),)
    times = (TravelTime(district="Farsta", school_id="S", minutes=35),)
    family = (rows.adult("A"), rows.child("A", school_id="S"), rows.child("A", 3))
    told = explained("school_continuity", {}, {}, *family, schools=schools, travel_times=times)
    children = sorted(told[1]["children"], key=lambda child: child["minutes"] or 0)
    assert told[0] == "fail"
    assert children == [{"age": 8, "minutes": None}, {"age": 8, "minutes": 35}]
    assert told[2] == {"minutes": [30, 30]}


def test_step_up_tells_both_levels() -> None:
    person = {"situation": "training_flat"}
    verdict, observed, limit = explained("step_up", person, {})
    assert verdict == "fail"
    assert observed == {"level": 1, "situation_ends_on": None, "current_pool_fails": False}
    assert limit == {"present_level": 2, "same_level_days": 90, "downward_days": 14}


def test_decline_is_told_with_its_day_and_who_said_it() -> None:
    said_no = (Decline(household_id="A", pool_id="P", declined_on="2026-01-10", by="provider"),)  # type: ignore[arg-type]
    verdict, observed, _ = explained("recent_decline", {}, {}, declines=said_no)
    assert (verdict, observed) == ("fail", {"declined_on": "2026-01-10", "by": "provider"})


def test_no_pools_asked_no_pools_explained() -> None:
    told: list[PoolExplanation] = explain_pools(made_reading(1).assessment, 0, [])
    assert told == []
