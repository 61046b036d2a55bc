"""The row of a pool in a scenario, read and checked as a row of pools.csv is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from models.dataset import Dataset
from models.exchange.cells import Wrong, read_cell
from models.exchange.city import City
from models.exchange.columns import Column, sheets
from models.exchange.rows import Row
from models.exchange.validate import ages_out_of_order, closing_before_opening, sober_homes
from models.stock import Pool
from scenarios.whatif.faults import Place, ScenarioFault
from scenarios.whatif.values import is_whole

SHEET = "pools"


def pool_columns() -> Mapping[str, Column]:
    """Columns of pools.csv by name."""
    return sheets()[SHEET].columns


def read_row(
    place: Place, settings: Mapping[str, Any], names: Iterable[str]
) -> tuple[dict[str, Any], list[ScenarioFault]]:
    """What the columns named hold, as far as they can be read, and the faults of the others."""
    values: dict[str, Any] = {}
    faults: list[ScenarioFault] = []
    for name in names:
        if name not in settings:
            continue
        column = pool_columns()[name]
        cell = _cell(place, column, settings[name])
        if isinstance(cell, ScenarioFault):
            faults.append(cell)
            continue
        read = read_cell(column, cell)
        if isinstance(read, Wrong):
            faults.append(place.fault(name, read.kind, settings[name], **read.details))
        else:
            values[name] = read
    return values, faults


def missing_columns(place: Place, settings: Mapping[str, Any]) -> Iterator[ScenarioFault]:
    """Columns that the row of a pool cannot do without."""
    for column in pool_columns().values():
        if column.required and column.name not in settings:
            yield place.fault(column.name, "missing key")


def row_faults(place: Place, values: Mapping[str, Any], told: Iterable[str]) -> Iterator[ScenarioFault]:
    """What must hold between the columns of a pool; faults name one of the columns told."""
    headings = {name: name for name in told}
    cells = {name: str(values.get(name, "")) for name in headings}
    row = Row(SHEET, place.file, place.change, cells, headings, dict(values))
    city = City({SHEET: [row]}, set(), Dataset(), date.min)
    for check in (closing_before_opening, ages_out_of_order, sober_homes):
        for _, fault in check(city):
            yield place.fault(fault.column, fault.kind, fault.value, **fault.details)


def pool_of(settings: Mapping[str, Any]) -> Pool:
    """The pool that a checked `open_pool` describes; columns left out hold what a blank means."""
    values, _ = read_row(Place(""), settings, pool_columns())
    return Pool(**values)


def _cell(place: Place, column: Column, value: Any) -> str | ScenarioFault:
    """A value of TOML as the text of a cell."""
    if isinstance(value, bool) and column.kind == "fact":
        return "yes" if value else "no"
    if column.kind == "whole":
        if is_whole(value) or value == "":
            return str(value)
        return place.fault(column.name, "not a whole number", value)
    if column.kind == "date":
        if isinstance(value, date) and not isinstance(value, datetime):
            return value.isoformat()
        return place.fault(column.name, "not a date", value)
    return value if isinstance(value, str) else place.fault(column.name, "not a text", value)
