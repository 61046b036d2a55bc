"""Leaving hospital, treatment or prison: planned from the day of admission."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from api.access.actor import Actor
from api.usecases.city_view import CityView
from api.usecases.desk.refusals import DeskRefused
from api.usecases.desk.seen import household_seen, sees
from api.usecases.desk.settings import desk_settings
from api.usecases.work import Work
from models.discharges import SITUATIONS, DischargePlan, Institution
from models.store.casework import discharge_plan_by_id, open_discharge_plans
from models.store.homes import change_household, household_by_id
from models.store.revision import touch
from models.store.rows import change, keep
from models.tables import DischargePlanRecord


def plan_leaving(
    work: Work,
    view: CityView,
    household_id: str,
    institution: Institution,
    admitted_on: date,
    leaves_on: date | None,
    sip_on: date | None,
    note: str | None,
) -> DischargePlan:
    """Begin a plan; its steps get their days from admission, and from the day of leaving once it is known.

    Raises
    ------
    DeskRefused
        When the person may not see the household, it has an open plan, or it would leave before it came.
    """
    household_seen(view, work.actor, household_id)
    _in_order(admitted_on, leaves_on)
    for plan in open_discharge_plans(work.connection):
        if plan.household_id == household_id:
            raise DeskRefused("planned_already", "conflict", {"plan": plan.plan_id})
    plan = DischargePlan(
        plan_id=uuid4().hex,
        household_id=household_id,
        institution=institution,
        admitted_on=admitted_on,
        leaves_on=leaves_on,
        sip_on=sip_on,
        steps=steps_from(admitted_on, leaves_on, []),
        note=note,
        made_by=work.actor.user_id,
        made_at=work.now,
    )
    keep(work.connection, DischargePlanRecord, plan)
    _tell_the_city(work, view, plan)
    work.record("discharge.plan", "discharge_plan", plan.plan_id, str(institution), household=household_id)
    return plan


def plan_seen(connection: Connection, view: CityView, actor: Actor, plan_id: str) -> DischargePlan:
    """A plan of a household that the person may see.

    Raises
    ------
    DeskRefused
        When there is none.
    """
    plan = discharge_plan_by_id(connection, plan_id)
    if plan is None or not sees(view, actor, plan.household_id):
        raise DeskRefused("unknown_discharge_plan", "missing")
    return plan


def change_plan(work: Work, view: CityView, plan: DischargePlan, **changes: Any) -> DischargePlan:
    """Change a plan: its days, its note, `done` (days of steps by code), `closed`.

    Steps that are not done follow the day of leaving when it changes.

    Raises
    ------
    DeskRefused
        When it would leave before it came, or a step is none of the plan's.
    """
    if plan.closed_at is not None:
        raise DeskRefused("plan_closed", "conflict")
    admitted_on = changes.get("admitted_on", plan.admitted_on)
    leaves_on = changes.get("leaves_on", plan.leaves_on)
    _in_order(admitted_on, leaves_on)
    done: dict[str, date | None] = changes.pop("done", {})
    steps = [dict(step) for step in plan.steps]
    for code, day in done.items():
        found = [step for step in steps if step["code"] == code]
        if not found:
            raise DeskRefused("unknown_plan_step")
        found[0]["done_on"] = None if day is None else str(day)
    changes["steps"] = steps_from(admitted_on, leaves_on, steps)
    if changes.pop("closed", False):
        changes["closed_at"] = work.now
    change(work.connection, DischargePlanRecord, plan, **changes)
    if "leaves_on" in changes:
        _tell_the_city(work, view, plan)
    action = "discharge.close" if plan.closed_at is not None else "discharge.change"
    work.record(action, "discharge_plan", plan.plan_id, household=plan.household_id)
    return plan


def plans_seen(connection: Connection, view: CityView, actor: Actor) -> list[DischargePlan]:
    """Open plans of households that the person may see: those who leave first stand first."""
    found = [plan for plan in open_discharge_plans(connection) if sees(view, actor, plan.household_id)]
    return sorted(found, key=lambda plan: (plan.leaves_on or date.max, plan.plan_id))


def steps_from(
    admitted_on: date, leaves_on: date | None, before: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Steps of a plan with their days; what is done keeps the day it was due."""
    stood = {step["code"]: step for step in before}
    steps = []
    for entry in desk_settings()["discharge_step"]:
        step = stood.get(entry["code"], {"code": entry["code"], "due_on": None, "done_on": None})
        if step["done_on"] is None:
            day = _day_of(entry, admitted_on, leaves_on)
            step = {**step, "due_on": None if day is None else str(day)}
        steps.append(step)
    return steps


def _day_of(entry: dict[str, Any], admitted_on: date, leaves_on: date | None) -> date | None:
    if "after_admission" in entry:
        return admitted_on + timedelta(days=entry["after_admission"])
    if leaves_on is None:
        return None
    return max(leaves_on - timedelta(days=entry["before_leaving"]), admitted_on)


def _in_order(admitted_on: date, leaves_on: date | None) -> None:
    if leaves_on is not None and leaves_on < admitted_on:
        raise DeskRefused("days_out_of_order")


def _tell_the_city(work: Work, view: CityView, plan: DischargePlan) -> None:
    """Let the household's situation end on the day of leaving, so that matches reckon with it."""
    household = household_by_id(work.connection, plan.household_id)
    if household is None or household.situation != SITUATIONS[plan.institution]:
        return
    if plan.leaves_on is not None and household.situation_ends_on != plan.leaves_on:
        day = view.assessment.instance.as_of
        change_household(
            work.connection,
            household,
            day,
            f"discharge plan {plan.plan_id}",
            situation_ends_on=plan.leaves_on,
        )
        touch(work.connection)
