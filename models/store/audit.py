"""The record: adding to it, reading it, and finding whether anything in it was changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select
from sqlmodel import SQLModel

from models.audit import START, AuditEntry, Outcome, sealed
from models.database import reading
from models.tables import AuditRecord
from models.walls import city_wide

MOST_TOLD = 100

LIST = "case.list"
"""A list of cases was read; the households that it showed stand in the detail."""

_audit = SQLModel.metadata.tables[str(AuditRecord.__tablename__)]


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be recorded; number and seal are given by the record."""

    at: datetime
    actor: str
    role: str
    action: str
    subject_kind: str = ""
    subject_id: str = ""
    reason: str = ""
    outcome: Outcome = Outcome.DONE
    detail: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """An entry that is not as it was written: its number, and `missing`, `changed` or `unlinked`."""

    number: int
    kind: str


def append(connection: Connection, act: Act) -> AuditEntry:
    """Add an entry inside a transaction that is the only one to write (`models.database.writing`)."""
    with city_wide(connection):
        return append_all(connection, [act])[0]


def append_all(connection: Connection, acts: Sequence[Act]) -> list[AuditEntry]:
    """Add entries in a row; as `append`, in a transaction that sees the city."""
    last, previous = head_in(connection)
    added = []
    for number, act in enumerate(acts, start=last + 1):
        entry = AuditEntry(
            number=number,
            at=act.at,
            actor=act.actor,
            role=act.role,
            action=act.action,
            subject_kind=act.subject_kind,
            subject_id=act.subject_id,
            reason=act.reason,
            outcome=act.outcome,
            detail=act.detail or {},
            previous=previous,
            digest="-",
        )
        previous = entry.digest = sealed(entry)
        added.append(entry)
    connection.execute(insert(_audit), [vars_of(entry) for entry in added])
    return added


def vars_of(entry: AuditEntry) -> dict[str, Any]:
    """The columns of an entry."""
    return {name: getattr(entry, name) for name in AuditEntry.model_fields}


def entries(
    engine: Engine,
    after: int = 0,
    most: int = 100,
    actor: str | None = None,
    action: str | None = None,
    subject_id: str | None = None,
    newest: bool = False,
) -> tuple[AuditEntry, ...]:
    """Entries after a number, oldest first, of one actor, action or subject where given.

    Parameters
    ----------
    newest
        Newest first instead: those before the number, or from the last one where it is 0.
    """
    wanted = select(_audit)
    if newest:
        wanted = wanted.where(_audit.c.number < after) if after else wanted
    else:
        wanted = wanted.where(_audit.c.number > after)
    for column, value in (
        (_audit.c.actor, actor),
        (_audit.c.action, action),
        (_audit.c.subject_id, subject_id),
    ):
        if value is not None:
            wanted = wanted.where(column == value)
    with reading(engine) as connection:
        order = _audit.c.number.desc() if newest else _audit.c.number
        found = connection.execute(wanted.order_by(order).limit(most)).mappings()
        return tuple(AuditEntry.model_construct(**row) for row in found)


def entries_about(connection: Connection, household_id: str) -> list[AuditEntry]:
    """Entries on a household and on its offers, and lists in which it was shown, oldest first."""
    told = _audit.c.detail["household"].as_string() == household_id
    itself = (_audit.c.subject_kind == "household") & (_audit.c.subject_id == household_id)
    listed = _audit.c.action == LIST
    found = connection.execute(
        select(_audit).where(itself | told | listed).order_by(_audit.c.number)
    ).mappings()
    about = [AuditEntry.model_construct(**row) for row in found]
    return [one for one in about if one.action != LIST or household_id in one.detail.get("households", ())]


def head(engine: Engine) -> tuple[int, str]:
    """Number and digest of the last entry: kept elsewhere, they show later that no tail was cut off."""
    with reading(engine) as connection:
        return head_in(connection)


def head_in(connection: Connection) -> tuple[int, str]:
    """As `head`, inside a transaction."""
    last = connection.execute(
        select(_audit.c.number, _audit.c.digest).order_by(_audit.c.number.desc()).limit(1)
    ).first()
    return (0, START) if last is None else (last.number, last.digest)


def flaws(engine: Engine, known_head: tuple[int, str] | None = None) -> list[Flaw]:
    """Every entry that is missing, changed or not linked to the one before it; none means that all is whole.

    Of a long gap the first MOST_TOLD numbers are told, and the last.

    Parameters
    ----------
    known_head
        Number and digest of an entry noted earlier, which must still be there as it was.
    """
    with reading(engine) as connection:
        return flaws_in(connection, known_head)


def flaws_in(connection: Connection, known_head: tuple[int, str] | None = None) -> list[Flaw]:
    """As `flaws`, inside a transaction."""
    found: list[Flaw] = []
    number, previous = 0, START
    for entry in _stream(connection):
        found.extend(_missing(number + 1, entry.number))
        if sealed(entry) != entry.digest:
            found.append(Flaw(entry.number, "changed"))
        elif entry.number == number + 1 and entry.previous != previous:
            found.append(Flaw(entry.number, "unlinked"))
        if known_head is not None and entry.number == known_head[0] and entry.digest != known_head[1]:
            found.append(Flaw(entry.number, "changed"))
        number, previous = entry.number, entry.digest
    if known_head is not None and number < known_head[0]:
        found.extend(_missing(number + 1, known_head[0] + 1))
    return found


def _missing(first: int, end: int) -> Iterator[Flaw]:
    # A gap is as long as whoever asks or forges says: its beginning is told, and its last number.
    told = range(first, end)
    for gone in told[:MOST_TOLD]:
        yield Flaw(gone, "missing")
    if end - first > MOST_TOLD:
        yield Flaw(end - 1, "missing")


def _stream(connection: Connection) -> Iterator[AuditEntry]:
    rows = connection.execute(select(_audit).order_by(_audit.c.number).execution_options(yield_per=1000))
    for row in rows.mappings():
        yield AuditEntry.model_construct(**row)
