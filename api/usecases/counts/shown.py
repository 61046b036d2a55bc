"""Tables as they are shown: in a language, small counts hidden, with definition, unit, period and source."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil, floor
from typing import Any

from api.texts import Language, Texts
from api.usecases.counts.figures import Shown
from api.usecases.counts.homelessness import BASE
from models.forms import forms
from models.snapshots import Snapshot

LOCALES: dict[Language, str] = {"sv": "sv_SE", "en": "en_GB"}
PERCENT: dict[Language, str] = {"sv": "#,##0.0\xa0%", "en": "#,##0.0%"}
TENTHS = "#,##0.0"
UNITS = {
    "cost_per_year": "sek_year",
    "share": "percent",
    "women_share": "percent",
    "men_share": "percent",
    "apart": "points",
    "occupied": "percent",
    "empty_days": "days",
    "days": "days",
    "base_year": "year",
    "rank": "rank",
    "first_tier": "tier",
    "pools": "pools",
    "nights": "nights",
    "places": "places",
    "vacant": "places",
    "free_places": "places",
    "households": "households",
}
"""Units of columns that are not in their table's own."""
WIDE = 4
"""A range is told when it is no wider than this, or than a tenth of what it begins at."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count as it is shown.

    Attributes
    ----------
    value
        The number, None where it is hidden or unknown.
    shown
        `exact`, `small` (1 to 4), `withheld`, `unknown`, or `blank` where nothing belongs.
    text
        As people read it.
    least, most
        Between what it lies, where it is withheld; None for no end.
    """

    value: float | None
    shown: str
    text: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with its name, and a note on it where there is one."""

    row_id: str
    name: str
    cells: list[Cell]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column with its name and unit."""

    column_id: str
    name: str
    unit: str


def needs_no_unit(column: ShownColumn, unit: str) -> bool:
    """Whether a column's unit is the table's, or stands in the column's name: `Lediga platser`."""
    name = column.name.lower()
    return column.unit == unit or name.endswith(column.unit) or column.unit in name.split()


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with what it means, its period (the same day twice for a stock) and where it comes from."""

    table_id: str
    title: str
    definition: str
    unit: str
    source: str
    since: date
    until: date
    columns: list[ShownColumn]
    rows: list[ShownRow]


@dataclass(frozen=True, slots=True)
class Origin:
    """Which day's figures these are, when they were taken, and with what."""

    day: date
    number: int
    taken_at: datetime
    versions: dict[str, Any]


