"""Decisions on assistance: made, changed and carried out."""

from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from api.access.actor import Actor
from api.usecases.city_view import CityView
from api.usecases.desk.refusals import DeskRefused
from api.usecases.desk.seen import household_seen, sees
from api.usecases.work import Work
from models.assistance import AssistanceDecision, is_late
from models.forms import forms
from models.store.casework import assistance_by_id, assistance_decisions, not_carried_out
from models.store.rows import change, keep
from models.tables import AssistanceRecord


def decide(work: Work, view: CityView, household_id: str, **of: Any) -> AssistanceDecision:
    """Put down a decision; `of` are columns of the decision.

    Raises
    ------
    DeskRefused
        When the person may not see the household, the form is none, or the days are out of order.
    """
    household_seen(view, work.actor, household_id)
    decision = AssistanceDecision(
        assistance_id=uuid4().hex,
        household_id=household_id,
        made_by=work.actor.user_id,
        made_at=work.now,
        **of,
    )
    _sound(decision.form, decision.from_on, decision.to_on)
    keep(work.connection, AssistanceRecord, decision)
    work.record("assistance.decide", "assistance", decision.assistance_id, household=household_id)
    return decision


def decision_seen(
    connection: Connection, view: CityView, actor: Actor, assistance_id: str
) -> AssistanceDecision:
    """A decision about a household that the person may see.

    Raises
    ------
    DeskRefused
        When there is none.
    """
    decision = assistance_by_id(connection, assistance_id)
    if decision is None or not sees(view, actor, decision.household_id):
        raise DeskRefused("unknown_assistance", "missing")
    return decision


def change_decision(work: Work, decision: AssistanceDecision, **changes: Any) -> AssistanceDecision:
    """Change columns of a decision.

    Raises
    ------
    DeskRefused
        When the form is none, or the days are out of order.
    """
    after = {**vars(decision), **changes}
    _sound(after["form"], after["from_on"], after["to_on"])
    change(work.connection, AssistanceRecord, decision, **changes)
    work.record("assistance.change", "assistance", decision.assistance_id, household=decision.household_id)
    return decision


def decisions_seen(
    connection: Connection, view: CityView, actor: Actor, late_on: date | None = None
) -> list[AssistanceDecision]:
    """Decisions about households that the person may see, newest first; only those late on a day."""
    found = [
        decision
        for decision in assistance_decisions(connection)
        if sees(view, actor, decision.household_id) and (late_on is None or is_late(decision, late_on))
    ]
    return sorted(found, key=lambda decision: (-decision.decided_on.toordinal(), decision.assistance_id))


def carry_out(work: Work, household_id: str, form: str, on: date) -> None:
    """Let a moving in carry out the household's oldest open decision on that form."""
    for decision in not_carried_out(work.connection, household_id):
        if decision.form == form and decision.decided_on <= on:
            change(work.connection, AssistanceRecord, decision, carried_out_on=on)
            work.record("assistance.carry_out", "assistance", decision.assistance_id, household=household_id)
            return


def _sound(form: str, from_on: date, to_on: date | None) -> None:
    if form not in forms():
        raise DeskRefused("unknown_form")
    if to_on is not None and to_on < from_on:
        raise DeskRefused("days_out_of_order")
