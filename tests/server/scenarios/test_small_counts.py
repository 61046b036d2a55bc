"""Capacity plans to those who see counts alone: no count from 1 to 4, and none by subtraction."""

from itertools import product
from typing import Any

from api.usecases.scenario_runs.capacity import shown_plan


def plan(demand: int, placeable: int, missing: Any = None) -> dict[str, Any]:
    count = {"demand": demand, "placeable": placeable, "short": demand - placeable}
    return {"target": "t", "before": count, "after": count, "missing": missing}


def test_no_small_count_is_shown_or_follows() -> None:
    for demand in range(12):
        for placeable in range(demand + 1):
            told = shown_plan(plan(demand, placeable))["before"]
            shown = {name: told[name] for name in ("demand", "placeable", "short") if told[name] is not None}
            assert not any(0 < number < 5 for number in shown.values())
            small = any(0 < number < 5 for number in (placeable, demand - placeable))
            if small:
                # Whoever tries every pair that fits what is shown finds more than one.
                fits = [
                    (p, s)
                    for p, s in product(range(demand + 1), repeat=2)
                    if p + s == demand and shown.get("placeable", p) == p and shown.get("short", s) == s
                ]
                assert len(fits) > 1


def test_a_single_small_need_is_not_left_to_the_sum() -> None:
    needs = [{"profile": name, "households": n} for name, n in (("a", 3), ("b", 9), ("c", 20))]
    causes = [{"rule": "r1", "households": 2}, {"rule": "r2", "households": 7}]
    missing = {
        "households": 32,
        "places": 12,
        "short": 20,
        "nowhere": 30,
        "needs": needs,
        "by_cause": causes,
    }
    told = shown_plan(plan(40, 20, missing))["missing"]
    assert [need["profile"] for need in told["needs"]] == ["c"]
    assert [cause["rule"] for cause in told["by_cause"]] == ["r2"]
    # 32 less 30 would tell of two.
    assert told["nowhere"] is None
    assert (told["households"], told["short"]) == (32, 20)
