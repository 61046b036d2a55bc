"""Equal access: women and men, and the city's units, side by side."""

from collections import Counter

import numpy as np

from api.usecases.city_view import CityView
from api.usecases.counts.book import Book, Entry
from api.usecases.counts.homelessness import unit_rows
from optimiser.gap.equity import LEVELS
from optimiser.gap.womens_gap import Gap
from optimiser.gap.womens_places import all_adults_men, all_adults_women


def count_equity(book: Book, view: CityView, found: Gap) -> None:
    """Add women's and men's access in the whole city, and by responsible unit."""
    figures = book.figures
    table = book.table("equity", ("candidates", *LEVELS, "fit_now"))
    shares = book.table("equity_shares", (*LEVELS, "fit_now"))
    for group, access in found.equity.items():
        name = f"equity.{group}"
        whole = figures.count(f"{name}.candidates", access.candidates, headline=True)
        keys = [figures.count(f"{name}.{level}", access.with_option[level]) for level in LEVELS]
        keys.append(figures.count(f"{name}.fit_now", access.placeable_now))
        for key in keys:
            figures.within(whole, key)
        table.add(group, whole, *keys)
        shares.add(group, *((key, whole) for key in keys))
    figures.within("candidates", *(f"equity.{group}.candidates" for group in found.equity))
    for section in found.sections:
        figures.within("equity.women.candidates", f"gap.{section.need.name}.all")
    _by_unit(book, view)


def _by_unit(book: Book, view: CityView) -> None:
    a, figures = view.assessment, book.figures
    columns = ("women", "women_option", "men", "men_option")
    table = book.table("equity_units", (*columns[:2], "women_share", *columns[2:], "men_share", "apart"))
    household, pool = view.compatible.eligible
    elsewhere = a.instance.households["current_pool"][household] != pool
    has = np.zeros(a.instance.n, dtype=bool)
    has[household[elsewhere]] = True
    groups = {"women": all_adults_women(a), "men": all_adults_men(a)}
    units = [view.households[key].responsible_unit or "" for key in a.instance.household_ids]
    counts: dict[str, Counter[str]] = {}
    for name, members in groups.items():
        for one in np.flatnonzero(members & view.priority.candidate).tolist():
            tally = counts.setdefault(units[one], Counter())
            tally[name] += 1
            tally[f"{name}_option"] += int(has[one])
    rows = unit_rows(counts)
    for row in rows:
        keys = [figures.count(f"equity.unit.{row.row_id}.{c}", counts[row.row_id][c]) for c in columns]
        figures.within(keys[0], keys[1])
        figures.within(keys[2], keys[3])
        table.add(row, *_with_shares(keys))
    totals = []
    for column in columns:
        parts = [f"equity.unit.{row.row_id}.{column}" for row in rows]
        whole = figures.count(
            f"equity.unit.all.{column}", sum(figures.values[p] for p in parts), headline=True
        )
        figures.add_up(whole, *parts)
        totals.append(whole)
    figures.within(totals[0], totals[1])
    figures.within(totals[2], totals[3])
    for group in groups:
        figures.add_up(f"equity.{group}.candidates", f"equity.unit.all.{group}")
    table.add("total", *_with_shares(totals))


def _with_shares(keys: list[str]) -> list[Entry]:
    """Women and those of them with an option, men and theirs, and how far apart their shares are."""
    women, women_option, men, men_option = keys
    apart = ("apart", women_option, women, men_option, men)
    return [women, women_option, (women_option, women), men, men_option, (men_option, men), apart]
