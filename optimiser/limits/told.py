"""Limits as data for an answer or a stored run, and back."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from optimiser.limits.model import Limits, Pairs


def limits_told(limits: Limits) -> dict[str, Any]:
    """Limits as JSON holds them: only those given; shares as text, pairs as household and pool."""
    told: dict[str, Any] = {
        "budget": limits.budget,
        "budget_of_unit": dict(limits.budget_of_unit),
        "women_share": None if limits.women_share is None else str(limits.women_share),
        "women_share_of_unit": {unit: str(share) for unit, share in limits.women_share_of_unit},
        "groups": dict(limits.groups),
        "pins": _pairs_told(limits.pins),
        "blocks": _pairs_told(limits.blocks),
        "reserves": dict(limits.reserves),
        "most": limits.most,
    }
    told = {name: value for name, value in told.items() if value not in (None, {}, [])}
    return told if limits.like is None else {**told, "like": _pairs_told(limits.like)}


def limits_read(told: Mapping[str, Any]) -> Limits:
    """The limits that `limits_told` told; other keys are passed over.

    Raises
    ------
    LimitsProblem
        When a number is out of range.
    """
    share = told.get("women_share")
    like = told.get("like")
    return Limits(
        budget=told.get("budget"),
        budget_of_unit=tuple(told.get("budget_of_unit", {}).items()),
        women_share=None if share is None else Fraction(share),
        women_share_of_unit=tuple(
            (unit, Fraction(value)) for unit, value in told.get("women_share_of_unit", {}).items()
        ),
        groups=tuple(told.get("groups", {}).items()),
        pins=_pairs_read(told.get("pins", ())),
        blocks=_pairs_read(told.get("blocks", ())),
        reserves=tuple(told.get("reserves", {}).items()),
        most=told.get("most"),
        like=None if like is None else _pairs_read(like),
    )


def _pairs_told(pairs: Pairs) -> list[dict[str, str]]:
    return [{"household": household, "pool": pool} for household, pool in pairs]


def _pairs_read(told: Any) -> Pairs:
    return tuple((str(pair["household"]), str(pair["pool"])) for pair in told)