class Reader:
    """Reads snapshots out in a language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.texts = Texts(language)

    def listed(self, names: Sequence[str]) -> str:
        """Names in a row: a, b and c."""
        from babel.lists import format_list

        return format_list(names, locale=self.language)

    def tables(self, snapshot: Snapshot, names: Iterable[str]) -> list[ShownTable]:
        """Some tables of a snapshot, in the order asked for."""
        kept = {table["name"]: table for table in snapshot.tables}
        return [self.table(snapshot, kept[name]) for name in names if name in kept]

    def table(self, snapshot: Snapshot, kept: dict[str, Any]) -> ShownTable:
        """A table of a snapshot."""
        rows = []
        for row, cells in zip(kept["rows"], kept["cells"], strict=True):
            why = kept["why_unknown"].get(row["row_id"])
            about = f"counts.about.{row['row_id']}"
            notes = [self.texts(about)] if self.texts.has(about) else []
            notes += [self.texts(f"counts.no.{why}")] if why else []
            name = self.row_name(row, kept["texts"])
            if kept["name"] == "short_groups":
                name = self.texts("counts.group", n=row["row_id"])
            shown = [self.cell(snapshot, one, row["row_id"]) for one in cells]
            rows.append(ShownRow(row["row_id"], name, shown, " ".join(notes) or None))
        since, until = date.fromisoformat(kept["since"]), date.fromisoformat(kept["until"])
        return self.laid_out(kept["name"], kept["columns"], rows, since, until)

    def laid_out(
        self, name: str, columns: Sequence[str], rows: list[ShownRow], since: date, until: date
    ) -> ShownTable:
        """A table from its rows."""
        texts, about = self.texts, f"counts.table.{name}"
        unit = texts(f"{about}.unit")
        return ShownTable(
            table_id=name,
            title=texts(f"{about}.title"),
            definition=texts(f"{about}.definition"),
            unit=texts(f"counts.unit.{unit}"),
            source=texts(f"counts.source.{texts(f'{about}.source')}"),
            since=since,
            until=until,
            columns=[
                ShownColumn(one, texts(f"counts.column.{one}"), texts(f"counts.unit.{UNITS.get(one, unit)}"))
                for one in columns
            ],
            rows=rows,
        )

    def row_name(self, row: dict[str, str], told: dict[str, Any]) -> str:
        """Name of a row."""
        kind, row_id = row["kind"], row["row_id"]
        if kind == "name":
            return row["name"]
        if kind == "form":
            return str(getattr(forms()[row_id], self.language))
        if kind == "rule":
            return str(told[row_id][self.language])
        if kind == "fact":
            text = self.texts(f"fact.{row_id}")
            return text[:1].upper() + text[1:]
        return self.texts(f"counts.row.{row['name'] or row_id}")

    def cell(self, snapshot: Snapshot, kept: Any, row_id: str = "") -> Cell:
        """A cell of a snapshot: a count, a share of one in another, or a number about nobody."""
        if kept is None:
            return Cell(None, "unknown", self.texts("counts.unknown"))
        if isinstance(kept, str):
            return self.count(snapshot, kept) if kept else Cell(None, "blank", "")
        if isinstance(kept, float):
            return Cell(kept, "exact", plain(kept))
        if isinstance(kept, int):
            return Cell(kept, "exact", self.number(kept))
        if kept[0] == "since":
            return self._since_base(snapshot, kept[1], row_id)
        if kept[0] == "where":
            hidden = snapshot.pattern.get(kept[1])
            return Cell(kept[2], "exact", self.number(kept[2])) if hidden is None else self._dash()
        if kept[0] == "apart":
            return self._apart(*(self.cell(snapshot, kept[at : at + 2]) for at in (1, 3)))
        part, whole = (self.count(snapshot, key) for key in kept)
        if part.value is None or whole.value is None:
            return self._share_between(part, whole)
        if not whole.value:
            return Cell(None, "unknown", self.texts("counts.unknown"))
        share = round(100 * part.value / whole.value, 1)
        return Cell(share, "exact", self.percent(share))

    def count(self, snapshot: Snapshot, key: str) -> Cell:
        """A count of a snapshot; unknown where it was not counted then."""
        values = snapshot.figures["values"]
        if key not in values:
            return Cell(None, "unknown", self.texts("counts.unknown"))
        hidden = snapshot.pattern.get(key)
        if hidden is None:
            return Cell(values[key], "exact", self.number(values[key]))
        if hidden == Shown.SMALL:
            return Cell(None, "small", self.texts("counts.under_five"), 1, 4)
        least, most = snapshot.figures["between"].get(key, (0, None))
        return Cell(None, "withheld", self._range(least, most), least, most)

    def number(self, value: float) -> str:
        """A number with its thousands apart."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=LOCALES[self.language])

    def tenths(self, value: float) -> str:
        """A number to the tenth, as its neighbours in a table are."""
        from babel.numbers import format_decimal

        return format_decimal(value, TENTHS, locale=LOCALES[self.language])

    def percent(self, share: float, tenths: bool = True) -> str:
        """A share of a hundred with its sign, to the tenth as its neighbours in a table are."""
        from babel.numbers import format_percent

        pattern = PERCENT[self.language] if tenths else PERCENT[self.language].replace(".0", "")
        return format_percent(share / 100, format=pattern, locale=LOCALES[self.language])

    def day(self, day: date) -> str:
        """A day with the month's name."""
        from babel.dates import format_date

        return format_date(day, format="d MMMM y", locale=LOCALES[self.language])

    def month(self, day: date) -> str:
        """A month with its year."""
        from babel.dates import format_date

        return format_date(day, format="MMMM y", locale=LOCALES[self.language])

    def _since_base(self, snapshot: Snapshot, key: str, row_id: str) -> Cell:
        now, base = self.count(snapshot, key), BASE[row_id][1]
        if now.value is None:
            return self._dash() if now.shown != "unknown" else now
        change = now.value - base
        return Cell(change, "exact", self._signed(change))

    def _share_between(self, part: Cell, whole: Cell) -> Cell:
        """Between what a share lies, in whole per cent, where its count is told as a range."""
        dash = self._dash()
        if not whole.value or part.shown != "withheld" or part.text == dash.text:
            return dash
        least = floor(100 * (part.least or 0) / whole.value)
        most = min(100, ceil(100 * (part.most or 0) / whole.value))
        told = self.texts("counts.between", least=self.number(least), most=self.percent(most, tenths=False))
        return Cell(None, "withheld", told, least, most)

    def _apart(self, one: Cell, other: Cell) -> Cell:
        if one.value is None:
            return one
        if other.value is None:
            return other
        apart = round(one.value - other.value, 1)
        return Cell(apart, "exact", self._signed(apart, self.tenths))

    def _signed(self, change: float, told: Callable[[float], str] | None = None) -> str:
        sign = "+" if change > 0 else "−" if change < 0 else "±"
        return f"{sign}{(told or self.number)(abs(change))}"

    def _range(self, least: int, most: int | None) -> str:
        if most is None or most - least > max(WIDE, least // 10):
            return self._dash().text
        return self.texts("counts.between", least=self.number(least), most=self.number(most))

    def _dash(self) -> Cell:
        return Cell(None, "withheld", self.texts("counts.withheld"))


def plain(value: float) -> str:
    """A year or a rank, without anything between its thousands."""
    return str(int(value)) if float(value).is_integer() else str(value)


def origin(snapshot: Snapshot) -> Origin:
    """Where figures come from."""
    return Origin(snapshot.day, snapshot.number, snapshot.made_at, snapshot.versions)
