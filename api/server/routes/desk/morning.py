"""The morning list, and tonight's bed."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import listed, looked, refusals
from api.server.needs import needs
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.service import Here
from api.usecases.desk.morning import Due, Ending, horizon_of, morning_list
from api.usecases.desk.seen import household_seen
from api.usecases.desk.tonight import beds_tonight
from api.usecases.work import Work, reading_for

router = APIRouter(tags=["morning"])

Reader = Annotated[Actor, needs("case.read")]


class DueOut(BaseModel):
    """Something that ends or falls due: within which horizon, when, what, for whom, and whose it is."""

    horizon: int
    day: date
    what: Ending
    household_id: str
    subject: str | None
    owner: str | None


class BedOut(BaseModel):
    """An empty emergency place; `ask` and `needs` are what to ring about, a held one is asked about."""

    pool_id: str
    name: str
    form: str
    district: str
    vacant: int
    sure: bool
    fit: int
    needs: list[str]
    ask: list[str]
    minutes_to_school: dict[str, int]
    wished_district: bool
    held: bool


class TonightOut(BaseModel):
    """The shortlist, best first; `danger`: protected shelter is needed at once, and no list helps."""

    household_id: str
    danger: bool
    beds: list[BedOut]


@router.get("/morning")
def list_morning(
    actor: Reader,
    here: Here,
    within: Annotated[Literal["30", "60", "90"], Query(description="Days ahead.")] = "90",
    what: Annotated[list[Ending] | None, Query()] = None,
    owner: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[DueOut]:
    """List what ends or falls due within 30, 60 or 90 days for the households that the person may see."""
    view, today = here.city(), here.as_of()
    with reading_for(here.engine, actor) as connection:
        found = morning_list(connection, view, actor, today, int(within))
    found = [due for due in found if (not what or due.what in what) and owner in (None, due.owner)]
    rows, following = page_of(found, _order, cursor, limit)
    listed(
        here, actor, "morning", [row.household_id for row in rows], within=within, what="|".join(what or ())
    )
    items = [
        DueOut(
            horizon=horizon_of(due.day, today),
            day=due.day,
            what=due.what,
            household_id=due.household_id,
            subject=due.subject or None,
            owner=due.owner,
        )
        for due in rows
    ]
    return Page(items=items, total=len(found), next=following)


@router.get("/households/{household_id}/tonight")
def tonight(household_id: str, actor: Reader, here: Here) -> TonightOut:
    """Show the emergency places that stand empty tonight and suit a household, and what to ring about."""
    view = here.city()
    with refusals():
        household = household_seen(view, actor, household_id)
        with reading_for(here.engine, actor) as connection:
            found = beds_tonight(connection, view, household)

    def act(work: Work) -> None:
        work.record("case.read", "household", household_id, "tonight")

    looked(here, actor, act)
    beds = [
        BedOut(
            pool_id=bed.pool.pool_id,
            name=bed.pool.name,
            form=bed.pool.form,
            district=bed.pool.district,
            vacant=bed.vacant,
            sure=bed.sure,
            fit=bed.fit,
            needs=list(bed.needs),
            ask=list(bed.ask),
            minutes_to_school=bed.minutes,
            wished_district=bed.wished,
            held=bed.held,
        )
        for bed in found.beds
    ]
    return TonightOut(household_id=household_id, danger=found.danger, beds=beds)


def _order(due: Due) -> tuple[int, str, str, str]:
    return due.day.toordinal(), str(due.what), due.household_id, due.subject
