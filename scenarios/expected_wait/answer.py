"""An expected wait as data."""

import math
from dataclasses import asdict
from typing import Any

from scenarios.expected_wait.forecast import ExpectedWait


def wait_answer(found: ExpectedWait, form_ids: tuple[str, ...]) -> dict[str, Any]:
    """The forecast as `wait --json` gives it; weeks that are never reached are null."""
    return {
        "households": found.households,
        "spells": found.spells,
        "replications": found.replications,
        "same": dict(found.same),
        "horizon_weeks": found.horizon,
        "any_place": {
            "chances": [asdict(one) for one in found.any_place],
            "median_weeks": _finite(found.median),
            "interval_80_weeks": [_finite(found.low), _finite(found.high)],
        },
        "forms": {
            form_ids[one.form]: {
                "open": one.open,
                "chances": [asdict(chance) for chance in one.chances],
                "median_weeks": one.median,
                "interval_80_weeks": [one.low, one.high],
            }
            for one in found.forms
        },
        "otherwise": [asdict(one) for one in found.otherwise],
    }


def _finite(weeks: float) -> float | None:
    return weeks if math.isfinite(weeks) else None
