"""Counts for planners and managers: fixed tables of the day, small counts hidden, never a case."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.needs import needs
from api.server.problems import language_of
from api.server.service import Here, Service
from api.usecases.counts.history import gap_history, indicator_months
from api.usecases.counts.publication import publication
from api.usecases.counts.shown import Origin, Reader, ShownTable, origin
from api.usecases.counts.told import Told, gap_parts
from models.snapshots import Snapshot

router = APIRouter(tags=["counts"])
Reading = Annotated[Actor, needs("count.read")]

GAP = (
    *("gap", "gap_profiles", "gap_levels", "gap_causes", "gap_bottleneck"),
    *("gap_remedy_support", "gap_remedy_emergency"),
)
HISTORY = (
    *("gap_history_support", "gap_history_emergency"),
    *("gap_longer_support", "gap_longer_emergency"),
)
MANAGER = (
    *("hotel_children", "staying_on", "followed", "followed_units", "declines", "accepted_nowhere"),
    "decisions",
)


class Counts(BaseModel):
    """Tables of a day's figures; everything in them has its definition, unit, period and source."""

    origin: Origin
    sentences: list[str]
    tables: list[ShownTable]
    notes: list[str]


class GapCounts(Counts):
    """The same, with its sentences told apart by section and by what they are about."""

    told: list[Told]


@router.get("/gap")
def show_gap(actor: Reading, here: Here, request: Request) -> GapCounts:
    """Show the gap in women's places, now and structural, what closes the doors, and the cheapest remedy."""
    shown = _of_day(here)
    told = gap_parts(Reader(language_of(request)), shown)
    answer = _counts(shown, request, GAP, [one.sentence for one in told])
    return GapCounts(**dict(answer), told=told)


@router.get("/gap/history")
def show_gap_history(actor: Reading, here: Here, request: Request) -> Counts:
    """Show how the gap has moved, why, and where it goes if nothing changes."""
    shown, reader = _of_day(here), Reader(language_of(request))
    more = gap_history(here.engine, reader, shown)
    answer = _counts(shown, request, HISTORY)
    return answer.model_copy(update={"tables": [*more, *answer.tables]})


@router.get("/bottlenecks")
def show_bottlenecks(actor: Reading, here: Here, request: Request) -> Counts:
    """Show where places lack, and where one more would do the most good."""
    return _counts(_of_day(here), request, ("short_groups", "one_more_place"))


@router.get("/equity")
def show_equity(actor: Reading, here: Here, request: Request) -> Counts:
    """Show women's and men's access side by side, and that of the city's units."""
    return _counts(_of_day(here), request, ("equity", "equity_shares", "equity_units"))


@router.get("/occupancy")
def show_occupancy(actor: Reading, here: Here, request: Request) -> Counts:
    """Show places lived in and empty, by form and by house."""
    return _counts(_of_day(here), request, ("occupancy_forms", "occupancy_houses"))


@router.get("/missing")
def show_missing(actor: Reading, here: Here, request: Request) -> Counts:
    """Show which facts are missing, and for how many."""
    return _counts(_of_day(here), request, ("missing",))


@router.get("/figures/homelessness")
def show_homelessness(actor: Reading, here: Here, request: Request) -> Counts:
    """Show people in homelessness by the city's own definitions."""
    return _counts(_of_day(here), request, ("homelessness", "homelessness_units"))


@router.get("/indicators")
def show_indicators(actor: Reading, here: Here, request: Request) -> Counts:
    """Show the programme's seven indicators beside their base year, and month by month."""
    shown, reader = _of_day(here), Reader(language_of(request))
    answer = _counts(shown, request, ("indicators",))
    months = indicator_months(here.engine, reader, shown)
    return answer.model_copy(update={"tables": [*answer.tables, months]})


@router.get("/manager")
def show_manager(actor: Reading, here: Here, request: Request) -> Counts:
    """Show what a manager follows: children in hotels, who stays on, proposals, refusals, decisions."""
    return _counts(_of_day(here), request, MANAGER)


def _of_day(here: Service) -> Snapshot:
    return publication(here.engine, here.city(), here.as_of(), here.now())


def _counts(
    shown: Snapshot, request: Request, names: tuple[str, ...], sentences: list[str] | None = None
) -> Counts:
    reader = Reader(language_of(request))
    return Counts(
        origin=origin(shown),
        sentences=sentences or [],
        tables=reader.tables(shown, names),
        notes=[reader.texts(f"counts.{name}") for name in ("small_note", "day_note")],
    )
