"""`waits`: a forecast of how long everybody who waits today will wait, from which each case is then told."""

from datetime import date
from typing import Any

from sqlalchemy import Engine

from api.jobs.progress import Progress
from api.usecases.advice.wait import keep_forecast, make_forecast
from models.database import writing
from models.jobs import Job


def run(engine: Engine, job: Job, progress: Progress) -> dict[str, Any]:
    """Simulate the waits, and keep them as the forecast that is read from; one that is stopped keeps none."""
    as_of, replications = date.fromisoformat(job.parameters["as_of"]), int(job.parameters["replications"])
    forecast = make_forecast(engine, as_of, replications, progress.say)
    with writing(engine) as connection:
        content = keep_forecast(connection, forecast, progress.clock())
        result = {"as_of": as_of.isoformat(), "replications": replications, "forecast": content}
        progress.keep(connection, result)
    return result
