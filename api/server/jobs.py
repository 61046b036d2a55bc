"""Asking for a job over the web: 202, where to follow it, and refusals as problems."""

from collections.abc import Callable

from fastapi import Request, Response

from api.access.actor import Actor
from api.jobs.asking import TooManyJobs
from api.server.desk import done_once
from api.server.job_bodies import JobOut, job_out, send_place
from api.server.once import Once
from api.server.problems import Problem, language_of
from api.usecases.work import Work
from models.jobs import Job


def taken_on(
    once: Once, actor: Actor, request: Request, response: Response, ask: Callable[[Work], Job]
) -> JobOut:
    """Ask for a job for a person, at most once for each key, and say where it is followed.

    Raises
    ------
    Problem
        409 when the person has too many jobs under way.
    """
    language = language_of(request)
    try:
        shown = done_once(once, actor, JobOut, lambda work: job_out(ask(work), language))
    except TooManyJobs:
        raise Problem(409, "too_many_jobs") from None
    send_place(response, shown)
    return shown
