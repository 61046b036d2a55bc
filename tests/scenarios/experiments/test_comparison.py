"""Differences are paired by replication; what is said of them follows from their intervals."""

import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from scenarios.experiments.answer import answer, number
from scenarios.experiments.comparison import (
    Verdict,
    clear_from_week,
    difference,
    paired_weeks,
    running_means,
    verdict,
)
from scenarios.experiments.experiment import Arm, Design, Experiment
from scenarios.experiments.interval import Interval, over_replications
from scenarios.experiments.months import by_month, months_of
from scenarios.experiments.outcomes import group_outcomes, outcome_of
from scenarios.experiments.replication import Replication

from .test_run import run


def arm(name: str, rows: dict[int, dict[str, list[float]]], totals: dict[str, float] | None = None) -> Arm:
    """An arm from weekly values by replication and measure; totals are their means unless given."""
    results = {}
    for replication, weekly in rows.items():
        means = {measure: float(np.mean(values)) for measure, values in weekly.items()}
        results[replication] = Replication(
            replication, tuple(weekly), np.array(list(weekly.values())), {**means, **(totals or {})}
        )
    return Arm(name, name, results)


def interval(low: float, high: float) -> Interval:
    return Interval(*(np.array(value) for value in ((low + high) / 2, low, high)))


def test_pairing_takes_the_luck_out() -> None:
    baseline = arm("baseline", {0: {"waiting": [100.0]}, 1: {"waiting": [200.0]}, 2: {"waiting": [300.0]}})
    other = arm("other", {0: {"waiting": [90.0]}, 1: {"waiting": [190.0]}, 2: {"waiting": [290.0]}})
    assert difference(baseline, other, "waiting") == interval(-10, -10)


def test_only_replications_of_both_are_paired() -> None:
    baseline = arm("baseline", {0: {"waiting": [100.0]}, 2: {"waiting": [300.0]}})
    other = arm("other", {1: {"waiting": [0.0]}, 2: {"waiting": [310.0]}})
    found = difference(baseline, other, "waiting")
    assert found.mean == 10
    assert np.isnan(found.low)


def test_the_baseline_differs_from_itself_by_nothing() -> None:
    for replications in (1, 3):
        baseline = run(replications).baseline
        for name in baseline.names:
            assert difference(baseline, baseline, name) == interval(0, 0)


def test_what_neither_had_does_not_differ() -> None:
    nothing = float("nan")
    rows = {n: {"wait_median_days.tier_5": [nothing]} for n in (0, 1)}
    assert difference(arm("baseline", rows), arm("other", rows), "wait_median_days.tier_5") == interval(0, 0)
    some = {n: {"wait_median_days.tier_5": [7.0]} for n in (0, 1)}
    found = difference(arm("baseline", rows), arm("other", some), "wait_median_days.tier_5")
    assert np.isnan(found.mean)


def test_the_same_reform_under_another_name_does_not_differ() -> None:
    rows = {0: {"waiting": [5.0]}}
    assert difference(arm("same", rows), arm("same", rows), "waiting") == interval(0, 0)
    assert np.isnan(difference(arm("baseline", rows), arm("other", rows), "waiting").low)


def test_a_form_that_the_baseline_lacks_had_nobody() -> None:
    baseline = arm("baseline", {0: {"waiting": [1.0]}, 1: {"waiting": [1.0]}})
    other = arm(
        "other", {n: {"waiting": [1.0], "entries.seniorlagenhet": [2.0], "cost_x": [5.0]} for n in (0, 1)}
    )
    assert difference(baseline, other, "entries.seniorlagenhet") == interval(2, 2)
    assert paired_weeks(baseline, other, "entries.seniorlagenhet").tolist() == [[2], [2]]
    assert np.isnan(difference(baseline, other, "cost_x").mean)


@pytest.mark.parametrize(
    ("low", "high", "level", "told"),
    [
        (1, 2, 100, Verdict.CLEAR),
        (-2, -1, 100, Verdict.CLEAR),
        (-1, 1, 100, Verdict.UNCHANGED),
        (-3, 1, 100, Verdict.UNCLEAR),
        (-1, 3, 100, Verdict.UNCLEAR),
        (0, 0, 0, Verdict.UNCHANGED),
        (-0.1, 0.1, 0, Verdict.UNCLEAR),
        (float("nan"), float("nan"), 100, Verdict.UNCLEAR),
    ],
)
def test_what_may_be_said(low: float, high: float, level: float, told: Verdict) -> None:
    assert verdict(interval(low, high), level) is told


def test_running_means_pass_over_empty_weeks() -> None:
    nothing = float("nan")
    found = running_means(np.array([[nothing, 2.0, nothing, 4.0]]))
    assert np.isnan(found[0, 0])
    assert found[0, 1:].tolist() == [2, 2, 3]


@pytest.mark.parametrize(
    ("rows", "week"),
    [
        ([[5.0, 5, 5], [6.0, 6, 6], [7.0, 7, 7]], 0),
        ([[0.0, 5, 5], [0.0, 6, 6], [0.0, 7, 7]], 1),
        ([[0.0, 0, 0], [0.0, 0, 0]], None),
        ([[5.0, -5, -5], [6.0, -6, -6], [7.0, -7, -7]], 2),
        ([[9.0, 9, -18], [9.0, 9, -18]], None),
        ([[5.0, 5, 5]], None),
    ],
    ids=["at once", "second week", "never", "turns round", "goes away", "one replication"],
)
def test_weeks_until_it_is_clear(rows: list[list[float]], week: int | None) -> None:
    values = np.array(rows)
    assert clear_from_week(values, over_replications(values.mean(axis=1))) == week


