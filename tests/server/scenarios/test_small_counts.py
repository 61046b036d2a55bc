"""Capacity plans to those who see counts alone: no count from 1 to 4, and none by subtraction."""

from typing import Any

from api.usecases.scenario_runs.capacity import shown_again, shown_plan


def plan(demand: int, placeable: int, **more: Any) -> dict[str, Any]:
    count = {"demand": demand, "placeable": placeable, "short": demand - placeable}
    kept = {"target": "t", "status": "optimal", "before": count, "after": count}
    return {**kept, "missing": None, "simulation": None, **more}


def test_how_many_are_short_and_nothing_that_the_gap_hides() -> None:
    for demand in range(30):
        for placeable in range(demand + 1):
            told, short = shown_plan(plan(demand, placeable)), demand - placeable
            assert {"before", "after"}.isdisjoint(told)
            shown = told["short"]["before"]
            assert shown is None if 0 < short < 5 else shown % 5 == 0 and abs(shown - short) <= 2
    assert shown_plan(plan(9, 0, status="infeasible"))["met"] is False


def test_needs_and_causes_that_are_small_are_left_out() -> None:
    needs = [{"profile": name, "households": n} for name, n in (("a", 3), ("b", 9), ("c", 21))]
    causes = [{"rule": "r1", "households": 2}, {"rule": "r2", "households": 7}]
    short = {"households": 33, "places": 12, "short": 21, "nowhere": 30}
    told = shown_plan(plan(40, 20, missing={**short, "needs": needs, "by_cause": causes}))["missing"]
    assert [(need["profile"], need["households"]) for need in told["needs"]] == [("c", 20), ("b", 10)]
    assert [(cause["rule"], cause["households"]) for cause in told["by_cause"]] == [("r2", 5)]
    assert set(told) == {"needs", "by_cause"}


def test_a_simulated_plan_tells_shares_and_no_small_mean() -> None:
    held = {"share_of_weeks": 0.4, "low": 0.3, "high": 0.5}
    lived = {**held, "mean": 2.4, "once_open": {**held, "mean": 13.6}, "unbuilt": {**held, "mean": None}}
    told = shown_plan(plan(40, 20, simulation=lived))["simulation"]
    assert (told["mean"], told["once_open"]["mean"], told["unbuilt"]["mean"]) == (None, 15, None)
    assert told["share_of_weeks"] == 0.4


def test_counts_that_an_earlier_version_kept_are_not_told() -> None:
    assert {"before", "after"}.isdisjoint(shown_again(plan(20, 12)))
    kept = shown_plan(plan(20, 12))
    assert shown_again(kept) == kept
