"""Follow-ups after moving in."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import OfHousehold, Text, done_once, page_about
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page
from api.server.service import Here
from api.usecases.desk.following_up import follow_up, follow_ups_seen
from api.usecases.work import reading_for
from models.follow_ups import FollowUp, FollowUpOutcome

router = APIRouter(prefix="/follow-ups", tags=["casework"])

Reader = Annotated[Actor, needs("case.read")]
Writer = Annotated[Actor, needs("case.write")]


class OutcomeIn(BaseModel):
    """How it went."""

    outcome: FollowUpOutcome
    note: Text | None = None


@router.get("")
def list_follow_ups(
    actor: Reader,
    here: Here,
    due_within: Annotated[int | None, Query(ge=0, le=366, description="Days ahead.")] = None,
    household: OfHousehold = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[FollowUp]:
    """List the follow-ups to make, by day; those that are past due stand first."""
    with reading_for(here.engine, actor) as connection:
        found = follow_ups_seen(connection, here.city(), actor, due_within)
    return page_about(
        here,
        actor,
        "follow_ups",
        found,
        lambda one: (one.due_on.toordinal(), one.follow_up_id),
        limit=limit,
        cursor=cursor,
        household=household,
        due_within=due_within,
    )


@router.post("/{follow_up_id}/outcome")
def outcome(follow_up_id: str, body: OutcomeIn, actor: Writer, here: Here, once: OnceOnly) -> FollowUp:
    """Note how it went."""
    view = here.city()
    return done_once(
        once, actor, FollowUp, lambda work: follow_up(work, view, follow_up_id, body.outcome, body.note)
    )
