"""A finished run as a table for a spreadsheet: totals and months of every measure, each with its interval."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from api.texts import Language

HEADINGS = (
    *("scenario", "measure", "period", "mean", "low", "high"),
    *("difference_mean", "difference_low", "difference_high"),
)
WHOLE = "total"
"""The period of a figure over all weeks; others are months, written 2026-01."""

PARTS = ("mean", "low", "high")


def csv_of(answer: Mapping[str, Any], language: Language) -> str:
    """The table as CSV, as spreadsheets of the language read it: Swedish with semicolon and decimal comma."""
    swedish = language == "sv"
    out = StringIO()
    writer = csv.writer(out, delimiter=";" if swedish else ",")
    writer.writerow(HEADINGS)
    for row in rows_of(answer):
        writer.writerow([_cell(value, swedish) for value in row])
    return "\ufeff" + out.getvalue()


def rows_of(answer: Mapping[str, Any]) -> Iterator[Sequence[str | float | None]]:
    """Rows in the order of HEADINGS; a figure that cannot be known is None."""
    months = answer["months"]
    for scenario in answer["scenarios"]:
        for name, measure in scenario["measures"].items():
            total, other = measure["total"], scenario["difference"][name]
            yield scenario["name"], name, WHOLE, *_parts(total), *_parts(other)
            told = scenario.get("months", {}).get(name)
            if told is None:
                continue
            for at, month in enumerate(months):
                differs = told.get("difference")
                yield (
                    *(scenario["name"], name, month),
                    *_parts(_at(told, at)),
                    *(_parts(_at(differs, at)) if differs else (0.0, 0.0, 0.0)),
                )


def _parts(told: Mapping[str, Any]) -> tuple[str | float | None, ...]:
    """Mean, low and high; below what it is, where it is too small to be told."""
    return told.get("shown") or told["mean"], told["low"], told["high"]


def _at(told: Mapping[str, Any], at: int) -> dict[str, Any]:
    return {part: series[at] for part, series in told.items() if part in (*PARTS, "shown")}


def _cell(value: str | float | None, swedish: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # A spreadsheet takes a cell that begins so for a formula; names of scenarios never do.
        return value
    written = f"{value:.6f}".rstrip("0").rstrip(".")
    return written.replace(".", ",") if swedish else written
