"""Predicates as they are called: shapes, whom they concern, what they read, and where cases do not reach."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from models.households import Decline
from models.stock import School, TravelTime
from optimiser.compatibility import applicable, pair_verdicts
from optimiser.kleene import PASS
from optimiser.policy.load import load_policy
from optimiser.policy.model import PolicyProblem, Rule
from optimiser.policy.predicates import PREDICATES
from optimiser.policy.predicates.registry import facts_read

from ..twin.cities import AS_OF
from . import rows
from .made import made_reading, reading

RULES = load_policy(AS_OF).rules


def verdict(rule: str, *people: Any, pool: str = "P", **tables: tuple[Any, ...]) -> str | None:
    """The verdict of a rule on the first household and a pool; None where it does not apply."""
    read = reading(rows.city(*people, **tables))
    return pair_verdicts(read.assessment, 0, read.instance.pool_ids.index(pool)).get(rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_grid_and_list_have_the_shape_of_their_indices(rule: Rule) -> None:
    a = made_reading(6).assessment
    h, p = np.arange(a.instance.n), np.arange(a.instance.m)
    grid = PREDICATES[rule.predicate].evaluate(a, h[:, None], p[None, :], **rule.parameters)
    assert grid.shape == (a.instance.n, a.instance.m)
    listed = PREDICATES[rule.predicate].evaluate(a, h[: len(p)], p[: len(h)], **rule.parameters)
    assert (listed == grid[h[: len(p)], p[: len(h)]]).all()


@pytest.mark.parametrize(
    "rule", [r for r in RULES if PREDICATES[r.predicate].concerns], ids=lambda rule: rule.rule_id
)
def test_whom_a_rule_does_not_concern_passes_everywhere(rule: Rule) -> None:
    concerned = 0
    for seed in range(12):
        a = made_reading(seed).assessment
        predicate = PREDICATES[rule.predicate]
        assert predicate.concerns is not None
        mask = predicate.concerns(a, **rule.parameters)
        others = np.flatnonzero(~mask)[:, None]
        everywhere = np.arange(a.instance.m)[None, :]
        assert (predicate.evaluate(a, others, everywhere, **rule.parameters) == PASS).all()
        concerned += int(mask.sum())
    assert concerned > 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_parameters_of_a_rule_are_those_its_predicate_reads(rule: Rule) -> None:
    predicate = PREDICATES[rule.predicate]
    assert predicate.required <= set(rule.parameters) <= predicate.parameters


def test_facts_read_reach_through_conditions() -> None:
    a = made_reading(1).assessment

    def facts(rule_id: str) -> frozenset[str]:
        rule = a.policy.rule(rule_id)
        return facts_read(a, rule.predicate, rule.parameters)

    assert facts("admits") == {"sex"}
    assert facts("long_term") == {"homeless_since"}
    assert {"wants_drug_free", "substance_use"} <= facts("drug_free_wish")
    assert facts("open") == frozenset()


def test_rule_with_a_predicate_that_is_not_there_is_named() -> None:
    a = made_reading(1).assessment
    made_up = Rule("made_up", "nowhere", {}, {}, None, "hold", "local", (), AS_OF, "", "")
    a.policy = replace(a.policy, rules=(made_up,))
    with pytest.raises(PolicyProblem, match=r"made_up.*nowhere"):
        pair_verdicts(a, 0, 0)


@pytest.mark.parametrize(("ages", "expected"), [((9, 12), "fail"), ((12, 12), "pass"), ((17, 9), "fail")])
def test_the_youngest_limit_of_several_children_counts(ages: tuple[int, ...], expected: str) -> None:
    born = [AS_OF.replace(year=AS_OF.year - age) for age in ages]
    children = [rows.child("A", i + 2, birth_date=day, school_id="S") for i, day in enumerate(born)]
    people = (rows.household("A"), rows.adult("A"), *children, rows.pool("P"))
    schools = (School(school_id="S", name="Skolan", district="Bromma"),)
    times = (TravelTime(district="Farsta", school_id="S", minutes=40),)
    assert verdict("school_continuity", *people, schools=schools, travel_times=times) == expected


def test_a_surely_long_way_outweighs_an_unknown_one() -> None:
    children = [rows.child("A", i, school_id=school) for i, school in ((2, "S"), (3, "T"))]
    people = (rows.household("A"), rows.adult("A"), *children, rows.pool("P"))
    schools = tuple(School(school_id=key, name=key, district="Bromma") for key in "ST")
    times = (TravelTime(district="Farsta", school_id="S", minutes=31),)
    assert verdict("school_continuity", *people, schools=schools, travel_times=times) == "fail"
    assert verdict("school_continuity", *people, schools=schools) == "unknown"


def test_declines_of_others_and_of_other_pools_do_not_count() -> None:
    people = (rows.household("A"), rows.household("B"), rows.pool("P"), rows.pool("Q"))
    day = AS_OF - timedelta(days=1)
    declines = (
        Decline(household_id="B", pool_id="P", declined_on=day),
        Decline(household_id="A", pool_id="Q", declined_on=day),
    )
    assert verdict("recent_decline", *people, declines=declines) == "pass"
    assert verdict("recent_decline", *people, pool="Q", declines=declines) == "fail"


def test_the_latest_of_several_declines_is_observed() -> None:
    days = [AS_OF - timedelta(days=count) for count in (70, 20, 3)]
    declines = tuple(Decline(household_id="A", pool_id="P", declined_on=day) for day in days)
    a = reading(rows.city(rows.household("A"), rows.pool("P"), declines=declines)).assessment
    rule = a.policy.rule("recent_decline")
    observed, limit = PREDICATES[rule.predicate].describe(a, 0, 0, **rule.parameters)
    assert observed == {"declined_on": str(days[-1]), "by": "household"}
    assert limit == {"household_days": 14, "provider_days": 60}


def test_unit_that_is_no_district_is_never_near() -> None:
    safe = rows.household("A", violence_exposed="yes", responsible_unit="Enheten för hemlösa")
    assert verdict("safe_district", safe, rows.pool("P")) == "pass"


def test_rule_applies_only_where_selector_and_condition_say_so() -> None:
    read = reading(rows.city(rows.household("A"), rows.pool("P"), rows.pool("Q", admits="women")))
    a, pairs = read.assessment, (np.array([0, 0]), np.array([0, 1]))
    assert applicable(a, a.policy.rule("admits"), *pairs).tolist() == [False, True]
    assert applicable(a, a.policy.rule("children_accepted"), *pairs).tolist() == [False, False]
