"""Capacity plans to those who see counts alone: no count from 1 to 4, and none by subtraction."""

from typing import Any

from api.usecases.scenario_runs.capacity import can_be_shown, shown_again, shown_plan


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


def built(*places: int) -> list[dict[str, Any]]:
    about = dict.fromkeys(("name", "form", "district", "admits", "drug_policy", "staffing"), "x")
    return [{**about, "pool": f"P-{n}", "places": n, "cost_sek_per_year": 1000 * n} for n in places]


def test_counts_that_an_earlier_version_kept_are_not_told() -> None:
    more = {"places": built(12), "cost_sek_per_year": 12_000}
    assert {"before", "after"}.isdisjoint(shown_again(plan(20, 12, **more)))
    kept = shown_again(shown_plan(plan(20, 12, **more)))
    assert shown_again(kept) == kept
    assert (kept["places_in_all"], kept["cost_sek_per_year"], kept["in_fives"]) == (12, 12_000, False)


def test_a_few_places_do_not_tell_how_few_lack_one() -> None:
    told = [
        shown_again(shown_plan(plan(3, 0, places=built(*some), cost_sek_per_year=1000 * sum(some), bound=0)))
        for some in ((1, 12), (2, 13), (4, 11))
    ]
    assert {(one["places_in_all"], one["cost_sek_per_year"], one["bound"]) for one in told} == {
        (20, 20_000, 20_000)
    }
    assert [[place["places"] for place in one["places"]] for one in told] == [[5, 15]] * 3
    assert all(one["in_fives"] for one in told)


def test_what_an_earlier_version_kept_is_shown_or_must_be_worked_out_again() -> None:
    old = {"target": "t", "status": "optimal", "cost_sek_per_year": 5000, "places": built(5)}
    assert can_be_shown(old)
    assert shown_again(old)["simulation"] is None
    for broken in (None, {}, {**old, "places": {"P-5": 5}}, {**old, "places": [{"pool": "P-5"}]}):
        assert not can_be_shown(broken)
