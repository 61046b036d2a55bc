"""The record of who read and decided what: it only grows, and each entry seals the one before it."""

import hashlib
import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UTCDateTime

from models.columns import Code

START = "0" * 64
"""What the first entry seals."""


class Outcome(StrEnum):
    """Whether what was asked for was done or refused."""

    DONE = "done"
    REFUSED = "refused"


class AuditEntry(SQLModel):
    """One act: who, in what role, when, what, on whom or what, and why.

    Attributes
    ----------
    number
        1, 2, 3 … without a gap.
    actor
        User id, `operator` for the command line, `system` for what happens by itself.
    action
        Verb of the act, as `case.read` or `offer.accept`.
    subject_kind, subject_id
        What it was done to; never a name, only ids.
    reason
        Reason code of a decision, or why a case was opened.
    detail
        Ids and codes that belong to the act; no free text about a person.
    previous, digest
        SHA-256 of the entry before, and of this one with it.
    """

    number: int = Field(ge=1)
    at: datetime = Field(sa_type=UTCDateTime)
    actor: str = Field(min_length=1)
    role: str = ""
    action: str = Field(min_length=1)
    subject_kind: str = ""
    subject_id: str = ""
    reason: str = ""
    outcome: Outcome = Field(default=Outcome.DONE, sa_type=Code(Outcome))
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    previous: str = Field(min_length=1)
    digest: str = Field(min_length=1)


def sealed(entry: AuditEntry) -> str:
    """Digest that an entry must have: of everything in it, the digest before included."""
    values = {name: value for name, value in vars(entry).items() if name in AuditEntry.model_fields}
    values["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    values["outcome"] = str(entry.outcome)
    del values["digest"]
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
