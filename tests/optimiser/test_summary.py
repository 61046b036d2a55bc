"""The figures of a run add up, and its reasons and groups are what counting one by one gives."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.database import open_database
from models.dataset import Dataset
from models.exchange import import_folder
from models.store import read_dataset
from optimiser.answer import answer
from optimiser.compatibility import pair_verdicts
from optimiser.instance import NONE
from optimiser.instance_build import build_instance
from optimiser.match import Match, match
from optimiser.policy.load import load_policy
from optimiser.reasons.summary import KINDS, Summary, kinds, sole_reasons, summarise, tightest_groups

DATA = Path(__file__).parents[1] / "data"
DAY = date(2026, 1, 15)
CITIES = ("small-city", "chain-city")


def dataset_of(city: str) -> Dataset:
    engine = open_database("sqlite://")
    import_folder(engine, DATA / city, DAY)
    dataset = read_dataset(engine)
    engine.dispose()
    return dataset


@cache
def run_of(city: str) -> tuple[Match, dict[str, Any], Summary]:
    found = match(load_policy(DAY), build_instance(dataset_of(city), DAY))
    result = answer(found, "inputs")
    return found, result, summarise(found, result["unmatched"])


@pytest.mark.parametrize("city", CITIES)
def test_the_parts_add_up(city: str) -> None:
    found, result, summary = run_of(city)
    for parts in (summary.tiers, summary.kinds):
        for name in ("candidates", "proposed", "waiting"):
            assert sum(getattr(part, name) for part in parts.values()) == getattr(summary.whole, name)
    assert summary.whole.proposed == len(result["proposals"]) == sum(summary.forms.values())
    assert summary.whole.proposed == summary.entries + summary.moves
    assert sum(summary.causes.values()) == len(result["unmatched"])
    assert summary.whole.waiting == len(result["unmatched"]) - summary.causes["stays"]
    assert summary.whole.candidates == int(found.priority.candidate.sum())


@pytest.mark.parametrize("city", CITIES)
def test_goals_and_tiers_agree(city: str) -> None:
    _, result, summary = run_of(city)
    goals = {goal["name"]: goal["value"] for goal in result["run"]["goals"]}
    assert {f"tier_{tier}": figure.proposed for tier, figure in summary.tiers.items()} == {
        name: value for name, value in goals.items() if name.startswith("tier_")
    }


@pytest.mark.parametrize("city", CITIES)
def test_kinds_one_by_one(city: str) -> None:
    found, _, _ = run_of(city)
    instance = found.assessment.instance
    members: dict[str, list[Any]] = {}
    for member in dataset_of(city).members:
        members.setdefault(member.household_id, []).append(member)
    for household, kind in zip(instance.household_ids, kinds(found.assessment).tolist(), strict=True):
        adults = [
            m
            for m in members[household]
            if (DAY.year - 18, DAY.month, DAY.day) >= m.birth_date.timetuple()[:3]
        ]
        sexes = {str(adult.sex) for adult in adults}
        expected = "others"
        if len(adults) < len(members[household]):
            expected = "families"
        elif sexes == {"woman"}:
            expected = "women"
        elif sexes == {"man"}:
            expected = "men"
        assert KINDS[kind] == expected, household


@pytest.mark.parametrize("city", CITIES)
def test_sole_reasons_one_by_one(city: str) -> None:
    found, _, _ = run_of(city)
    a = found.assessment
    asks = {rule.rule_id for rule in a.policy.rules if rule.when_unknown == "ask"}
    rows = np.arange(0, a.instance.n, 3)
    expected: Counter[str] = Counter()
    for h in rows.tolist():
        alone = set()
        for p in range(a.instance.m):
            verdicts = pair_verdicts(a, h, p).items()
            stop = [r for r, v in verdicts if v == "fail" or (v == "unknown" and r not in asks)]
            alone |= set(stop) if len(stop) == 1 else set()
        expected.update(alone)
    assert sole_reasons(a, rows) == expected


@pytest.mark.parametrize("city", CITIES)
def test_groups_count_who_waits_and_what_is_vacant(city: str) -> None:
    found, _, _ = run_of(city)
    instance = found.assessment.instance
    groups = tightest_groups(found, kinds(found.assessment), most=1000)
    homeless = found.priority.candidate & (instance.households["current_pool"] == NONE)
    homeless &= found.assessment.present_level == NONE
    assert 0 < sum(group.waiting for group in groups) <= int(homeless.sum())
    assert all(0 <= group.places <= int(instance.pools["vacant"].sum()) for group in groups)
    pressure = [group.waiting / max(group.places, 1) for group in groups]
    assert pressure == sorted(pressure, reverse=True)
    assert all(group.waiting >= 5 for group in groups)


def test_nobody_waits_in_an_empty_city() -> None:
    found = match(load_policy(DAY), build_instance(Dataset(), DAY))
    summary = summarise(found, answer(found, "inputs")["unmatched"])
    assert summary.whole.candidates == 0
    assert (summary.groups, summary.reasons, summary.facts, summary.longest) == ((), (), (), 0)
