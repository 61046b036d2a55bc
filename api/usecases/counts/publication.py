"""The publication of a day: its figures, taken once and kept, small counts hidden over all that was told."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from api.usecases.city_view import CityView
from api.usecases.counts.book import Book
from api.usecases.counts.bottleneck_figures import count_bottlenecks
from api.usecases.counts.equity import count_equity
from api.usecases.counts.figures import Figures, Shown
from api.usecases.counts.flows import count_flows
from api.usecases.counts.gap_figures import count_gap
from api.usecases.counts.homelessness import count_homelessness
from api.usecases.counts.manager import (
    Work,
    count_accepted_nowhere,
    count_decisions,
    count_declines,
    count_followed,
    count_hotel_children,
    count_staying_on,
    nights_key,
)
from api.usecases.counts.missing import count_missing
from api.usecases.counts.occupancy import count_occupancy, tie_to_houses
from api.usecases.counts.people import homes
from api.usecases.counts.remedy import count_remedy
from api.usecases.counts.suppression import Protection, Published, protect
from api.usecases.counts.worlds import REMEMBERED, Worlds
from api.usecases.problems import UserError
from models.database import reading, writing
from models.kept_counts import Counted
from models.snapshots import Snapshot
from models.store.casework import assistance_decisions
from models.store.kept_counts import kept_counts
from models.store.offers import offers
from models.store.snapshots import add_snapshot, snapshots
from optimiser.gap.bottlenecks import bottlenecks
from optimiser.gap.womens_gap import Gap, gap

Hide = Callable[[Figures, Sequence[Published]], Protection]
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Taken:
    """A snapshot, and whether it was taken now."""

    snapshot: Snapshot
    new: bool


def publication(engine: Engine, view: CityView, day: date, now: datetime) -> Snapshot:
    """The figures of a day as they are shown: the first to ask has them taken, and they stand all day."""
    with reading(engine) as connection:
        found = _of_day(connection, day)
    return found or take(engine, view, day, now, "system").snapshot


def take(engine: Engine, view: CityView, day: date, now: datetime, by: str, *, again: bool = False) -> Taken:
    """Take the day's snapshot, once a day; `again` takes another if the city's data has changed since.

    Raises
    ------
    UserError
        If the database is empty.
    """
    if not view.dataset.households and not view.dataset.pools:
        raise UserError("empty_city")
    with _one_at_a_time:
        with reading(engine) as connection:
            known = _of_day(connection, day)
            past = snapshots(connection, until=day, most=REMEMBERED)
            work = read_work(connection)
        if known is not None and (not again or known.revision == view.revision):
            return Taken(known, False)
        made = counted(view, day, past, work)
        made.made_at, made.made_by = now, by
        try:
            with writing(engine) as connection:
                add_snapshot(connection, made)
        except IntegrityError:
            # Another process took it meanwhile.
            with reading(engine) as connection:
                other = _of_day(connection, day)
            if other is None:
                raise
            return Taken(other, False)
    return Taken(made, True)


def counted(
    view: CityView, day: date, past: Sequence[Snapshot], work: Work, hide: Hide = protect
) -> Snapshot:
    """Count a city on a day.

    Parameters
    ----------
    past
        Snapshots before, the newest first.
    hide
        What decides which counts are shown.
    """
    book = Book(day)
    last = past[0] if past else None
    found = gap(view.assessment)
    people = homes(view.dataset, day)
    pools = tuple(sorted(view.dataset.pools, key=lambda pool: pool.pool_id))
    count_gap(book, found, {pool.pool_id: pool.name for pool in pools})
    waiting = count_flows(book, view, found, last)
    count_remedy(book, view, found)
    count_homelessness(book, people)
    count_missing(book, view.assessment, view.priority)
    count_equity(book, view, found)
    count_bottlenecks(book, bottlenecks(view.assessment, "unlimited"), pools)
    count_occupancy(book, view.dataset)
    _tie_gap_to_houses(book, found)
    count_hotel_children(book, people, nights_so_far(day, past))
    count_staying_on(book, view.dataset.stays, people)
    count_followed(book, work.offers, people)
    count_declines(book, view.dataset.declines, pools, work.kept)
    count_accepted_nowhere(book, view, people)
    count_decisions(book, work)
    protection = hide(book.figures, _known(past))
    return Snapshot.model_construct(
        day=day,
        number=1 + sum(1 for one in past if one.day == day),
        revision=view.revision,
        versions=versions(view),
        figures={**book.figures.stored(), "between": protection.between},
        tables=[table.stored() for table in book.tables],
        pattern={key: str(shown) for key, shown in protection.pattern.items() if shown != Shown.EXACT},
        waiting={**waiting.stored(), "worlds": protection.worlds.stored()},
    )


def _tie_gap_to_houses(book: Book, found: Gap) -> None:
    ids = found.assessment.instance.pool_ids
    for section in found.sections:
        name = f"gap.{section.need.name}"
        womens = [ids[pool] for pool in np.flatnonzero(section.need.pools).tolist()]
        tie_to_houses(book, f"{name}.vacant", "empty", womens)
        tie_to_houses(book, f"{name}.demand - {name}.waiting", "lived_in", womens)
        if f"{name}.narrow.places" in book.figures.values:
            narrow = [ids[pool] for pool in section.bottleneck.pools.tolist()]
            tie_to_houses(book, f"{name}.narrow.places", "empty", narrow)


def published(snapshot: Snapshot) -> Published:
    """What a snapshot told."""
    figures = Figures.read(snapshot.figures)
    shown = {key: Shown(snapshot.pattern.get(key, Shown.EXACT)) for key in figures.values}
    between = {key: (least, most) for key, (least, most) in snapshot.figures["between"].items()}
    kept = snapshot.waiting.get("worlds")
    return Published(figures, shown, between, None if kept is None else Worlds.read(kept))


def _known(past: Sequence[Snapshot]) -> list[Published]:
    """What is known of the time before, oldest first: the last snapshot where its worlds are kept."""
    if past and "worlds" in past[0].waiting:
        return [published(past[0])]
    return [published(one) for one in reversed(past)]


def nights_so_far(day: date, past: Sequence[Snapshot]) -> tuple[int, int]:
    """Children's nights in hotels this month before a day, and on how many days they were counted."""
    days: dict[date, Snapshot] = {}
    for one in past:
        if one.day < day and (one.day.year, one.day.month) == (day.year, day.month):
            days.setdefault(one.day, one)
    if not days:
        return 0, 0
    newest = days[max(days)]
    return int(newest.figures["values"].get(nights_key(newest.day), 0)), len(days)


def versions(view: CityView) -> dict[str, Any]:
    """What the figures were counted with."""
    from importlib.metadata import version

    return {"policy": view.assessment.policy.digest, "hemvist": version("hemvist")}


def read_work(connection: Connection) -> Work:
    """Offers and decisions, and what erased cases left behind."""
    made = assistance_decisions(connection)
    # Where none was ever written down, decisions are made elsewhere: their number is unknown, not zero.
    return Work(offers(connection), made or None, kept_counts(connection, Counted.DECLINE))


def _of_day(connection: Connection, day: date) -> Snapshot | None:
    found = snapshots(connection, since=day, until=day, most=1)
    return found[0] if found else None
