"""A job as it is answered: how far it has come, what came of it, and why it failed if it did."""

from datetime import datetime
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from api.server.problems import ProblemBody, language_of
from api.texts import Language, Texts
from api.texts.problems import translated
from models.jobs import Job, JobState

JOBS = "/api/v1/jobs"


class JobOut(BaseModel):
    """A job; `partial` are first figures, `problem` says why it failed (RFC 9457)."""

    job_id: str
    kind: str
    state: JobState
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    parameters: dict[str, Any]
    done: int | None
    total: int | None
    partial: dict[str, Any] | None
    result: dict[str, Any] | None
    problem: ProblemBody | None
    attempts: int
    stop_asked: bool
    version: int


def job_out(job: Job, language: Language) -> JobOut:
    """A job in a reader's language."""
    shown = {name: getattr(job, name) for name in JobOut.model_fields if name != "problem"}
    problem = None if job.problem is None else problem_of(job, job.problem, Texts(language))
    return JobOut(**shown, problem=problem)


def send_place(response: Response, job: JobOut) -> None:
    """Send along where to ask for a job that has been taken on."""
    response.headers["Location"] = f"{JOBS}/{job.job_id}"


def job_language(request: Request) -> Language:
    """The language that a job's problem is told in."""
    return language_of(request)


def problem_of(job: Job, kept: dict[str, Any], texts: Texts) -> ProblemBody:
    """Why a job failed, as a problem."""
    status, key = int(kept["status"]), str(kept["key"])
    title = f"status.{status}"
    more: dict[str, Any] = {}
    if "errors" in kept:
        more["errors"] = kept["errors"]
    if "limits" in kept:
        more["errors"] = [_limit(limit, job, texts) for limit in kept["limits"]]
    return ProblemBody(
        type=f"/problems/{key}",
        title=texts(title if texts.has(title) else "status.other"),
        status=status,
        detail=_sentence(key, kept, texts),
        instance=f"{JOBS}/{job.job_id}",
        **more,
    )


def _sentence(key: str, kept: dict[str, Any], texts: Texts) -> str:
    if "sentence" in kept:
        return translated(kept["sentence"], texts.language)
    words = kept.get("words", {})
    for known in (f"problem.{key}", f"error.{key}"):
        if texts.has(known):
            return texts(known, **words)
    return texts("problem.other")


def _limit(limit: dict[str, Any], job: Job, texts: Texts) -> dict[str, Any]:
    """One of the limits that stand in each other's way; a pin that others have set names no household."""
    subject = list(limit["subject"])
    if limit["kind"] in ("pins", "blocks"):
        own = job.parameters.get("limits", {}).get(limit["kind"], [])
        if {"household": subject[0], "pool": subject[1]} not in own:
            return {"where": limit["kind"], "what": texts("problem.another_household")}
    words = dict(zip(("name", "pool"), subject, strict=False))
    return {"where": limit["kind"], "what": texts(f"keep.{limit['kind']}", **words)}
