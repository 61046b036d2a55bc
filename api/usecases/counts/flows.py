"""Why the gap moved: who came and went, which facts changed, and what the places did, month by month.

Each snapshot compares with the one before it and adds to the flows of its month; once the month is over they
are told, and stand still. Told for whole months only, they keep a day's one or two from being worked out.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from api.usecases.city_view import CityView
from api.usecases.counts.book import Book, Row
from models.days import months_later
from models.snapshots import Snapshot
from optimiser.gap.womens_gap import Gap, Section

INTO = ("came", "facts_in")
OUT_OF = ("placed", "left", "facts_out")
PLACES = ("more_fit", "fewer_fit")
STOCKS = ("waiting", "placeable", "gap")
MONTHS = 12


@dataclass(slots=True)
class Waiting:
    """Who waits, by section, and how the month has moved so far.

    Attributes
    ----------
    taking_part
        Candidates of the day.
    waits
        By section, those who surely wait, with the pool they live in or a blank.
    fits
        By section, how many of them fit into the vacant places.
    flows
        By section, counts of INTO and OUT_OF since the last snapshot of the month before.
    whole
        Whether the flows began with a snapshot of the month before, so that nothing is left out of them.
    """

    taking_part: set[str]
    waits: dict[str, dict[str, str]]
    fits: dict[str, int]
    flows: dict[str, dict[str, int]] = field(default_factory=dict)
    whole: bool = False

    def stored(self) -> dict[str, Any]:
        """As it is kept until the next snapshot."""
        return {
            "taking_part": sorted(self.taking_part),
            "waits": self.waits,
            "fits": self.fits,
            "flows": self.flows,
            "whole": self.whole,
        }

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Waiting":
        """From what was kept."""
        return cls(set(kept["taking_part"]), kept["waits"], kept["fits"], kept["flows"], kept["whole"])


def waiting_now(view: CityView, found: Gap) -> Waiting:
    """Who waits now."""
    ids = view.assessment.instance.household_ids
    return Waiting(
        taking_part={ids[row] for row in np.flatnonzero(view.priority.candidate).tolist()},
        waits={section.need.name: _waits(view, section) for section in found.sections},
        fits={section.need.name: section.placeable_now[0] for section in found.sections},
    )


def _waits(view: CityView, section: Section) -> dict[str, str]:
    ids = view.assessment.instance.household_ids
    some = [ids[row] for row in np.flatnonzero(section.need.certain).tolist()]
    return {one: view.households[one].current_pool_id or "" for one in some}


def moved(before: Waiting, now: Waiting, view: CityView, section: str) -> dict[str, int]:
    """How a section's waiting moved between two snapshots: before + INTO − OUT_OF is now."""
    was, waits = before.waits.get(section, {}), now.waits[section]
    counts = dict.fromkeys((*INTO, *OUT_OF), 0)
    for one in waits.keys() - was.keys():
        counts["facts_in" if one in before.taking_part else "came"] += 1
    for one in was.keys() - waits.keys():
        household = view.households.get(one)
        home = household.current_pool_id if household else None
        if home is not None and home != was[one]:
            counts["placed"] += 1
        elif one in now.taking_part:
            counts["facts_out"] += 1
        else:
            counts["left"] += 1
    return counts


def count_flows(book: Book, view: CityView, found: Gap, last: Snapshot | None) -> Waiting:
    """Add the months that are over; what the next snapshot needs to go on."""
    now = waiting_now(view, found)
    before = Waiting.read(last.waiting) if last is not None and last.waiting else None
    new_month = last is None or _month(last.day) != _month(book.day)
    values = {} if last is None else last.figures["values"]
    done = {key: value for key, value in values.items() if key.startswith("flow.")}
    if last is not None and new_month and before is not None:
        done |= _month_ended(last, before)
    sections = [section.need.name for section in found.sections]
    for name in sections:
        moves = {} if before is None else moved(before, now, view, name)
        so_far = {} if before is None or new_month else before.flows.get(name, {})
        now.flows[name] = {word: so_far.get(word, 0) + moves.get(word, 0) for word in (*INTO, *OUT_OF)}
    now.whole = last is not None and before is not None and (new_month or before.whole)
    _carry(book, done, sections)
    return now


