"""Households: those a person may see, listed, and one at a time."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import listed
from api.server.etags import send_etag
from api.server.needs import needs
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.service import Here
from api.usecases.cases import Case, CaseFilter, Order, case_seen, cases, order_of
from api.usecases.work import looking_for
from models.codes import Situation
from models.households import Household, Member

router = APIRouter(prefix="/households", tags=["households"])

Reader = Annotated[Actor, needs("case.read")]


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


class CaseFacts(BaseModel):
    """The facts of a household and its members."""

    household: Household
    members: list[Member]


class CaseOut(CaseLine, CaseFacts):
    """A household with its facts and members."""


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
    """List the households that the person may see; that they were listed is recorded."""
    wanted = CaseFilter(unit, tier, situation, candidates_only, reference)
    found = cases(here.city(), actor, wanted, order)
    rows, following = page_of(found, lambda case: order_of(case, order), cursor, limit)
    asked = {"tier": tier, "situation": situation, "candidates": candidates_only, "reference": reference}
    listed(here, actor, "households", [case.household.household_id for case in rows], unit=unit, **asked)
    return Page(items=[_line(case) for case in rows], total=len(found), next=following)


@router.get("/{household_id}", responses={404: {}})
def show_household(household_id: str, actor: Reader, here: Here, response: Response) -> CaseOut:
    """Open one case; that it was opened is recorded."""
    case = case_seen(here.city(), actor, household_id)
    if case is None:
        raise Problem(404, "unknown_household")
    with looking_for(here.engine, actor, here.now()) as work:
        work.record("case.read", "household", household_id)
    send_etag(response, case_facts(case.household, case.members))
    return case_out(case)


def case_facts(household: Household, members: Sequence[Member]) -> CaseFacts:
    """What of a case is edited, so that it is this that has a version."""
    return CaseFacts(household=household, members=list(members))


def case_out(case: Case) -> CaseOut:
    """A case as it is sent, whole."""
    return CaseOut(**_line(case).model_dump(), household=case.household, members=list(case.members))


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
