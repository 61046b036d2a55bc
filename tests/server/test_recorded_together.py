"""Cases looked at by many at once: each look is in the record before it is shown, in one unbroken chain."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from api.access.actor import Actor
from api.usecases.work import looking_for
from models.access import Role
from models.problems import DatabaseProblem
from models.store import audit_together
from models.store.audit import entries, flaws
from tests.server.conftest import Clock

READERS = 24
LOOKS = 10


def look(engine: Engine, reader: int, number: int) -> None:
    actor = Actor(f"reader-{reader}", Role.COORDINATOR, None, "session")
    with looking_for(engine, actor, Clock()()) as work:
        work.record("case.read", "household", f"case-{number}")
        work.record("case.read", "household", f"case-{number}", part="members")
    told = entries(engine, actor=actor.user_id, subject_id=f"case-{number}")
    assert [entry.detail for entry in told] == [{}, {"part": "members"}]


def test_every_look_is_kept_and_they_share_transactions(engine: Engine) -> None:
    kept: list[int] = []
    event.listen(engine, "commit", lambda _connection: kept.append(1))
    together = Barrier(READERS)

    def reader(number: int) -> None:
        for turn in range(LOOKS):
            together.wait()
            look(engine, number, turn)

    with ThreadPoolExecutor(READERS) as pool:
        list(pool.map(reader, range(READERS)))
    assert flaws(engine) == []
    assert len(entries(engine, most=10**4, action="case.read")) == 2 * READERS * LOOKS
    # Each is found in the record besides; had each been kept on its own, there would be as many again. How
    # many come together is the machine's doing: a busy one lets fewer.
    assert len(kept) < 2 * READERS * LOOKS * 9 // 10


def test_what_is_at_hand_already_is_recorded_without_reading(engine: Engine) -> None:
    begun: list[int] = []
    event.listen(engine, "begin", lambda _connection: begun.append(1))
    actor = Actor("reader", Role.COORDINATOR, None, "session")
    with looking_for(engine, actor, Clock()()) as work:
        work.record("case.read", "household", "case-1")
    assert len(begun) == 1
    with looking_for(engine, actor, Clock()()) as work:
        assert work.connection is work.connection
        work.record("case.read", "household", "case-1")
    assert len(begun) == 3


def test_what_is_not_shown_is_not_recorded(engine: Engine) -> None:
    actor = Actor("reader", Role.COORDINATOR, None, "session")

    def look() -> None:
        with looking_for(engine, actor, Clock()()) as work:
            work.record("case.read", "household", "case-1")
            raise LookupError

    with pytest.raises(LookupError):
        look()
    assert entries(engine) == ()


def test_when_the_record_cannot_be_kept_nobody_is_shown_anything(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def full(engine: Engine) -> Iterator[Connection]:
        raise DatabaseProblem("The disk is full.", False)
        yield

    actor = Actor("reader", Role.COORDINATOR, None, "session")
    together = Barrier(8)

    def reader(number: int) -> Any:
        together.wait()
        try:
            with looking_for(engine, actor, Clock()()) as work:
                work.record("case.read", "household", f"case-{number}")
        except DatabaseProblem as problem:
            return problem
        return None

    with monkeypatch.context() as patch:
        patch.setattr(audit_together, "writing", full)
        with ThreadPoolExecutor(8) as pool:
            assert all(isinstance(told, DatabaseProblem) for told in pool.map(reader, range(8)))
    assert entries(engine) == ()
    look(engine, 1, 1)
    assert flaws(engine) == []
