"""Reading the city again and again: rows that stand as they stood are not built anew.

What the database says of every row is read each time, so that nothing can be missed; only a row that is new
or says something else than last time is built. That is several times as quick as reading the city whole.

PostgreSQL numbers every version of a row by where it lies and which transaction wrote it. There one question
tells of each sheet whether any row came, went or changed, and a sheet that stands as it stood is not read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any

from sqlalchemy import Connection, Dialect, column, select, table, text

from models.dataset import Dataset
from models.keys import key_of, type_of_row
from models.store.datasets import records, table_of

Values = tuple[Any, ...]


@dataclass(slots=True)
class Sheet:
    """A sheet as it was read last.

    Attributes
    ----------
    said
        What the database said, row by row.
    met
        The same by primary key, with the row made of it.
    order
        The primary keys in the order of the rows' keys.
    rows
        The rows in that order: the same tuple as long as the sheet stands as it stood.
    mark
        What the database told of the versions of its rows; None where it tells nothing.
    """

    said: list[Values] = field(default_factory=list)
    met: dict[Values, tuple[Values, Any]] = field(default_factory=dict)
    order: list[Values] = field(default_factory=list)
    rows: tuple[Any, ...] = ()
    mark: Values | None = None


class RowMemory:
    """The rows of the latest reading of a city."""

    def __init__(self) -> None:
        self._sheets: dict[str, Sheet] = {}

    def read(self, connection: Connection) -> Dataset:
        """All rows of the city, each sheet sorted by its key, as `read_rows` gives them."""
        # Another thread may read at the same time: each finds whole sheets, and leaves whole ones.
        before, marks = self._sheets, _marks(connection)
        sheets = {
            sheet: _read(connection, sheet, before.get(sheet, Sheet()), marks.get(sheet)) for sheet in records
        }
        self._sheets = sheets
        return Dataset(**{name: sheet.rows for name, sheet in sheets.items()})


def _marks(connection: Connection) -> dict[str, Values]:
    """By sheet: how many rows it has, and a sum over their versions; empty where the database has none."""
    if connection.dialect.name != "postgresql":
        return {}
    return {row[0]: tuple(row[1:]) for row in connection.execute(_VERSIONS)}


# A place in a table is given to another row only once the first is gone for all, and then by another
# transaction: place and transaction together are a version's own.
_VERSIONS = text(
    " UNION ALL ".join(
        f"SELECT '{sheet}', count(*), sum(hashtidextended(ctid, xmin::text::bigint)) "
        f"FROM {table_of(record).name}"
        for sheet, record in records.items()
    )
)


def _read(connection: Connection, sheet: str, before: Sheet, mark: Values | None) -> Sheet:
    if mark is not None and mark == before.mark:
        return before
    stored = table_of(records[sheet])
    keys = [one.name for one in stored.primary_key]
    columns = [*keys, *(name for name in type_of_row[sheet].model_fields if name not in keys)]
    # Columns without types: what the driver says, to be compared before anything is made of it.
    wanted = select(table(stored.name, *(column(name) for name in columns)))
    found = connection.execute(wanted)
    said = [] if found.cursor is None else list(found.cursor.fetchall())
    found.close()
    if said == before.said:
        return replace(before, mark=mark)
    builder = _builder(sheet, columns, connection.dialect)
    met: dict[Values, tuple[Values, Any]] = {}
    for values in said:
        key = values[: len(keys)]
        known = before.met.get(key)
        met[key] = known if known is not None and known[0] == values else (values, builder(values))
    order = before.order
    if met.keys() != before.met.keys():
        order = sorted(met, key=lambda key: key_of(sheet, vars(met[key][1])))
    rows = tuple(met[key][1] for key in order)
    # Rows that only lie in another order are the same sheet.
    same = len(rows) == len(before.rows) and all(map(is_, rows, before.rows))
    return Sheet(said, met, order, before.rows if same else rows, mark)


def _builder(sheet: str, columns: list[str], dialect: Dialect) -> Callable[[Values], Any]:
    """What makes a row of what the driver says."""
    stored, row_class = table_of(records[sheet]), type_of_row[sheet]
    at = {name: columns.index(name) for name in row_class.model_fields}
    readers = {name: stored.c[name].type.dialect_impl(dialect).result_processor(dialect, None) for name in at}

    def built(values: Values) -> Any:
        read = {
            name: values[place] if readers[name] is None else readers[name](values[place])  # type: ignore[misc]
            for name, place in at.items()
        }
        return row_class.model_construct(**read)

    return built
