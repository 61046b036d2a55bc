"""A calibration as data: estimates beside the assumptions in force, and what they rest on."""

import math
from dataclasses import asdict
from typing import Any

from scenarios.assumptions.model import Assumptions
from scenarios.calibration.arrivals import ARRIVAL_WEEKS
from scenarios.calibration.calibration import Calibration


def calibration_answer(found: Calibration, assumptions: Assumptions) -> dict[str, Any]:
    """The calibration as `calibrate --json` gives it; infinite lengths are null."""
    since, until = (day.isoformat() for day in found.window)
    return {
        "window": {"from": since, "to": until, "arrival_weeks": ARRIVAL_WEEKS},
        "recorded_then": found.recorded_then,
        "complete": found.complete,
        "estimates": [
            {**asdict(one), "in_force": _in_force(assumptions, one.key)} for one in found.estimates
        ],
        "forms": [asdict(one) for one in found.forms],
        "lengths": {form: _finite(asdict(one)) for form, one in found.lengths.items()},
        "still_housed": [asdict(one) for one in found.kept],
        "arrivals": {
            name: {
                "came": found.arrivals.came[name],
                "waiting": found.arrivals.waiting[name],
                "undated": found.arrivals.undated[name],
            }
            for name in found.arrivals.came
        },
        "ends": dict(found.ends),
        "unknown_reasons": dict(found.unknown_reasons),
        "seen_again": found.seen_again,
        "assumptions": assumptions.digest,
    }


def _in_force(assumptions: Assumptions, key: str) -> dict[str, Any] | None:
    entry = assumptions.entries.get(key)
    return None if entry is None else {"value": entry.value, "basis": entry.basis}


def _finite(figures: dict[str, float]) -> dict[str, float | None]:
    return {name: value if math.isfinite(value) else None for name, value in figures.items()}
