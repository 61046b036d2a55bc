"""The record, for an auditor: who read and decided what, without the content of any case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.needs import needs
from api.server.paging import Limit
from api.server.service import Here
from models.audit import AuditEntry
from models.database import reading
from models.store.access import users
from models.store.audit import entries, flaws, head

router = APIRouter(prefix="/audit", tags=["audit"])

Auditor = Annotated[Actor, needs("audit.read")]
MOST = 2**31 - 1
"""Numbers of entries are 32-bit whole numbers in the database."""

WHERE = ("pool",)
"""Details of older entries that would tell where somebody lives; the record itself is never written anew."""

Wanted = Annotated[str | None, Query(max_length=200)]


class RecordEntryOut(BaseModel):
    """An entry of the record; `who` and `about` are names of users, where they are users."""

    number: int
    at: datetime
    actor: str
    role: str
    action: str
    subject_kind: str
    subject_id: str
    reason: str
    outcome: str
    detail: dict[str, Any]
    digest: str
    who: str
    about: str


class RecordPage(BaseModel):
    """Entries, oldest first or newest first, and the number after which the next ones come."""

    items: list[RecordEntryOut]
    next: int | None


class FlawOut(BaseModel):
    """An entry that is `missing`, `changed` or `unlinked`."""

    number: int
    kind: str


class Verified(BaseModel):
    """Whether the record is whole; its head, to be noted elsewhere, shows later that nothing was cut off."""

    whole: bool
    entries: int
    head: str
    flaws: list[FlawOut]


@router.get("")
def list_entries(
    actor: Auditor,
    here: Here,
    after: Annotated[int, Query(ge=0, le=MOST)] = 0,
    by: Annotated[str | None, Query(max_length=200, description="A user's name or id.")] = None,
    action: Wanted = None,
    subject: Wanted = None,
    newest: Annotated[
        bool, Query(description="Newest first: `after` is then the number before which entries come.")
    ] = False,
    limit: Limit = 50,
) -> RecordPage:
    """List entries of the record."""
    with reading(here.engine) as connection:
        names = {user.user_id: user.username for user in users(connection)}
    ids = {name: user_id for user_id, name in names.items()}
    found = entries(here.engine, after, limit + 1, ids.get(by or "", by), action, subject, newest)
    following = found[limit - 1].number if len(found) > limit else None
    return RecordPage(items=[_out(entry, names) for entry in found[:limit]], next=following)


@router.get("/verification")
def verification(
    actor: Auditor,
    here: Here,
    number: Annotated[int | None, Query(ge=1, le=MOST, description="Number of a head noted earlier.")] = None,
    digest: Annotated[str | None, Query(max_length=64, description="Its digest.")] = None,
) -> Verified:
    """Look through the whole record."""
    known = (number, digest) if number is not None and digest is not None else None
    found = flaws(here.engine, known)
    last, sealed = head(here.engine)
    return Verified(
        whole=not found,
        entries=last,
        head=sealed,
        flaws=[FlawOut(number=flaw.number, kind=flaw.kind) for flaw in found],
    )


def _out(entry: AuditEntry, names: Mapping[str, str]) -> RecordEntryOut:
    subject = entry.subject_id
    left_out = ("detail", "who", "about")
    return RecordEntryOut(
        **{name: getattr(entry, name) for name in RecordEntryOut.model_fields if name not in left_out},
        detail={name: value for name, value in entry.detail.items() if name not in WHERE},
        who=names.get(entry.actor, entry.actor),
        about=names.get(subject, subject) if entry.subject_kind == "user" else subject,
    )
