"""Checks the dated numbers: dates in order, and a value in force today."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from optimiser.policy.check.finding import Finding, error
from optimiser.policy.check.written import Entry, Written


def is_dated(value: Any) -> bool:
    """Whether a value is meant as a number with dates: a list of tables with `from` or `value`."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(entry, dict) and ("from" in entry or "value" in entry) for entry in value)
    )


def check_numbers(written: Written, today: date) -> Iterator[Finding]:
    """Dates out of order, values that are no whole numbers, and numbers not in force today."""
    for entry in written.everything():
        for name, values in _dated(entry.content):
            yield from _check(entry, name, values, today)


def _dated(node: Any, name: str = "") -> Iterator[tuple[str, list[dict[str, Any]]]]:
    if is_dated(node):
        yield name, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _dated(value, key)


def _check(entry: Entry, name: str, values: list[dict[str, Any]], today: date) -> Iterator[Finding]:
    for value in values:
        whole = type(value.get("value")) is int
        if set(value) != {"from", "value"} or not whole or type(value["from"]) is not date:
            yield error(
                entry.where,
                f"{name}: ett daterat tal har from (ett datum) och value (ett heltal) och inget annat.",
                f"{name}: a dated number has from (a date) and value (a whole number) and nothing else.",
                "Skriv till exempel { from = 2020-01-01, value = 14 }.",
                "Write, for instance, { from = 2020-01-01, value = 14 }.",
            )
            return
    dates = [value["from"] for value in values]
    if any(later <= earlier for earlier, later in pairwise(dates)):
        yield error(
            entry.where,
            f"{name}: datumen står inte i ordning, eller samma datum två gånger.",
            f"{name}: the dates are out of order, or one stands twice.",
            "Ordna dem från det äldsta till det nyaste.",
            "Put them from the oldest to the newest.",
        )
    if min(dates) > today:
        yield error(
            entry.where,
            f"{name}: inget värde gäller ännu ({today}).",
            f"{name}: no value is in force yet ({today}).",
            "Lägg till ett värde som gäller tidigare.",
            "Add a value that starts earlier.",
        )
