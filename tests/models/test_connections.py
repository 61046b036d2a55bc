"""Connections to PostgreSQL: kept, few, and found out when they have been cut."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from models import database as databases
from models.database import glancing, open_database, reading, writing
from models.problems import DatabaseProblem
from models.store.revision import revision, touch


@pytest.fixture
def kept(postgres: Callable[[str], str]) -> Engine:
    return open_database(postgres("template_city"))


def cut(engine: Engine) -> None:
    """End every connection of an engine from the server's side, as a restart would."""
    other = open_database(str(engine.url.render_as_string(hide_password=False)))
    with writing(other) as connection:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        connection.execute(text(f"{ended} AND datname = current_database()"))
    other.dispose()


def test_a_connection_that_was_cut_while_it_rested_is_replaced(
    kept: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "RESTED", 0.0)
    assert revision(kept) == 0
    cut(kept)
    assert revision(kept) == 0
    cut(kept)
    with reading(kept) as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    kept.dispose()


def test_one_that_was_cut_while_busy_is_said_to_be_gone_once(
    kept: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "RESTED", 1000.0)
    assert revision(kept) == 0
    cut(kept)
    with pytest.raises(DatabaseProblem):
        revision(kept)
    assert revision(kept) == 0
    kept.dispose()


def test_a_glance_leaves_no_trace_on_the_connection(kept: Engine) -> None:
    with writing(kept) as connection:
        before = touch(connection)
    with glancing(kept) as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    with writing(kept) as connection:
        touch(connection)
        connection.rollback()
    assert revision(kept) == before
    with writing(kept) as connection:
        connection.execute(text("DELETE FROM setting WHERE key = 'revision'"))
    kept.dispose()
