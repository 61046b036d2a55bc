"""Checks selectors of pools: known keys, forms, codes and columns."""

from collections.abc import Iterator, Mapping
from typing import Any

from models.forms import forms
from optimiser.instance import POOL_CODES, POOL_NUMBERS
from optimiser.policy.check.finding import Finding, error, unknown
from optimiser.policy.selectors import FLAGS, KEYS

LEVELS = range(4)


def check_selector(where: str, selector: Mapping[str, Any]) -> Iterator[Finding]:
    """Keys and values of a selector that no pool can have."""
    for key, wanted in selector.items():
        if key not in KEYS:
            yield unknown(where, "en egenskap hos ett boende", "a property of a pool", key, KEYS)
        elif key in FLAGS and not isinstance(wanted, bool):
            yield error(
                where,
                f"{key} ska vara true eller false.",
                f"{key} must be true or false.",
                "Skriv true eller false.",
                "Write true or false.",
            )
        elif key in POOL_CODES:
            yield from check_codes(where, key, wanted)
        elif key in ("forms", "not_forms"):
            yield from _each(where, "en boendeform", "a form of housing", wanted, forms())
        elif key == "has_any":
            yield from _each(where, "ett tal hos ett boende", "a number of a pool", wanted, POOL_NUMBERS)
        elif key in ("levels", "level_below"):
            levels = wanted if key == "levels" else [wanted]
            yield from _each(where, "en nivå", "a level", levels, LEVELS)


def check_codes(where: str, column: str, values: Any) -> Iterator[Finding]:
    """Values that a coded column of a pool cannot have."""
    codes = [str(code) for code in POOL_CODES[column]]
    yield from _each(where, f"ett värde för {column}", f"a value of {column}", values, codes)


def _each(where: str, sv: str, en: str, values: Any, known: Any) -> Iterator[Finding]:
    if not isinstance(values, list):
        yield error(
            where,
            f"{values} ska stå i en lista.",
            f"{values} must stand in a list.",
            f'Skriv ["{values}"].',
            f'Write ["{values}"].',
        )
        return
    for value in values:
        if value not in known:
            yield unknown(where, sv, en, value, known)
