"""Casework at rest: plans for leaving, assistance, requests to providers, follow-ups, check lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from models.assistance import AssistanceDecision
from models.codes import DeclinedBy
from models.discharges import DischargePlan
from models.follow_ups import FollowUp
from models.hotel_children import ChildChecklist
from models.offers import Offer, OfferState
from models.placement_requests import PlacementRequest, RequestState
from models.store.rows import find, find_one, table_of
from models.tables import (
    AssistanceRecord,
    ChildChecklistRecord,
    DecisionRecord,
    DischargePlanRecord,
    FollowUpRecord,
    OfferRecord,
    PlacementRequestRecord,
)

_plans, _assistance = table_of(DischargePlanRecord), table_of(AssistanceRecord)
_requests, _follow_ups = table_of(PlacementRequestRecord), table_of(FollowUpRecord)
_checklists, _offers = table_of(ChildChecklistRecord), table_of(OfferRecord)
_decisions = table_of(DecisionRecord)


def open_discharge_plans(connection: Connection) -> list[DischargePlan]:
    """Plans for leaving that are not closed."""
    return find(connection, DischargePlanRecord, DischargePlan, _plans.c.closed_at.is_(None))


def discharge_plan_by_id(connection: Connection, plan_id: str) -> DischargePlan | None:
    """A plan for leaving by its id."""
    return find_one(connection, DischargePlanRecord, DischargePlan, _plans.c.plan_id == plan_id)


def assistance_decisions(connection: Connection) -> list[AssistanceDecision]:
    """Every decision on assistance; their notes are not read."""
    return find(connection, AssistanceRecord, AssistanceDecision, unread=("note",))


def assistance_ends(connection: Connection) -> dict[str, tuple[str, date]]:
    """Of each household, the decision that holds longest and its last day; none where one has no last day."""
    wanted = select(_assistance.c.household_id, _assistance.c.assistance_id, _assistance.c.to_on)
    last: dict[str, tuple[str, date]] = {}
    for household_id, assistance_id, to_on in connection.execute(
        wanted.where(_assistance.c.ended_on.is_(None)).order_by(_assistance.c.assistance_id)
    ).all():
        until = to_on or date.max
        if household_id not in last or until > last[household_id][1]:
            last[household_id] = assistance_id, until
    return {household_id: end for household_id, end in last.items() if end[1] < date.max}


def assistance_by_id(connection: Connection, assistance_id: str) -> AssistanceDecision | None:
    """A decision on assistance by its id."""
    this = _assistance.c.assistance_id == assistance_id
    return find_one(connection, AssistanceRecord, AssistanceDecision, this)


def not_carried_out(connection: Connection, household_id: str) -> list[AssistanceDecision]:
    """A household's decisions that nobody has carried out or ended, oldest first."""
    found = find(
        connection,
        AssistanceRecord,
        AssistanceDecision,
        _assistance.c.household_id == household_id,
        _assistance.c.carried_out_on.is_(None),
        _assistance.c.ended_on.is_(None),
    )
    return sorted(found, key=lambda decision: (decision.decided_on, decision.assistance_id))


def requests(connection: Connection, state: RequestState | None = None) -> list[PlacementRequest]:
    """Requests to providers, in a state where given."""
    conditions = [] if state is None else [_requests.c.state == str(state)]
    return find(connection, PlacementRequestRecord, PlacementRequest, *conditions)


def requests_without_reason(connection: Connection, before: date) -> list[PlacementRequest]:
    """Noes of providers to requests without an offer, whose reason was due before a day; without contents."""
    return find(
        connection,
        PlacementRequestRecord,
        PlacementRequest,
        _requests.c.offer_id.is_(None),
        _requests.c.reason_due_on < before,
        unread=("content", "note"),
    )


def request_by_id(connection: Connection, request_id: str) -> PlacementRequest | None:
    """A request by its id."""
    this = _requests.c.request_id == request_id
    return find_one(connection, PlacementRequestRecord, PlacementRequest, this)


