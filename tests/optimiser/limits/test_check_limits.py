"""The check catches every limit that a plan breaks, and nothing else."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from optimiser.check import Proposed, check
from optimiser.instance_build import build_instance
from optimiser.limits.check import broken_limits
from optimiser.limits.model import NO_LIMITS, Limits
from optimiser.match import match
from optimiser.matching import GOALS
from optimiser.policy.load import load_policy

from ...twin.matching import Sum
from ...twin.mip import Model
from ...twin.problem import Arc, Problem, problem
from ..made import SEEDS, day_of, examples, made_data, until_seen
from .made_limits import made_limits
from .scopes import made_instance
from .twin_limits import add_limits

H1, H2, H3, H4 = range(4)
P1, P2, P3 = range(3)

BROKEN: list[tuple[dict[str, Any], list[tuple[int, int]], str]] = [
    ({"budget": 1249}, [(H1, P1), (H2, P2)], "1250"),
    ({"budget_of_unit": (("Farsta", 999),)}, [(H1, P1), (H3, P1)], "Farsta"),
    ({"women_share": Fraction(51, 100)}, [(H1, P1), (H2, P2)], "women"),
    ({"women_share_of_unit": (("Bromma", Fraction(1, 9)),)}, [(H1, P1), (H3, P2)], "Bromma"),
    ({"groups": (("HUS", 2),)}, [(H1, P1)], "HUS"),
    ({"groups": (("P2", 0),)}, [(H1, P2)], "P2"),
    ({"pins": (("H1", "P2"),)}, [(H1, P1)], "has to be"),
    ({"blocks": (("H1", "P1"),)}, [(H1, P1)], "must not"),
    ({"reserves": (("P1", 1),)}, [(H1, P1), (H2, P1)], "reserved"),
    ({"most": 1}, [(H1, P1), (H2, P2)], "allowed"),
]
KEPT: list[tuple[dict[str, Any], list[tuple[int, int]]]] = [
    ({"budget": 1250}, [(H1, P1), (H2, P2)]),
    ({"budget_of_unit": (("Farsta", 1000),)}, [(H1, P1), (H3, P1)]),
    ({"women_share": Fraction(1, 2)}, [(H1, P1), (H2, P2)]),
    ({"women_share_of_unit": (("Bromma", Fraction(1, 9)),)}, [(H2, P2)]),
    ({"groups": (("HUS", 2),)}, [(H1, P1), (H3, P2)]),
    ({"groups": (("HUS", 0),)}, [(H3, P1)]),
    ({"pins": (("H1", "P2"),), "blocks": (("H1", "P1"),)}, [(H1, P2)]),
    ({"reserves": (("P1", 1),)}, [(H1, P1)]),
    ({"reserves": (("P1", 9),)}, [(H2, P2)]),
    ({"reserves": (("P3", 1),)}, [(H1, P3), (H3, P2)]),
    ({"most": 2}, [(H1, P1), (H2, P2)]),
]


@pytest.mark.parametrize(("limits", "pairs", "words"), BROKEN)
def test_broken(limits: dict[str, Any], pairs: list[tuple[int, int]], words: str) -> None:
    complaints = list(broken_limits(made_instance(), Limits(**limits), pairs))
    assert len(complaints) == 1
    assert words in complaints[0]


@pytest.mark.parametrize(("limits", "pairs"), KEPT)
def test_kept(limits: dict[str, Any], pairs: list[tuple[int, int]]) -> None:
    assert list(broken_limits(made_instance(), Limits(**limits), pairs)) == []


def keeps_in_the_twin(city: Problem, plan: list[Arc], limits: Limits) -> bool:
    """Whether the twin's rows leave room for exactly this plan."""
    if set(limits.blocks) & set(plan) or set(limits.pins) - set(plan):
        return False
    for pool, places in limits.reserves:
        net = sum(arc[1] == pool for arc in plan) - sum(city.home[arc[0]] == pool for arc in plan)
        if net > city.vacant[pool] - min(places, city.vacant[pool]):
            return False
    model = Model()
    for arc in plan:
        model.add_column(arc)
        fixed: Sum = {arc: 1.0}
        model.equal(fixed, 1)
    add_limits(model, city, plan, limits)
    try:
        model.maximise({})
    except ValueError:
        return False
    return True


SEEN: Counter[bool] = Counter()


@given(SEEDS)
@examples(200)
def test_plans_made_without_the_limits_are_judged_as_the_twin_judges_them(seed: int) -> None:
    data, day = made_data(seed, 12), day_of(seed)
    instance, twin = build_instance(data, day), problem(data, day)
    run = match(load_policy(day), instance, "unlimited")
    limits = made_limits(twin, np.random.default_rng(seed), "unlimited", pins=int(seed % 5 == 0))
    pairs = list(zip(run.plan.household.tolist(), run.plan.pool.tolist(), strict=True))
    plan = [(instance.household_ids[h], instance.pool_ids[p]) for h, p in pairs]
    for name, _ in limits.parts():
        one = limits.only([name])
        kept = not list(broken_limits(instance, one, pairs))
        assert kept == keeps_in_the_twin(twin, plan, one), name
        SEEN[kept] += 1


def test_kept_and_broken_were_both_seen() -> None:
    judged = test_plans_made_without_the_limits_are_judged_as_the_twin_judges_them
    until_seen(SEEN, (True, False), judged.hypothesis.inner_test, least=20)  # type: ignore[attr-defined]


def test_number_of_kept_proposals_is_counted_again() -> None:
    data, day = made_data(4, 14), day_of(4)
    instance = build_instance(data, day)
    first = match(load_policy(day), instance)
    like = tuple(
        (instance.household_ids[h], instance.pool_ids[p])
        for h, p in zip(first.plan.household, first.plan.pool, strict=True)
    )
    limits = replace(NO_LIMITS, like=like)
    run = match(load_policy(day), instance, limits=limits)
    assert run.plan.household.tolist() == first.plan.household.tolist()
    assert run.plan.pool.tolist() == first.plan.pool.tolist()
    values = [*run.solution.values[: len(GOALS) + 1]]
    assert values[-1] == len(like) > 0
    told = [
        Proposed(
            int(run.plan.household[s.proposal]),
            int(run.plan.pool[s.proposal]),
            int(run.plan.from_pool[s.proposal]),
            s.chain,
            s.step,
        )
        for s in run.steps
    ]
    assert check(run.assessment, told, values, "unlimited", limits) == []
    values[-1] -= 1
    assert any("kept" in complaint for complaint in check(run.assessment, told, values, "unlimited", limits))
