"""Erasing closed cases when their time has come: everything about the people, nothing of the statistics.

What stays: counts by month and pool, snapshots, the figures of runs, and the record, whose entries hold the
bare case reference and nothing that it leads to here. What goes with the cases: every row about them, every
frozen input they stand in (a run made from it can be checked afterwards, not solved again), their references
in the answers of runs, in jobs and in the forecast of waits, and files that hold whole cases (exports, which
can be made anew, and what was sent in or answered more than a day ago).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine

from api.usecases.advice.wait import hide_in_forecast
from models.database import reading, writing
from models.store.about import erase_rows
from models.store.audit import Act, append
from models.store.files import remove_copies_of_cases
from models.store.frozen import erase_frozen, hide_in_answers, hide_in_jobs, hide_in_snapshots
from models.store.kept_counts import closed_cases, keep_counts
from models.store.revision import touch
from models.store.worn_out import forget_requests

AT_ONCE = 100
"""Cases in one transaction: others wait no longer than for these."""
PARCELS = timedelta(days=1)
"""How long files that were sent in may wait to be written."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased, or would be: cases, rows by table, frozen inputs, runs whose answers changed."""

    cases: tuple[str, ...]
    rows: Mapping[str, int]
    frozen: int
    runs: int


def due(connection: Connection, before: date) -> dict[str, date]:
    """Cases closed before a day, and the day each was closed."""
    return {key: on for key, on in sorted(closed_cases(connection).items()) if on < before}


def would_erase(engine: Engine, before: date) -> Erased:
    """What `erase` would take, without taking it."""
    with reading(engine) as connection:
        return Erased(tuple(due(connection, before)), {}, 0, 0)


def erase(engine: Engine, before: date, now: datetime, actor: str = "operator") -> Erased:
    """Erase the cases closed before a day; stopped midway, the next time takes the rest."""
    cases: list[str] = []
    rows, frozen, runs = Counter[str](), 0, 0
    while True:
        with writing(engine) as connection:
            some = dict(list(due(connection, before).items())[:AT_ONCE])
            if not some:
                break
            keep_counts(connection, some)
            frozen += erase_frozen(connection, some)
            runs += hide_in_answers(connection, some)
            hide_in_snapshots(connection, some)
            hide_in_jobs(connection, some)
            hide_in_forecast(connection, some)
            remove_copies_of_cases(connection, now - PARCELS)
            forget_requests(connection, now - PARCELS)
            rows.update(erase_rows(connection, some))
            for key in some:
                append(connection, Act(now, actor, "", "case.erase", "household", key, "retention"))
            touch(connection)
        cases += some
    return Erased(tuple(cases), dict(rows), frozen, runs)
