"""A day's figures as they are gathered: counts, and the tables that lay them out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from api.usecases.counts.figures import Figures

LabelKind = Literal["text", "name", "form", "rule", "fact"]
Entry = str | tuple[str, str] | tuple[str, str, int] | tuple[str, str, str, str, str] | int | float | None
"""A cell: key of a count, None for unknown, a number about nobody (a year or rank is a float), or one of:

`""` is left blank; `(count, of)`: the share of one count in another, shown where both are;
`("since", count)`: the change since the programme's base year; `("where", count, number)`: a number that is
shown where the count is; `("apart", count, of, count, of)`: points by which a share exceeds another,
shown where both are.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its id, and where its name comes from."""

    row_id: str
    kind: LabelKind = "text"
    name: str = ""


@dataclass(slots=True)
class Table:
    """Counts laid out: a fixed table, with no filter to vary.

    Attributes
    ----------
    since, until
        The period that the counts are about; the same day twice for a stock.
    why_unknown
        Why cells are unknown, by row: keys of texts.
    """

    name: str
    columns: tuple[str, ...]
    since: date
    until: date
    rows: list[Row] = field(default_factory=list)
    cells: list[list[Entry]] = field(default_factory=list)
    why_unknown: dict[str, str] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)

    def add(self, row: Row | str, *cells: Entry) -> None:
        """Add a row.

        Raises
        ------
        ValueError
            When it has too few or too many cells.
        """
        if len(cells) != len(self.columns):
            raise ValueError(f"{self.name} has {len(self.columns)} columns, not {len(cells)}")
        self.rows.append(Row(row) if isinstance(row, str) else row)
        self.cells.append(list(cells))

    def stored(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "name": self.name,
            "columns": list(self.columns),
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "rows": [asdict(row) for row in self.rows],
            "cells": [[list(one) if isinstance(one, tuple) else one for one in line] for line in self.cells],
            "why_unknown": self.why_unknown,
            "texts": self.texts,
        }


@dataclass(slots=True)
class Book:
    """The figures of a day and their tables, as they are gathered one after the other."""

    day: date
    figures: Figures = field(default_factory=Figures)
    tables: list[Table] = field(default_factory=list)

    def table(
        self, name: str, columns: Sequence[str], since: date | None = None, until: date | None = None
    ) -> Table:
        """Begin a table; of the day itself unless a period is given."""
        new = Table(name, tuple(columns), since or self.day, until or self.day)
        self.tables.append(new)
        return new

    def crossed(
        self,
        table: Table,
        name: str,
        rows: Sequence[Row],
        counts: Mapping[str, Mapping[str, int]],
        total: str | None = "total",
        share: str | None = None,
    ) -> None:
        """Add rows whose columns add up, first column the whole of the others, and a row of totals.

        Parameters
        ----------
        name
            Beginning of the keys, followed by row and column; totals have the row `all`.
        counts
            By row id and column; the whole is worked out.
        total
            Row id of the totals; None for none.
        share
            The part whose share of the whole is the table's last column; None where it has no such column.
        """
        columns = table.columns if share is None else table.columns[:-1]
        figures, (whole, *parts) = self.figures, columns

        def laid_out(line: Sequence[str]) -> Sequence[Entry]:
            return line if share is None else [*line, (line[columns.index(share)], line[0])]

        keys: list[list[str]] = []
        for row in rows:
            line = counts.get(row.row_id, {})
            each = [figures.count(f"{name}.{row.row_id}.{part}", line.get(part, 0)) for part in parts]
            every = figures.count(f"{name}.{row.row_id}.{whole}", sum(line.get(part, 0) for part in parts))
            figures.add_up(every, *each)
            keys.append([every, *each])
            table.add(row, *laid_out(keys[-1]))
        if total is None or not keys:
            return
        sums = [
            figures.count(
                f"{name}.all.{column}", sum(figures.values[line[i]] for line in keys), headline=True
            )
            for i, column in enumerate(columns)
        ]
        for i, one in enumerate(sums):
            figures.add_up(one, *(line[i] for line in keys))
        figures.add_up(*sums)
        table.add(total, *laid_out(sums))
