"""`capacity`: the cheapest places that meet a target, and how the city fares when they are built."""

from datetime import date
from typing import Any

from sqlalchemy import Engine

from api.jobs.progress import Progress
from api.usecases.planning import Trial, plan_capacity, target_of
from api.usecases.scenario_runs.capacity import shown_plan
from models.jobs import Job


def run(engine: Engine, job: Job, progress: Progress) -> dict[str, Any]:
    """Work out the plan, and simulate it if asked."""
    asked = job.parameters
    progress.say(0, None)
    shown = plan_capacity(
        engine,
        date.fromisoformat(asked["as_of"]),
        target_of(asked["target"]),
        None,
        Trial(asked["weeks"], asked["replications"], asked["seed"]),
        lambda done, total: progress.say(done, total),
    )
    return shown_plan(shown.answer)
