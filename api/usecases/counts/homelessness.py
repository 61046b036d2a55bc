"""People in homelessness by the city's own definitions, and the programme's seven indicators."""

from collections import Counter

from api.usecases.counts.book import Book, Row, Table
from api.usecases.counts.people import SEXES, Home, counted
from models.codes import Situation

KINDS = ("homeless", "acute", "long_term", "co_occurring")
BASE = {
    "homeless": (2018, 2439, 812, 1627),
    "families_insecure": (2019, 364, None, None),
    "evictions": (2018, 180, None, None),
    "children_evicted": (2018, 24, None, None),
    "acute": (2018, 1188, 447, 741),
    "long_term": (2018, 1741, 554, 1187),
    "co_occurring": (2018, 579, None, None),
}
"""The programme's seven indicators: base year, and the count of that year, of women and of men
(Stockholm's programme against homelessness 2020-2025, "Indikatorer för uppföljning av målen").
"""
NOT_OURS = {"evictions": "not_in_data.enforcement", "children_evicted": "not_in_data.enforcement"}


def count_homelessness(book: Book, found: list[Home]) -> None:
    """Add the counts by sex and by responsible unit, and the indicators."""
    people = list(counted(found, book.day))
    figures = book.figures
    table = book.table("homelessness", ("people", *SEXES))
    for kind in KINDS:
        tally = Counter(one.sex for one in people if kind == "homeless" or getattr(one, kind))
        keys = [figures.count(f"{kind}.{sex}", tally[sex], headline=sex != "others") for sex in SEXES]
        whole = figures.count(f"{kind}.people", sum(tally.values()), headline=True)
        figures.add_up(whole, *keys)
        table.add(Row(kind), whole, *keys)
        if kind != "homeless":
            for column in ("people", *SEXES):
                figures.within(f"homeless.{column}", f"{kind}.{column}")
    families = sum(1 for one in found if one.children and one.household.situation != Situation.HOUSED)
    figures.count("families_insecure.households", families, headline=True)
    _by_unit(book, [(one.unit, one.sex) for one in people])
    _indicators(book)


def _by_unit(book: Book, people: list[tuple[str, str]]) -> None:
    table: Table = book.table("homelessness_units", ("people", *SEXES))
    counts: dict[str, Counter[str]] = {}
    for unit, sex in people:
        counts.setdefault(unit, Counter())[sex] += 1
    book.crossed(table, "homeless.unit", unit_rows(counts), counts)
    for column in ("people", *SEXES):
        book.figures.add_up(f"homeless.unit.all.{column}", f"homeless.{column}")


def unit_rows(units: "Counter[str] | dict[str, Counter[str]] | set[str]") -> list[Row]:
    """Rows of responsible units by name, households without one last."""
    named = [Row(unit, "name", unit) for unit in sorted(units) if unit]
    return [*named, Row("", "text", "no_unit")] if "" in units else named


def _indicators(book: Book) -> None:
    table = book.table("indicators", ("base_year", "base", "now", "women", "men", "since_base"))
    for name, (year, base, _, _) in BASE.items():
        if name in NOT_OURS:
            table.why_unknown[name] = NOT_OURS[name]
            table.add(name, float(year), base, None, None, None, None)
        elif name == "families_insecure":
            key = "families_insecure.households"
            table.add(name, float(year), base, key, None, None, ("since", key))
        else:
            key = f"{name}.people"
            table.add(name, float(year), base, key, f"{name}.women", f"{name}.men", ("since", key))