def _month_ended(last: Snapshot, before: Waiting) -> dict[str, int]:
    """Counts of the month that the last snapshot closed: stocks at its end, and flows if they are whole."""
    values, month = last.figures["values"], _month(last.day)
    found = {}
    for name, flows in before.flows.items():
        for stock in STOCKS:
            found[f"flow.{name}.{month}.{stock}"] = values[f"gap.{name}.{stock}"]
        if before.whole:
            found |= {f"flow.{name}.{month}.{word}": count for word, count in flows.items()}
    return found


def _carry(book: Book, done: dict[str, int], sections: list[str]) -> None:
    figures, month = book.figures, _month(book.day)
    oldest = _month(months_later(book.day, -MONTHS - 1))
    for key, value in done.items():
        whole_month = oldest <= key.split(".")[2] < month
        if whole_month and key.rsplit(".", 1)[1] in (*STOCKS, *INTO, *OUT_OF):
            figures.count(key, value)
    for name in sections:
        for stock in STOCKS:
            alias = figures.count(f"flow.{name}.{month}.{stock}", figures.values[f"gap.{name}.{stock}"])
            figures.unseen.add(alias)
            figures.add_up(alias, f"gap.{name}.{stock}")
    columns = (*STOCKS, *INTO, *OUT_OF, *PLACES)
    for name in sections:
        table = book.table(f"gap_history_{name}", columns, months_later(book.day.replace(day=1), -MONTHS))
        months = sorted({key.split(".")[2] for key in done if key.startswith(f"flow.{name}.")}, reverse=True)
        for one in months:
            if oldest <= one < month:
                _row(book, name, one)
                table.add(Row(one, "name", one), *_cells(book, name, one, columns))
        _longer(book, name, [one for one in months if oldest < one < month], columns)


def _row(book: Book, name: str, month: str) -> None:
    figures, at = book.figures, f"flow.{name}.{month}"
    before = f"flow.{name}.{_month_before(month)}"
    if f"{at}.waiting" in figures.values:
        figures.add_up(f"{at}.waiting", f"{at}.placeable", f"{at}.gap")
    if f"{at}.came" not in figures.values or f"{before}.waiting" not in figures.values:
        return
    through = figures.count(
        f"{at}.through",
        sum(figures.values[key] for key in (f"{before}.waiting", f"{at}.came", f"{at}.facts_in")),
    )
    figures.unseen.add(through)
    figures.add_up(through, f"{before}.waiting", *(f"{at}.{word}" for word in INTO))
    figures.add_up(through, f"{at}.waiting", *(f"{at}.{word}" for word in OUT_OF))
    change = figures.values[f"{at}.placeable"] - figures.values[f"{before}.placeable"]
    figures.count(f"{at}.more_fit", max(0, change))
    figures.count(f"{at}.fewer_fit", max(0, -change))
    either = figures.count(f"{at}.fit_through", figures.values[f"{before}.placeable"] + max(0, change))
    figures.unseen.add(either)
    figures.add_up(either, f"{before}.placeable", f"{at}.more_fit")
    figures.add_up(either, f"{at}.placeable", f"{at}.fewer_fit")


def _cells(book: Book, name: str, month: str, columns: tuple[str, ...]) -> list[str | None]:
    keys = [f"flow.{name}.{month}.{column}" for column in columns]
    return [key if key in book.figures.values else None for key in keys]


def _longer(book: Book, name: str, months: list[str], columns: tuple[str, ...]) -> None:
    """Where a month's counts are small, those of a longer time: of three months, and of twelve."""
    figures = book.figures
    flows = [column for column in columns if column not in STOCKS]
    table = book.table(f"gap_longer_{name}", flows, months_later(book.day.replace(day=1), -MONTHS))
    for length in (3, MONTHS):
        some = months[:length]
        if len(some) < length or any(f"flow.{name}.{one}.more_fit" not in figures.values for one in some):
            continue
        keys = []
        for column in flows:
            parts = [f"flow.{name}.{one}.{column}" for one in some]
            key = figures.count(f"longer.{name}.{length}.{column}", sum(figures.values[p] for p in parts))
            figures.add_up(key, *parts)
            keys.append(key)
        table.add(f"months_{length}", *keys)


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _month_before(month: str) -> str:
    return _month(months_later(date.fromisoformat(f"{month}-01"), -1))
