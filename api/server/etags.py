"""Versions of what can be edited: a change must name the version it was made to."""

import hashlib
from typing import Annotated

from fastapi import Header, Response
from pydantic import BaseModel

from api.server.problems import Problem

IfMatch = Annotated[str | None, Header(description="ETag of the version that is changed.", max_length=200)]


def etag(shown: BaseModel) -> str:
    """Version of what was shown: a hash of it."""
    return f'"{hashlib.sha256(shown.model_dump_json().encode()).hexdigest()[:24]}"'


def send_etag(response: Response, shown: BaseModel) -> None:
    """Send the version along with what is shown."""
    response.headers["ETag"] = etag(shown)


def must_match(given: str | None, present: BaseModel) -> None:
    """Refuse a change to another version than the present one.

    Raises
    ------
    Problem
        428 when no version is named, 412 when somebody else has changed it meanwhile.
    """
    if given is None:
        raise Problem(428, "version_missing")
    if given.strip() not in (etag(present), "*"):
        raise Problem(412, "version_old", {"changed": present.model_dump(mode="json")})


def must_be_undecided(seen: str, present: BaseModel) -> None:
    """Refuse a decision on what somebody else has decided meanwhile.

    Raises
    ------
    Problem
        409 with what it has become.
    """
    if seen.strip() not in (etag(present), "*"):
        raise Problem(409, "offer_changed", {"changed": present.model_dump(mode="json")})
