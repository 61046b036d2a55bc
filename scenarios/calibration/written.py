"""A calibration written as a file of assumptions: complete, with what the city's data tell in place."""

import json
from dataclasses import asdict, replace
from typing import Any

from scenarios.assumptions.model import Assumptions, Entry
from scenarios.calibration.calibration import Calibration
from scenarios.calibration.estimates import Estimate

DIGITS = 6


def calibrated(assumptions: Assumptions, found: Calibration) -> Assumptions:
    """The assumptions with every rate that the city's data tell in place.

    A rate pooled over a level says `assumed`, because that the forms of a level are alike is assumed; a rate
    about which nothing can be said stays as it was.
    """
    entries = dict(assumptions.entries)
    for one in found.estimates:
        if one.value is not None and one.key in entries:
            entries[one.key] = _entry(one, one.value, entries[one.key], found)
    return Assumptions(entries)


def _entry(one: Estimate, value: float, before: Entry, found: Calibration) -> Entry:
    since, until = (day.isoformat() for day in found.window)
    if one.key.startswith("arrivals."):
        source = f"{one.records} households first known in half a year to {until}"
    else:
        source = f"{one.events:g} ends in {one.records} stays, {since} to {until}"
    if one.ground == "pooled":
        source = f"assumed; pooled with all forms of its level: {source}"
    return replace(
        before,
        value=_rounded(value),
        low=_rounded(one.low),
        high=_rounded(one.high),
        basis="assumed" if one.ground == "pooled" else "calibrated",
        source=source,
    )


def as_toml(assumptions: Assumptions, heading: str) -> str:
    """Assumptions as TOML, one table for each dotted prefix, with a comment of one line on top."""
    tables: dict[str, list[str]] = {}
    for key, entry in assumptions.entries.items():
        prefix, name = key.rsplit(".", 1)
        told = ", ".join(
            f"{field} = {_value(value)}" for field, value in asdict(entry).items() if _said(value)
        )
        tables.setdefault(prefix, []).append(f"{name} = {{ {told} }}")
    parts = [f"# {heading}", *("\n".join([f"[{prefix}]", *lines]) for prefix, lines in tables.items())]
    return "\n\n".join(parts) + "\n"


def _said(value: Any) -> bool:
    return value is not None and value != ""


def _value(value: Any) -> str:
    # A JSON string is a TOML string, save that TOML wants the delete character escaped too.
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(float(value)) if isinstance(value, float) else repr(value)


def _rounded(value: float | None) -> float:
    return float(f"{value or 0.0:.{DIGITS}g}")