@pytest.mark.parametrize("pooled", [[-2.0, 1.0, 4.0], [-5.0, -5.0, -6.0], [5.0, float("nan"), float("nan")]])
def test_weeks_are_never_clearer_than_the_horizon(pooled: list[float]) -> None:
    """The median wait of all placed may be unclear, or go the other way, where the mean of weeks is clear."""
    weeks = np.array([[5.0, 5, 5], [6.0, 6, 6], [7.0, 7, 7]])
    assert clear_from_week(weeks, over_replications(np.array(pooled))) is None


def test_months_are_those_of_the_calendar() -> None:
    months = months_of(date(2026, 1, 15), 8)
    assert months.labels == ("2026-01", "2026-02", "2026-03")
    assert months.first_week.tolist() == [0, 3, 7]
    values = np.array([[1.0, 2, 3, 4, float("nan"), 6, 8, float("nan")]])
    found = by_month(values, months)
    assert found[0, :2].tolist() == [2, 6]
    assert np.isnan(found[0, 2])


def test_years_do_not_run_together() -> None:
    assert months_of(date(2026, 1, 1), 105).labels.count("2027-01") == 1


def test_who_wins_and_who_loses() -> None:
    def rows(women: float, men: float) -> dict[int, dict[str, list[float]]]:
        return {
            n: {
                "waiting.women": [women + n],
                "placed.women": [10.0],
                "waiting.men": [men + n],
                "placed.men": [10.0],
            }
            for n in range(5)
        }

    found = {o.group: o for o in group_outcomes(arm("baseline", rows(50, 80)), arm("other", rows(40, 85)))}
    assert list(found) == ["women", "men"]
    assert (found["women"].result, found["men"].result) == ("wins", "loses")
    assert found["women"].outcomes["waiting"].good is True
    assert found["women"].outcomes["placed"].verdict is Verdict.UNCHANGED
    assert found["women"].outcomes["placed"].good is None
    assert outcome_of(arm("baseline", rows(1, 1)), arm("other", rows(1, 1)), "waiting.families") is None


def test_wins_on_one_count_and_loses_on_another() -> None:
    before = {n: {"waiting.women": [50.0], "wait_median_days.women": [9.0]} for n in range(3)}
    after = {n: {"waiting.women": [40.0], "wait_median_days.women": [10.0]} for n in range(3)}
    (women,) = group_outcomes(arm("baseline", before), arm("other", after))
    assert women.result == "mixed"


def told(experiment: Experiment) -> Any:
    """The answer as a program gets it."""
    return json.loads(json.dumps(answer(experiment, 1.5), allow_nan=False))


def test_the_answer_has_the_agreed_shape() -> None:
    data = told(run(3))
    assert [scenario["name"] for scenario in data["scenarios"]] == ["baseline", "less"]
    assert data["assumptions"] == "toy"
    assert data["seconds"] == 1.5
    for scenario in data["scenarios"]:
        assert (scenario["weeks"], scenario["replications"], scenario["seed"]) == (26, 3, 1)
        assert set(scenario["difference"]) == set(scenario["measures"])
        for measure in scenario["measures"].values():
            assert {len(measure[part]) for part in ("mean", "low", "high")} == {26}
            assert set(measure["total"]) == {"mean", "low", "high"}
        assert len(scenario["months"]["waiting"]["mean"]) == len(data["months"])
    baseline, less = data["scenarios"]
    assert all(d == {"mean": 0, "low": 0, "high": 0} for d in baseline["difference"].values())
    assert less["difference"]["waiting"]["high"] < 0
    assert less["difference"]["placed"] == {"mean": 0, "low": 0, "high": 0}
    assert less["clear_from_week"] == {
        "waiting": 0,
        "placed": None,
        "wait_median_days": None,
        "waiting.women": 0,
    }
    assert less["groups"]["women"]["waiting"]["verdict"] == "clear"


def test_empty_weeks_are_null() -> None:
    data = told(run(2))
    median = data["scenarios"][0]["measures"]["wait_median_days"]
    assert median["mean"][1] is None
    assert median["low"][0] < median["mean"][0] < median["high"][0]


def test_one_replication_has_means_and_no_intervals() -> None:
    data = told(run(1))
    total = data["scenarios"][1]["measures"]["waiting"]["total"]
    assert total["mean"] > 0
    assert (total["low"], total["high"]) == (None, None)
    assert data["scenarios"][1]["groups"]["women"]["result"] == "unclear"


def test_the_total_is_the_mean_over_replications() -> None:
    found = run(4)
    total = told(found)["scenarios"][0]["measures"]["waiting"]["total"]
    assert total["mean"] == pytest.approx(float(over_replications(found.baseline.totals("waiting")).mean))


def test_an_experiment_that_has_just_begun() -> None:
    design = Design(date(2026, 1, 15), 4, 2, 1, "none", "a", "i", "e")
    found = Experiment(design, (Arm("baseline", "x"), Arm("other", "y")))
    data = told(found)
    assert [s["finished"] for s in data["scenarios"]] == [0, 0]
    assert data["scenarios"][1]["measures"] == {}


@pytest.mark.parametrize(
    ("value", "printed"),
    [(-0.0, "0.0"), (1.23456789, "1.234568"), (float("inf"), "null"), (float("nan"), "null")],
)
def test_numbers_for_json(value: float, printed: str) -> None:
    assert json.dumps(number(value)) == printed


def test_the_same_figure_or_nothing_in_every_replication_is_no_difference() -> None:
    rows = {0: {"waiting": [5.0]}, 1: {"waiting": [float("nan")]}, 2: {"waiting": [float("nan")]}}
    found = difference(arm("baseline", rows), arm("other", rows), "waiting")
    assert (found.mean, found.low, found.high) == (0.0, 0.0, 0.0)
