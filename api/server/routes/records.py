"""Records of cases kept by hand: facts and members with their history, sharing, opening and closing."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Response

from api.access.actor import Actor
from api.access.visibility import may_see
from api.server.etags import IfMatch, must_match, send_etag
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.routes.households import CaseFacts, CaseOut, case_facts, case_out
from api.server.routes.record_bodies import (
    CaseCheck,
    ClosingIn,
    FactsIn,
    HouseholdRef,
    MemberIn,
    MemberRef,
    NewHousehold,
    SharingIn,
    TwinOut,
)
from api.server.service import Here, Service
from api.usecases.cases import case_seen
from api.usecases.city_view import CityView
from api.usecases.records.cases import NewCase, close_case, look_for_twins, open_case, share
from api.usecases.records.facts import Edit, change_facts
from api.usecases.records.members import change_of_member, leaving_member, new_member
from api.usecases.records.refusals import RecordRefused
from api.usecases.records.rows import Surroundings, surroundings
from api.usecases.work import Work, looking_for
from models.changes import FactChange, LearntFrom
from models.store.changes import changes_of_household
from models.store.homes import household_by_id
from models.store.members import members_of

Out = TypeVar("Out")

router = APIRouter(prefix="/households", tags=["records"])
checks = APIRouter(tags=["records"])

Reader = Annotated[Actor, needs("case.read")]
Writer = Annotated[Actor, needs("case.write")]


@checks.post("/case-checks")
def check_new(body: NewHousehold, actor: Writer, here: Here) -> CaseCheck:
    """Look at a new case before it is begun: every fault, and households that may be the same people."""
    case, view = _new_case(body), here.city()

    def look() -> CaseCheck:
        with looking_for(here.engine, actor, here.now()) as work:
            found = look_for_twins(work, view, case)
        return CaseCheck(likely=[TwinOut(household_id=pair.b, reasons=[*pair.reasons]) for pair in found])

    return _done(look)


@router.post("", status_code=201)
def begin(body: NewHousehold, actor: Writer, here: Here, once: OnceOnly) -> HouseholdRef:
    """Begin a case in the own unit."""
    case, view = _new_case(body), here.city()

    def act(work: Work) -> HouseholdRef:
        return HouseholdRef(household_id=open_case(work, view, case).household_id)

    return _done(lambda: once.run(actor, HouseholdRef, act))


@router.patch("/{household_id}")
def change(
    household_id: str, body: FactsIn, actor: Writer, here: Here, response: Response, if_match: IfMatch = None
) -> CaseOut:
    """Change facts of a household."""

    def act(work: Work, around: Surroundings) -> None:
        change_facts(work, around, _edit(body))

    return _changed(here, actor, household_id, if_match, response, act)


@router.post("/{household_id}/members", status_code=201)
def add_member(household_id: str, body: MemberIn, actor: Writer, here: Here, once: OnceOnly) -> MemberRef:
    """Add a member to a household."""

    view = here.city()

    def act(work: Work) -> MemberRef:
        around = _mine(work, view, household_id)
        member = new_member(work, around, body.member_id, _edit(body))
        return MemberRef(household_id=household_id, member_id=member.member_id)

    return _done(lambda: once.run(actor, MemberRef, act))


@router.patch("/{household_id}/members/{member_id}")
def change_member(
    household_id: str,
    member_id: str,
    body: FactsIn,
    actor: Writer,
    here: Here,
    response: Response,
    if_match: IfMatch = None,
) -> CaseOut:
    """Change facts of a member; the version is that of the household."""

    def act(work: Work, around: Surroundings) -> None:
        change_of_member(work, around, member_id, _edit(body))

    return _changed(here, actor, household_id, if_match, response, act)


@router.delete("/{household_id}/members/{member_id}")
def remove_member(
    household_id: str,
    member_id: str,
    actor: Writer,
    here: Here,
    response: Response,
    learnt_from: Annotated[LearntFrom, Query(description="How it was learnt.")] = LearntFrom.CORRECTION,
    if_match: IfMatch = None,
) -> CaseOut:
    """Take a member out of a household."""

    def act(work: Work, around: Surroundings) -> None:
        leaving_member(work, around, member_id, learnt_from)

    return _changed(here, actor, household_id, if_match, response, act)


@router.put("/{household_id}/sharing")
def set_sharing(
    household_id: str,
    body: SharingIn,
    actor: Writer,
    here: Here,
    response: Response,
    if_match: IfMatch = None,
) -> CaseOut:
    """Set the ground on which a case may be seen outside its unit; its own unit decides."""

    def act(work: Work, around: Surroundings) -> None:
        share(work, around.household, body.basis, body.on)

    return _changed(here, actor, household_id, if_match, response, act)


@router.delete("/{household_id}/sharing")
def end_sharing(
    household_id: str, actor: Writer, here: Here, response: Response, if_match: IfMatch = None
) -> CaseOut:
    """Take back that a case may be seen outside its unit."""

    def act(work: Work, around: Surroundings) -> None:
        share(work, around.household, None, None)

    return _changed(here, actor, household_id, if_match, response, act)


@router.post("/{household_id}/closing")
def closing(
    household_id: str, body: ClosingIn, actor: Writer, here: Here, once: OnceOnly, if_match: IfMatch = None
) -> HouseholdRef:
    """Close a case."""

    view = here.city()

    def act(work: Work) -> HouseholdRef:
        around = _mine(work, view, household_id)
        if if_match is not None:
            must_match(if_match, _version(around))
        close_case(work, around.household, body.situation, body.on)
        return HouseholdRef(household_id=household_id)

    return _done(lambda: once.run(actor, HouseholdRef, act))


@router.get("/{household_id}/history")
def history(
    household_id: str, actor: Reader, here: Here, limit: Limit = 50, cursor: Cursor = None
) -> Page[FactChange]:
    """List what was changed by hand about a household and its members, newest first."""
    view = here.city()
    with looking_for(here.engine, actor, here.now()) as work:
        _mine(work, view, household_id)
        found = changes_of_household(work.connection, household_id)
        work.record("case.read", "household", household_id, part="history")
    rows, following = page_of(found, _order, cursor, limit)
    return Page(items=rows, total=len(found), next=following)


def _order(one: FactChange) -> tuple[Any, ...]:
    return -one.at.timestamp(), one.member_id or "", one.fact, one.change_id


def _new_case(body: NewHousehold) -> NewCase:
    members = [(one.member_id, one.facts) for one in body.members]
    return NewCase(body.household_id, _edit(body), members)


def _edit(body: FactsIn) -> Edit:
    return Edit(body.facts, body.learnt_from, body.dated)


def _mine(work: Work, view: CityView, household_id: str) -> Surroundings:
    """A case that the person may see, as it stands in this transaction, with what it is checked against."""
    household = household_by_id(work.connection, household_id)
    if household is None or not may_see(work.actor, household):
        raise Problem(404, "unknown_household")
    return surroundings(view, household, members_of(work.connection, household_id))


def _version(around: Surroundings) -> CaseFacts:
    return case_facts(around.household, around.dataset.members)


def _changed(
    here: Service,
    actor: Actor,
    household_id: str,
    if_match: str | None,
    response: Response,
    act: Callable[[Work, Surroundings], None],
) -> CaseOut:
    """Change a case that nobody else has changed, and show it as it then is."""
    view = here.city()

    def within() -> None:
        with looking_for(here.engine, actor, here.now()) as work:
            around = _mine(work, view, household_id)
            must_match(if_match, _version(around))
            act(work, around)

    _done(within)
    case = case_seen(here.city(), actor, household_id)
    if case is None:
        raise Problem(404, "unknown_household")
    send_etag(response, case_facts(case.household, case.members))
    return case_out(case)


def _done(act: Callable[[], Out]) -> Out:
    try:
        return act()
    except RecordRefused as refused:
        more = None if refused.errors is None else {"errors": refused.errors}
        raise Problem(refused.status, refused.key, more) from None
