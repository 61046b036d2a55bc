"""What could be built: pools as they would stand, how many places, and what a place costs a year."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from models.dataset import Dataset
from models.stock import Pool
from scenarios.whatif.faults import Place, ScenarioFault, ScenarioProblem, nearest
from scenarios.whatif.load import text_of
from scenarios.whatif.pool_rows import missing_columns, pool_columns, read_row, row_faults
from scenarios.whatif.values import count, is_whole, text

ENTRY = "pool"
NUMBERS = ("cost_sek_per_year", "fewest", "most", "block", "lead_weeks")
REQUIRED = ("cost_sek_per_year", "most", "source")
SET_BY_THE_PLAN = frozenset({"capacity", "monthly_cost_sek", "opens_on", "closes_on"})
MONTHS = 12
MOST = {
    "most": 10_000,
    "fewest": 10_000,
    "block": 10_000,
    "lead_weeks": 2_000,
    "cost_sek_per_year": 100_000_000,
}
"""A number above this is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Buildable:
    """A pool that could be built.

    Attributes
    ----------
    pool
        The pool with every place it may have; its monthly cost is a twelfth of the year's.
    cost_sek_per_year
        SEK a year for a place, running costs and building together.
    fewest, most, block
        Places if it is built at all, at most, and by how many at a time from the fewest on.
    lead_weeks
        Weeks from the decision until it opens.
    source
        Where its cost and size come from, or `assumed`.
    """

    pool: Pool
    cost_sek_per_year: int
    fewest: int
    most: int
    block: int
    lead_weeks: int
    source: str

    @property
    def choices(self) -> tuple[int, ...]:
        """How many places it may have, none included."""
        return (0, *range(self.fewest, self.most + 1, self.block))

    def with_places(self, places: int) -> Pool:
        """The pool with so many places."""
        return self.pool.model_copy(update={"capacity": places})


def load_buildables(path: Path | None = None) -> tuple[Buildable, ...]:
    """What could be built, in the order of the file, by default that of the product.

    Raises
    ------
    ScenarioProblem
        With every fault of the file.
    """
    if path is None:
        return _ours()
    return read_buildables(text_of(path, Place(path.name)), path.name)


def read_buildables(written: str, file: str) -> tuple[Buildable, ...]:
    """What could be built, from the text of a file.

    Raises
    ------
    ScenarioProblem
        With every fault.
    """
    place = Place(file)
    try:
        content = tomllib.loads(written)
    except tomllib.TOMLDecodeError as problem:
        raise ScenarioProblem([place.fault("", "not TOML", problem=str(problem))]) from problem
    entries = content.get(ENTRY)
    faults = [place.fault(key, "unknown key", **nearest(key, (ENTRY,))) for key in content if key != ENTRY]
    if not isinstance(entries, list) or not entries or not all(isinstance(e, dict) for e in entries):
        raise ScenarioProblem([*faults, place.fault(ENTRY, "nothing to build")])
    seen: set[Any] = set()
    for number, entry in enumerate(entries, start=1):
        at = Place(file, number)
        faults += _faults(at, entry)
        if entry.get("pool_id") in seen:
            faults.append(at.fault("pool_id", "pool exists", entry["pool_id"]))
        seen.add(str(entry.get("pool_id")))
    if faults:
        raise ScenarioProblem(faults)
    return tuple(_buildable(entry) for entry in entries)


def check_in_city(buildables: tuple[Buildable, ...], city: Dataset, file: str) -> None:
    """Refuse what would take the place of a pool that stands.

    Raises
    ------
    ScenarioProblem
        With every pool whose id the city has already.
    """
    standing = {pool.pool_id for pool in city.pools}
    faults = [
        Place(file, number).fault("pool_id", "pool exists", buildable.pool.pool_id)
        for number, buildable in enumerate(buildables, start=1)
        if buildable.pool.pool_id in standing
    ]
    if faults:
        raise ScenarioProblem(faults)


@cache
def _ours() -> tuple[Buildable, ...]:
    name = "buildables.toml"
    return read_buildables((files("scenarios") / "capacity" / name).read_text(encoding="utf-8"), name)


def _columns() -> tuple[str, ...]:
    return tuple(name for name in pool_columns() if name not in SET_BY_THE_PLAN)


def _faults(place: Place, entry: Mapping[str, Any]) -> Iterator[ScenarioFault]:
    columns = _columns()
    known = (*columns, *NUMBERS, "source")
    for key in entry:
        if key not in known:
            yield place.fault(key, "unknown key", **nearest(key, known))
    yield from (fault for fault in missing_columns(place, entry) if fault.key in columns)
    for key in REQUIRED:
        if key not in entry:
            yield place.fault(key, "missing key")
    if "source" in entry:
        yield from text(place, "source", entry["source"])
    values, wrong = read_row(place, entry, columns)
    yield from wrong
    yield from row_faults(place, values, values)
    numbers = [fault for key in NUMBERS if key in entry for fault in _amount(place, key, entry[key])]
    yield from numbers
    fewest, most = _fewest(entry), entry.get("most")
    if not numbers and most is not None and fewest > most:
        yield place.fault("fewest", "fewest above most", fewest, most=str(most))


def _amount(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
    yield from count(place, key, value)
    if is_whole(value) and value > MOST[key]:
        yield place.fault(key, "too large", value, most=str(MOST[key]))
    if value == 0 and key not in ("lead_weeks", "cost_sek_per_year"):
        yield place.fault(key, "not above zero", value)


def _fewest(entry: Mapping[str, Any]) -> int:
    """The fewest places, by default one block."""
    return int(entry.get("fewest", entry.get("block", 1)))


def _buildable(entry: Mapping[str, Any]) -> Buildable:
    values, _ = read_row(Place(""), entry, _columns())
    cost, block = entry["cost_sek_per_year"], entry.get("block", 1)
    pool = Pool(**values, capacity=entry["most"], monthly_cost_sek=round(cost / MONTHS))
    return Buildable(
        pool=pool,
        cost_sek_per_year=cost,
        fewest=_fewest(entry),
        most=entry["most"],
        block=block,
        lead_weeks=entry.get("lead_weeks", 0),
        source=entry["source"],
    )
