"""Snapshots: the day's figures taken, and which days have been."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.service import Here
from api.usecases.counts.publication import take
from api.usecases.work import Work
from models.database import reading
from models.snapshots import Snapshot
from models.store.snapshots import snapshots_listed

router = APIRouter(prefix="/snapshots", tags=["counts"])
Reading = Annotated[Actor, needs("count.read")]
Reporting = Annotated[Actor, needs("report.run")]


class SnapshotOut(BaseModel):
    """A snapshot without its figures."""

    day: date
    number: int
    taken_at: datetime
    versions: dict[str, Any]


@router.get("")
def list_snapshots(actor: Reading, here: Here, limit: Limit = 50, cursor: Cursor = None) -> Page[SnapshotOut]:
    """List the days of which there are figures, the newest first."""
    with reading(here.engine) as connection:
        found = [_out(one) for one in snapshots_listed(connection)]
    rows, following = page_of(found, _newest, cursor, limit)
    return Page(items=rows, total=len(found), next=following)


@router.post("", status_code=201, responses={200: {"model": SnapshotOut}})
def take_snapshot(actor: Reporting, here: Here, once: OnceOnly, response: Response) -> SnapshotOut:
    """Take the day's figures, once a day; 200 when they had been taken already."""
    taken = take(here.engine, here.city(), here.as_of(), here.now(), actor.user_id)
    if not taken.new:
        response.status_code = 200

    def act(work: Work) -> SnapshotOut:
        shown = _out(taken.snapshot)
        work.record("snapshot.take", "snapshot", f"{shown.day.isoformat()}.{shown.number}", new=taken.new)
        return shown

    return once.run(actor, SnapshotOut, act)


def _out(one: Snapshot) -> SnapshotOut:
    return SnapshotOut(day=one.day, number=one.number, taken_at=one.made_at, versions=one.versions)


def _newest(one: SnapshotOut) -> tuple[int, int]:
    return -one.day.toordinal(), -one.number
