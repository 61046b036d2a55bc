"""Occupancy: places lived in, places that stand empty and for how long, by form and by house."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from api.usecases.counts.book import Book, Entry, Row
from models.dataset import Dataset
from models.forms import forms
from models.stock import Pool

COLUMNS = ("places", "lived_in", "occupied", "empty", "empty_days")
Lived = Counter[str | None]


def count_occupancy(book: Book, city: Dataset) -> None:
    """Add occupancy by form, and by house: pools that share a facility are one house."""
    lived: Lived = Counter(one.current_pool_id for one in city.households if one.current_pool_id)
    pools = sorted(city.pools, key=lambda pool: (pool.name, pool.pool_id))
    houses: dict[str, list[Pool]] = defaultdict(list)
    of_form: dict[str, list[Pool]] = defaultdict(list)
    for pool in pools:
        houses[pool.facility_id or pool.pool_id].append(pool)
        of_form[pool.form].append(pool)
        _count(book, pool, lived)
    by_form = book.table("occupancy_forms", COLUMNS)
    for form in forms():
        if form in of_form:
            name = f"occupancy.form.{form}"
            _sum(book, name, of_form[form], headline=True)
            by_form.add(Row(form, "form"), *_cells(name, empty_days(city, of_form[form], lived, book.day)))
    if pools:
        _sum(book, "occupancy.all", pools, headline=True)
        wholes = [f"occupancy.form.{form}" for form in of_form]
        for column in ("lived_in", "empty"):
            book.figures.same(f"occupancy.all.{column}", *(f"{name}.{column}" for name in wholes))
        by_form.add("total", *_cells("occupancy.all", empty_days(city, pools, lived, book.day)))
    table = book.table("occupancy_houses", COLUMNS)
    for house, some in houses.items():
        name = key_of(some[0].pool_id)
        if len(some) > 1:
            name = f"occupancy.house.{house}"
            _sum(book, name, some)
            book.figures.unseen |= {f"{key_of(p.pool_id)}.{c}" for p in some for c in ("lived_in", "empty")}
        table.add(Row(house, "name", some[0].name), *_cells(name, empty_days(city, some, lived, book.day)))


def tie_to_houses(book: Book, whole: str, column: str, pool_ids: Sequence[str]) -> None:
    """Say that a count is that of some pools together, where it is: a reader can add up the houses."""
    book.figures.same(whole, *(f"{key_of(pool)}.{column}" for pool in pool_ids))


def key_of(pool_id: str) -> str:
    """Beginning of the keys of a pool."""
    return f"occupancy.pool.{pool_id}"


def _count(book: Book, pool: Pool, lived: Lived) -> None:
    figures, name = book.figures, key_of(pool.pool_id)
    figures.public(f"{name}.places", pool.capacity)
    figures.count(f"{name}.lived_in", lived[pool.pool_id])
    figures.count(f"{name}.empty", pool.capacity - lived[pool.pool_id])
    figures.add_up(f"{name}.places", f"{name}.lived_in", f"{name}.empty")


def _sum(book: Book, name: str, pools: Sequence[Pool], *, headline: bool = False) -> None:
    figures, parts = book.figures, [key_of(pool.pool_id) for pool in pools]
    for column in ("lived_in", "empty"):
        whole = sum(figures.values[f"{part}.{column}"] for part in parts)
        figures.count(f"{name}.{column}", whole, headline=headline)
        figures.add_up(f"{name}.{column}", *(f"{part}.{column}" for part in parts))
    figures.public(f"{name}.places", sum(pool.capacity for pool in pools))
    figures.add_up(f"{name}.places", f"{name}.lived_in", f"{name}.empty")


def _cells(name: str, days: int | None) -> tuple[Entry, ...]:
    with_count = None if days is None else ("where", f"{name}.empty", days)
    lived_in, places = f"{name}.lived_in", f"{name}.places"
    return places, lived_in, (lived_in, places), f"{name}.empty", with_count


def empty_days(city: Dataset, pools: Sequence[Pool], lived: Lived, day: date) -> int | None:
    """Days that the empty places have stood so, until a day, together; None when that is not known.

    The last ones who moved out are taken to have left the places that now stand empty.
    """
    total = 0
    ended: dict[str, list[date]] = defaultdict(list)
    for stay in city.stays:
        if stay.ended_on is not None and stay.ended_on <= day:
            ended[stay.pool_id].append(stay.ended_on)
    for pool in pools:
        empty = pool.capacity - lived[pool.pool_id]
        left = sorted(ended[pool.pool_id], reverse=True)[:empty]
        if len(left) < empty:
            return None
        total += sum((day - one).days for one in left)
    return total
