"""A capacity plan as it is shown to those who see counts alone: small counts of the real city are hidden."""

from collections.abc import Mapping
from typing import Any

SMALLEST_SHOWN = 5


def shown_plan(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The plan without what would tell a count from 1 to 4, directly or by subtraction."""
    told = dict(answer)
    for side in ("before", "after"):
        told[side] = _hidden(answer[side])
    if answer["missing"] is not None:
        told["missing"] = _shortfall(answer["missing"])
    return told


def _hidden(count: Mapping[str, int], whole: str = "demand") -> dict[str, Any]:
    """Three counts, any two of which give the third: all are shown, or the whole alone."""
    if not any(_small(number) for number in count.values()):
        return {**count, "hidden": False}
    kept = count[whole] if count[whole] >= SMALLEST_SHOWN else None
    return {**dict.fromkeys(count), whole: kept, "hidden": True}


def _shortfall(told: Mapping[str, Any]) -> dict[str, Any]:
    """Who is short, with small groups of needs and causes left out; never one alone, which the sum tells."""
    trio = {name: told[name] for name in ("households", "places", "short")}
    nowhere = told["nowhere"]
    hide = _small(nowhere) or _small(told["households"] - nowhere)
    needs = sorted(told["needs"], key=lambda need: need["households"])
    left_out = sum(_small(need["households"]) for need in needs)
    return {
        **_hidden(trio, "households"),
        "nowhere": None if hide else nowhere,
        "needs": sorted(needs[2 if left_out == 1 else left_out :], key=lambda need: -need["households"]),
        "by_cause": [cause for cause in told["by_cause"] if not _small(cause["households"])],
    }


def _small(number: int) -> bool:
    return 0 < number < SMALLEST_SHOWN
