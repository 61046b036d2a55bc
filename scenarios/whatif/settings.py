"""What each kind of change asks for: its keys, and what may stand at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.forms import forms
from optimiser.instance import POOL_CODES
from scenarios.segments import SEGMENTS
from scenarios.whatif.scenario import MATCHING
from scenarios.whatif.values import (
    Reader,
    anything,
    count,
    factor,
    listed,
    number_of_weeks,
    one,
    places,
    places_from_zero,
    some,
    text,
    texts,
    true_or_false,
    year,
)

ALL = "all"
"""Stands for every segment or every form."""

OUTCOMES = ("own_home", "homeless", "left")
"""How a stay may end: with a home of one's own, back in homelessness, or somewhere unknown."""

CONVERTIBLE = (
    *("admits", "drug_policy", "staffing", "children", "mobility", "pets", "psychiatric_competence"),
    *("min_age", "max_age", "max_persons", "monthly_cost_sek", "form"),
)
"""Columns of a pool that `convert` may change."""

POLICY_PARTS = {"rule": "rules", "points": "points", "fit": "fit", "condition": "conditions"}
"""Keys of a `rule` change that name what is changed, and the part of the policy it stands in."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What a kind asks for.

    Attributes
    ----------
    keys
        What reads the value of each key.
    required
        Keys that must be there.
    one_of
        Groups of keys of which exactly one must be there.
    some_of
        Keys of which at least one must be there.
    """

    keys: Mapping[str, Reader]
    required: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    some_of: tuple[str, ...] = ()


def forms_of(value: Any) -> tuple[str, ...]:
    """Forms that `form` names; `all` means every one."""
    return tuple(forms()) if value == ALL else listed(value)


def segments_of(value: Any) -> tuple[str, ...]:
    """Segments that `segments` names; `all` means every one."""
    return SEGMENTS if value == ALL else listed(value)


form = some(lambda: tuple(forms()))
form_or_all = some(lambda: tuple(forms()), ALL)
segment_or_all = some(lambda: SEGMENTS, ALL)


def _codes_of(column: str) -> Reader:
    return some(lambda: tuple(str(code) for code in POOL_CODES[column]))


SELECTORS: Mapping[str, Reader] = {**{column: _codes_of(column) for column in POOL_CODES}, "district": texts}
"""Keys by which `capacity` chooses among the pools of a form."""

ASKS: Mapping[str, Asks] = {
    # The columns of a new or changed pool are read by scenarios.whatif.pool_rows.
    "open_pool": Asks({"lead_weeks": number_of_weeks}),
    "close_pool": Asks({"pool": texts}, ("pool",)),
    "capacity": Asks(
        {
            **{"pool": texts, "form": form, **SELECTORS},
            **{"to": places_from_zero, "by": places, "factor": factor},
        },
        one_of=(("pool", "form"), ("to", "by", "factor")),
    ),
    "convert": Asks({"pool": texts}, ("pool",), some_of=CONVERTIBLE),
    "arrivals": Asks({"segments": segment_or_all, "factor": factor}, ("segments", "factor")),
    "stays": Asks({"form": form_or_all, "factor": factor, "outcome": one(*OUTCOMES)}, ("form", "factor")),
    "quota": Asks(
        {
            "form": form,
            "responsible_unit": text,
            "places": places_from_zero,
            "by": places,
            "factor": factor,
            "year": year,
        },
        ("form",),
        one_of=(("places", "by", "factor"),),
    ),
    "budget": Asks({"sek_per_month": count}, ("sek_per_month",)),
    "refusals": Asks({"factor": factor}, ("factor",)),
    "rule": Asks(
        {**dict.fromkeys(POLICY_PARTS, text), "parameter": text, "value": anything, "remove": true_or_false},
        one_of=(tuple(POLICY_PARTS), ("value", "remove")),
    ),
    "matching": Asks({"way": one(*MATCHING)}, ("way",)),
}
