"""Asking for a plan: what the run is to keep, looked at before anybody waits for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from api.access.actor import Actor
from api.jobs.asking import ask_for
from api.usecases.city_view import CityView
from api.usecases.desk.seen import household_seen
from api.usecases.plans.reading import plan_of_work
from api.usecases.work import Work
from models.jobs import Job
from optimiser.limits.model import Limits
from optimiser.limits.told import limits_told
from optimiser.matching import Moves


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """A run that a person asks for; `like` is an earlier plan to stay close to."""

    as_of: date
    moves: Moves
    time_limit: float
    limits: Limits
    like: int | None = None


def ask_for_plan(work: Work, view: CityView, actor: Actor, asked: PlanAsked) -> Job:
    """Have a plan made.

    Raises
    ------
    DeskRefused
        When a pin or block names a household that the person may not see.
    UserError
        When there is no such earlier plan.
    TooManyJobs
        When the person has too much under way.
    """
    for household_id, _ in (*asked.limits.pins, *asked.limits.blocks):
        household_seen(view, actor, household_id)
    if asked.like is not None:
        plan_of_work(work, asked.like)
    return ask_for(work, "match", parameters(asked))


def ask_for_replay(work: Work, run_id: int) -> Job:
    """Have a plan solved again from what it was given.

    Raises
    ------
    UserError
        When no plan has that number.
    TooManyJobs
        When the person has too much under way.
    """
    plan_of_work(work, run_id)
    return ask_for(work, "replay", {"run_id": run_id})


def parameters(asked: PlanAsked) -> dict[str, Any]:
    """What is kept with the job."""
    return {
        "as_of": str(asked.as_of),
        "moves": asked.moves,
        "time_limit": asked.time_limit,
        "limits": limits_told(asked.limits),
        "like": asked.like,
    }
