"""`upkeep`: the nightly round, then the day's figures."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine

from api.configuration import read_settings
from api.jobs.progress import Progress
from api.usecases.city_view import read_view
from api.usecases.counts.publication import take
from api.usecases.tidying import SYSTEM, tidy
from models.jobs import Job
from models.store import stored_as_of


def run(engine: Engine, _job: Job, progress: Progress) -> dict[str, Any]:
    """Go the round and take the day's snapshot; a city without rows has none."""
    progress.say(0, 2)
    now = progress.clock()
    day = stored_as_of(engine) or now.date()
    done: dict[str, Any] = asdict(tidy(engine, day, now, read_settings().erase_after_months))
    progress.say(1, 2)
    view = read_view(engine, day)
    if view.dataset.households or view.dataset.pools:
        done["snapshot"] = take(engine, view, day, now, SYSTEM.user_id).new
    return done
