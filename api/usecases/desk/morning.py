"""The morning list: everything that ends or falls due within 30, 60 and 90 days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from models.codes import Situation
from models.days import months_later
from models.forms import forms
from models.households import Household
from models.offers import Offer, OfferState
from models.store.casework import (
    assistance_ends,
    awaited_offers,
    follow_ups,
    open_discharge_plans,
    reasons_missing,
    requests_without_reason,
)
from models.store.next_steps import StepLine, open_steps
from models.store.waiting import days_of_fact

HORIZONS = (30, 60, 90)
SHIS_MONTHS = 60
"""Months that a household may live with SHIS."""
LONG_PAST = 90
"""Days after which what has ended, and is not said to be over, is no longer told in the morning."""


class Ending(StrEnum):
    """What ends or falls due."""

    PLACE = "place"
    LEASE = "lease"
    DECISION = "decision"
    DISCHARGE = "discharge"
    RELEASE = "release"
    SHIS_FIVE_YEARS = "shis_five_years"
    ANSWER_DUE = "answer_due"
    REASON_MISSING = "reason_missing"
    CONTACT_DUE = "contact_due"
    FOLLOW_UP = "follow_up"
    PARKING_ENDS = "parking_ends"
    NEXT_STEP = "next_step"
    DISCHARGE_STEP = "discharge_step"


OF_SITUATION: dict[Situation, Ending] = {
    Situation.HOSPITAL: Ending.DISCHARGE,
    Situation.TREATMENT_INSTITUTION: Ending.DISCHARGE,
    Situation.PRISON: Ending.RELEASE,
    Situation.INSECURE_TENANCY: Ending.LEASE,
    Situation.EVICTION_RISK: Ending.LEASE,
}

BY_THEMSELVES = frozenset({*OF_SITUATION.values(), Ending.PLACE, Ending.DECISION, Ending.SHIS_FIVE_YEARS})
"""What ends whether or not anybody does something."""


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """Something that ends or falls due: the day, what, for whom, which thing it is, and whose it is."""

    day: date
    what: Ending
    household_id: str
    subject: str = ""
    owner: str | None = None


def horizon_of(day: date, today: date) -> int:
    """The nearest horizon that a day lies within: 0 when it has come, then 30, 60 or 90.

    Raises
    ------
    ValueError
        When it lies beyond them all.
    """
    days = (day - today).days
    if days <= 0:
        return 0
    for horizon in HORIZONS:
        if days <= horizon:
            return horizon
    raise ValueError(f"{day} lies beyond every horizon")


def morning_list(
    connection: Connection, view: CityView, actor: Actor, today: date, within: int = HORIZONS[-1]
) -> list[Due]:
    """What ends or falls due within some days for households that the person may see, by day."""
    until, since = today + timedelta(days=within), today - timedelta(days=LONG_PAST)
    seen = {h.household_id: h for h in view.dataset.households if may_see(actor, h)}
    steps = open_steps(connection)
    owners: dict[str, str] = {}
    for step in steps:
        owners.setdefault(step.household_id, step.owner)
    found = [
        *_of_facts(view, seen, days_of_fact(connection, "shis_months", with_shis(view, seen))),
        *(Due(day, Ending.DECISION, who, which) for who, (which, day) in assistance_ends(connection).items()),
        *_of_plans(connection),
        *_of_offers(connection, awaited_offers(connection, until), today),
        *(
            Due(f.due_on, Ending.FOLLOW_UP, f.household_id, f.follow_up_id)
            for f in follow_ups(connection, False)
        ),
        *_of_steps(steps),
    ]
    # A day that a plan names is not told a second time because a fact says the same.
    named = {(due.day, due.what, due.household_id) for due in found if due.subject}
    told = {
        _owned(due, owners)
        for due in found
        if due.household_id in seen
        and _in_time(due, since, until)
        and (due.subject or (due.day, due.what, due.household_id) not in named)
    }
    return sorted(told, key=lambda due: (due.day, due.what, due.household_id, due.subject))


def with_shis(view: CityView, seen: Mapping[str, Household]) -> list[str]:
    """Households that live with SHIS, and of which the months there are known."""
    pools = {pool_id for pool_id, pool in view.pools.items() if forms()[pool.form].shis}
    return [
        household_id
        for household_id, household in seen.items()
        if household.shis_months is not None and household.current_pool_id in pools
    ]


def _in_time(due: Due, since: date, until: date) -> bool:
    # A fact may stand long after its day, but what somebody has to do stays until it is done.
    return due.day <= until and (due.day >= since or due.what not in BY_THEMSELVES)


def _owned(due: Due, owners: Mapping[str, str]) -> Due:
    if due.owner is not None:
        return due
    return Due(due.day, due.what, due.household_id, due.subject, owners.get(due.household_id))


def _of_facts(
    view: CityView, seen: Mapping[str, Household], shis_known_on: Mapping[str, date]
) -> Iterator[Due]:
    as_of = view.assessment.instance.as_of
    for household in seen.values():
        own = household.household_id
        if household.situation_ends_on is not None and household.situation != Situation.HOUSED:
            what = OF_SITUATION.get(household.situation, Ending.PLACE)
            yield Due(household.situation_ends_on, what, own)
        if household.unavailable_until is not None and household.unavailable_until >= as_of:
            yield Due(household.unavailable_until, Ending.PARKING_ENDS, own)
        pool = view.pools.get(household.current_pool_id or "")
        if pool is None:
            continue
        if pool.closes_on is not None:
            yield Due(pool.closes_on, Ending.PLACE, own, pool.pool_id)
        if pool.max_stay_months is not None and household.moved_in_on is not None:
            day = months_later(household.moved_in_on, pool.max_stay_months)
            yield Due(day, Ending.PLACE, own, pool.pool_id)
        if forms()[pool.form].shis and household.shis_months is not None:
            # The months were counted on the day they were learnt, and have gone on since.
            counted_on = shis_known_on.get(own, as_of)
            day = months_later(counted_on, SHIS_MONTHS - household.shis_months)
            yield Due(day, Ending.SHIS_FIVE_YEARS, own, pool.pool_id)


def _of_plans(connection: Connection) -> Iterator[Due]:
    for plan in open_discharge_plans(connection):
        released = plan.institution == "prison"
        if plan.leaves_on is not None:
            what = Ending.RELEASE if released else Ending.DISCHARGE
            yield Due(plan.leaves_on, what, plan.household_id, plan.plan_id)
        for step in plan.steps:
            if step.get("done_on") is None and step.get("due_on") is not None:
                day = date.fromisoformat(step["due_on"])
                yield Due(day, Ending.DISCHARGE_STEP, plan.household_id, f"{plan.plan_id} {step['code']}")


def _of_offers(connection: Connection, offers: list[Offer], today: date) -> Iterator[Due]:
    for offer in offers:
        if offer.state == OfferState.OFFERED and offer.answer_by is not None:
            yield Due(offer.answer_by, Ending.ANSWER_DUE, offer.household_id, offer.offer_id)
        elif offer.next_contact_on is not None:
            by = offer.next_contact_by
            yield Due(offer.next_contact_on, Ending.CONTACT_DUE, offer.household_id, offer.offer_id, by)
    for late in reasons_missing(connection):
        if late.due_on < today:
            yield Due(late.due_on, Ending.REASON_MISSING, late.household_id, late.offer_id)
    for request in requests_without_reason(connection, today):
        if request.reason_due_on is not None:
            pair = request.household_id, request.request_id
            yield Due(request.reason_due_on, Ending.REASON_MISSING, *pair)


def _of_steps(steps: list[StepLine]) -> Iterator[Due]:
    for step in steps:
        yield Due(step.due_on, Ending.NEXT_STEP, step.household_id, step.step_id, step.owner)
