"""Households: those a person may see, listed, and one at a time."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.etags import send_etag
from api.server.needs import needs
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.service import Here
from api.usecases.cases import Case, CaseFilter, case_seen, cases
from api.usecases.work import working_for
from models.codes import Situation
from models.households import Household, Member

router = APIRouter(prefix="/households", tags=["households"])

Reader = Annotated[Actor, needs("case.read")]
Order = Literal["need", "id", "waited"]
NEVER = date.max


class CaseLine(BaseModel):
    """A household as one line of a list: what a working day needs at a glance."""

    household_id: str
    responsible_unit: str | None
    situation: str
    homeless_since: date | None
    persons: int
    current_pool_id: str | None
    candidate: bool
    tier: int
    points: int


class CaseOut(CaseLine):
    """A household with its facts and members."""

    household: Household
    members: list[Member]


@router.get("")
def list_households(
    actor: Reader,
    here: Here,
    unit: Annotated[str | None, Query(max_length=200)] = None,
    tier: Annotated[int | None, Query(ge=1, le=5)] = None,
    situation: Situation | None = None,
    candidates_only: bool = False,
    reference: Annotated[str, Query(max_length=100, description="Part of a case reference.")] = "",
    order: Order = "need",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[CaseLine]:
    """List the households that the person may see."""
    wanted = CaseFilter(unit, tier, situation, candidates_only, reference)
    found = sorted(cases(here.city(), actor, wanted), key=lambda case: _key(case, order))
    rows, following = page_of(found, lambda case: _key(case, order), cursor, limit)
    return Page(items=[_line(case) for case in rows], total=len(found), next=following)


@router.get("/{household_id}", responses={404: {}})
def show_household(household_id: str, actor: Reader, here: Here, response: Response) -> CaseOut:
    """Open one case; that it was opened is recorded."""
    case = case_seen(here.city(), actor, household_id)
    if case is None:
        raise Problem(404, "unknown_household")
    with working_for(here.engine, actor, here.now()) as work:
        work.record("case.read", "household", household_id)
    shown = CaseOut(**_line(case).model_dump(), household=case.household, members=list(case.members))
    send_etag(response, shown)
    return shown


def _key(case: Case, order: Order) -> tuple[int | str, ...]:
    reference = case.household.household_id
    if order == "need":
        return case.tier, -case.points, reference
    if order == "waited":
        return (case.household.homeless_since or NEVER).toordinal(), reference
    return (reference,)


def _line(case: Case) -> CaseLine:
    household = case.household
    return CaseLine(
        household_id=household.household_id,
        responsible_unit=household.responsible_unit,
        situation=str(household.situation),
        homeless_since=household.homeless_since,
        persons=len(case.members),
        current_pool_id=household.current_pool_id,
        candidate=case.candidate,
        tier=case.tier,
        points=case.points,
    )
