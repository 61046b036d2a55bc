"""A policy frozen as bytes, so that a run can be replayed after the policy has changed."""

import json
from datetime import date
from typing import Any

from optimiser.policy.load import PolicyData, digest_of

DAY = "$day"
"""Marks a date, which JSON has no word for."""

UNWRITTEN = {
    "situations": {
        "emergency_flat": {"level": 0},
        "supported_housing": {"level": 1},
        "training_flat": {"level": 2},
        "transitional": {"level": 2},
    }
}
"""What every policy meant before its files said it; so do those that were frozen then."""


def freeze_policy(data: PolicyData) -> bytes:
    """All policy data, every dated number with all its dates, as JSON in a fixed order."""
    return json.dumps(_written(data.tree), ensure_ascii=False, separators=(",", ":")).encode()


def thaw_policy(frozen: bytes) -> PolicyData:
    """The policy that was frozen. Its digest is worked out anew, with today's forms of housing."""
    tree = _read(json.loads(frozen))
    # Hashed as it was frozen, so that it keeps the name by which its runs know it.
    return PolicyData({**UNWRITTEN, **tree}, digest_of(tree))


def _written(node: Any) -> Any:
    if isinstance(node, date):
        return {DAY: str(node)}
    if isinstance(node, dict):
        return {key: _written(value) for key, value in node.items()}
    return [_written(entry) for entry in node] if isinstance(node, list) else node


def _read(node: Any) -> Any:
    if isinstance(node, dict):
        if set(node) == {DAY}:
            return date.fromisoformat(node[DAY])
        return {key: _read(value) for key, value in node.items()}
    return [_read(entry) for entry in node] if isinstance(node, list) else node