def requests_about(connection: Connection, offer_id: str) -> list[PlacementRequest]:
    """Requests about an offer."""
    return find(connection, PlacementRequestRecord, PlacementRequest, _requests.c.offer_id == offer_id)


def follow_ups(connection: Connection, done: bool | None = None) -> list[FollowUp]:
    """Follow-ups, done or not done where asked; their notes are not read."""
    conditions = []
    if done is not None:
        conditions.append(_follow_ups.c.done_at.is_not(None) if done else _follow_ups.c.done_at.is_(None))
    return find(connection, FollowUpRecord, FollowUp, *conditions, unread=("note",))


def follow_up_by_id(connection: Connection, follow_up_id: str) -> FollowUp | None:
    """A follow-up by its id."""
    return find_one(connection, FollowUpRecord, FollowUp, _follow_ups.c.follow_up_id == follow_up_id)


def later_follow_ups(connection: Connection, done: FollowUp) -> list[FollowUp]:
    """Follow-ups of the same moving in that are still to come."""
    return find(
        connection,
        FollowUpRecord,
        FollowUp,
        _follow_ups.c.household_id == done.household_id,
        _follow_ups.c.pool_id == done.pool_id,
        _follow_ups.c.moved_in_on == done.moved_in_on,
        _follow_ups.c.months > done.months,
        _follow_ups.c.done_at.is_(None),
    )


def checklist_of(connection: Connection, household_id: str) -> ChildChecklist | None:
    """The check list of a family in a hotel."""
    this = _checklists.c.household_id == household_id
    return find_one(connection, ChildChecklistRecord, ChildChecklist, this)


def checklists(connection: Connection) -> dict[str, ChildChecklist]:
    """Check lists by household."""
    return {one.household_id: one for one in find(connection, ChildChecklistRecord, ChildChecklist)}


@dataclass(frozen=True, slots=True)
class LateReason:
    """A provider's no that still has no reason."""

    decision_id: str
    offer_id: str
    household_id: str
    pool_id: str
    due_on: date


def reasons_missing(connection: Connection, offer_id: str | None = None) -> list[LateReason]:
    """A provider's noes without a reason, of one offer where given."""
    wanted = (
        select(
            _decisions.c.decision_id,
            _offers.c.offer_id,
            _offers.c.household_id,
            _offers.c.pool_id,
            _decisions.c.reason_due_on,
        )
        .join(_offers, _offers.c.offer_id == _decisions.c.offer_id)
        .where(
            _decisions.c.declined_by == DeclinedBy.PROVIDER,
            _decisions.c.reason.is_(None),
            _decisions.c.reason_due_on.is_not(None),
        )
    )
    if offer_id is not None:
        wanted = wanted.where(_offers.c.offer_id == offer_id)
    return [LateReason(*row) for row in connection.execute(wanted)]


def give_reason(connection: Connection, decision_id: str, **changes: Any) -> None:
    """Let a no have its reason."""
    connection.execute(
        _decisions.update()
        .where(_decisions.c.decision_id == decision_id)
        .values(reason_due_on=None, **changes)
    )


def last_no(connection: Connection, offer_id: str) -> DeclinedBy | None:
    """Whose no it was that an offer ended with, None when it ended with none."""
    of_offer = select(_decisions.c.declined_by).where(
        _decisions.c.offer_id == offer_id, _decisions.c.declined_by.is_not(None)
    )
    found = connection.execute(of_offer.order_by(_decisions.c.at.desc()).limit(1)).scalar()
    return None if found is None else DeclinedBy(found)


def awaited_offers(connection: Connection, until: date) -> list[Offer]:
    """Offers whose day of answer is no later than a day, and noes with a next contact by then."""
    conditions: Iterable[Any] = (
        (_offers.c.state == OfferState.OFFERED) & (_offers.c.answer_by <= until)
        | (_offers.c.state == OfferState.DECLINED) & (_offers.c.next_contact_on <= until),
    )
    return find(connection, OfferRecord, Offer, *conditions)
