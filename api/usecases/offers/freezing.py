"""Freezing an explanation: what was known and said of a pair when somebody accepted it."""

import json
from typing import Any

from sqlalchemy import Connection

from api.usecases.city_view import CityView
from api.usecases.explaining import citation
from models.frozen import digest
from models.store.runs import frozen_in, keep_frozen
from models.walls import city_wide
from optimiser.reasons.explain import explain_pools


def freeze_explanation(connection: Connection, view: CityView, household_id: str, pool_id: str) -> str:
    """Keep the explanation of a pair as it is now; its hash.

    It holds verdicts, facts looked at and limits; no name and no free text.
    """
    row, column = view.row_of[household_id], view.pool_at[pool_id]
    a = view.assessment
    (explained,) = explain_pools(a, row, [column])
    content = {
        "household": household_id,
        "pool": pool_id,
        "as_of": str(a.instance.as_of),
        "policy": a.policy.digest,
        "tier": int(view.priority.tier[row]),
        "points": int(view.priority.points[row]),
        "fit": explained.fit,
        "eligible": explained.eligible,
        "verdicts": [
            {
                "rule": verdict.rule.rule_id,
                "verdict": verdict.verdict,
                "observed": dict(verdict.observed),
                "limit": dict(verdict.limit),
                "cite": citation(verdict.rule),
            }
            for verdict in explained.verdicts
        ],
    }
    frozen = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()
    content_hash = digest(frozen)
    with city_wide(connection):
        keep_frozen(connection, {content_hash: frozen})
    return content_hash


def frozen_explanation(connection: Connection, content_hash: str) -> dict[str, Any] | None:
    """An explanation as it was, None once it has been erased."""
    with city_wide(connection):
        content = frozen_in(connection, content_hash)
    return None if content is None else dict(json.loads(content))
