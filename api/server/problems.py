"""Refusals and faults as RFC 9457 problems, in the reader's language, without a word about a person."""

import re
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.server.media_types import media_type_missed
from api.texts import LANGUAGES, Language, Texts
from api.usecases.problems import UserError
from models.problems import DatabaseProblem

MEDIA_TYPE = "application/problem+json"
LANGUAGE_ASKED = re.compile(r"([a-z]{2,3})(?:-[a-z0-9-]+)?(?:\s*;\s*q=([01](?:\.[0-9]{0,3})?))?")
BY_STATUS = {
    400: "unreadable",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "wrong_media_type",
    422: "malformed",
    429: "too_many",
}


class ProblemBody(BaseModel):
    """A problem as it is sent (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[dict[str, Any]] | None = None
    changed: dict[str, Any] | None = None


class Problem(Exception):
    """A request that is refused: the status, the key of a sentence under `problem` in the texts, its words.

    `more` is sent along with the problem: `errors` for faults in what was sent, `changed` for what someone
    else did meanwhile.
    """

    def __init__(self, status: int, key: str, more: dict[str, Any] | None = None, **words: str) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.more = more or {}
        self.words = words


def language_of(request: Request) -> Language:
    """The known language that Accept-Language gives most weight, the first of equals; Swedish otherwise."""
    weights: dict[Language, float] = {}
    for part in request.headers.get("accept-language", "").lower().split(","):
        asked = LANGUAGE_ASKED.fullmatch(part.strip())
        for language in LANGUAGES:
            if asked is not None and asked[1] == language:
                weights.setdefault(language, float(asked[2] or 1))
    wanted = max(weights, key=weights.__getitem__, default=LANGUAGES[0])
    return wanted if weights.get(wanted) else LANGUAGES[0]


def answer_problems(app: FastAPI) -> None:
    """Let every refusal of an app be answered as a problem; `observing` answers for faults."""

    @app.exception_handler(Problem)
    def refused(request: Request, problem: Problem) -> JSONResponse:
        return as_response(request, problem)

    @app.exception_handler(UserError)
    def mistaken(request: Request, error: UserError) -> JSONResponse:
        return as_response(request, Problem(404 if error.key.startswith("unknown_") else 422, error.key))

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        wanted = media_type_missed(request)
        if wanted is not None:
            response = as_response(request, Problem(415, "wrong_media_type"))
            response.headers["Accept"] = wanted
            return response
        # What was sent is not sent back: it may hold personal data.
        faults = [
            {"where": ".".join(str(part) for part in fault["loc"]), "what": fault["type"]}
            for fault in error.errors()
        ]
        return as_response(request, Problem(422, "malformed", {"errors": faults}))

    @app.exception_handler(HTTPException)
    def of_the_framework(request: Request, error: HTTPException) -> JSONResponse:
        response = as_response(request, Problem(error.status_code, BY_STATUS.get(error.status_code, "other")))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(DatabaseProblem)
    def out_of_reach(request: Request, error: DatabaseProblem) -> JSONResponse:  # noqa: ARG001
        return as_response(request, Problem(503, "database_away"))


def as_response(request: Request, problem: Problem) -> JSONResponse:
    """A problem as an answer."""
    texts = Texts(language_of(request))
    key = f"problem.{problem.key}"
    known = key if texts.has(key) else "problem.other"
    title = f"status.{problem.status}"
    body = ProblemBody(
        type=f"/problems/{problem.key}",
        title=texts(title if texts.has(title) else "status.other"),
        status=problem.status,
        detail=texts(known, **problem.words),
        instance=request.scope["path"],
        **problem.more,
    )
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    return JSONResponse(body.model_dump(exclude_none=True), problem.status, headers, MEDIA_TYPE)
