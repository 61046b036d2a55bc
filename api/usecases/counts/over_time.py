"""Figures over time: snapshots side by side, each as it was shown, and the simulation's view ahead."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from api.usecases.counts.shown import Cell, Reader, ShownRow, ShownTable
from models.experiments import Experiment
from models.snapshots import Snapshot

SERIES = {
    "gap_support": "gap.support.gap",
    "structural_support": "gap.support.structural_gap",
    "gap_emergency": "gap.emergency.gap",
    "structural_emergency": "gap.emergency.structural_gap",
}
INDICATORS = {
    "homeless": "homeless.people",
    "families_insecure": "families_insecure.households",
    "acute": "acute.people",
    "long_term": "long_term.people",
    "co_occurring": "co_occurring.people",
}
FORECAST = "women_gap_structural"
MOST_POINTS = 14


def series(reader: Reader, name: str, past: Sequence[Snapshot], keys: dict[str, str]) -> ShownTable:
    """Counts of several snapshots, one a row, the newest first; of a day's snapshots the last.

    Raises
    ------
    ValueError
        When there is none.
    """
    of_day: dict[date, Snapshot] = {}
    for one in past:
        of_day.setdefault(one.day, one)
    rows = [
        ShownRow(day.isoformat(), reader.day(day), [reader.count(one, key) for key in keys.values()])
        for day, one in sorted(of_day.items(), reverse=True)
    ]
    return reader.laid_out(name, list(keys), rows, min(of_day), max(of_day))


def forecast(reader: Reader, experiment: Experiment, answer: dict[str, Any]) -> ShownTable | None:
    """The gap ahead in the baseline of a stored simulation; None where it did not count it."""
    base = next((one for one in answer["scenarios"] if one["name"] == "baseline"), None)
    found = None if base is None else base["measures"].get(FORECAST)
    if found is None or not found["mean"]:
        return None
    began = experiment.as_of
    rows = []
    step = 4 * max(1, -(-len(found["mean"]) // (4 * MOST_POINTS)))
    for week in range(0, len(found["mean"]), step):
        day = began + timedelta(weeks=week)
        cells = [_cell(reader, found[end][week]) for end in ("mean", "low", "high")]
        rows.append(ShownRow(day.isoformat(), reader.day(day), cells))
    until = began + timedelta(weeks=len(found["mean"]))
    return reader.laid_out("gap_forecast", ["mean", "low", "high"], rows, began, until)


def _cell(reader: Reader, value: float | None) -> Cell:
    if value is None:
        return Cell(None, "unknown", reader.texts("counts.unknown"))
    return Cell(round(value, 1), "exact", reader.tenths(round(value, 1)))
