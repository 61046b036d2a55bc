"""Opening the database: SQLite in the user's data folder unless another address is given."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import Any
from weakref import WeakKeyDictionary

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

from models.problems import DatabaseProblem, name_of, plain_speech
from models.schema import bring_up_to_date
from models.walls import declare_city

__all__ = [
    *("DatabaseProblem", "default_url", "glancing", "open_as_it_is", "open_database", "reading", "writing"),
]

CONNECTIONS = 15
"""Connections to PostgreSQL that one process keeps."""

MORE_CONNECTIONS = 30
"""So many more for a while: together more than the threads that answer, since one may need a second."""

RESTED = 1.0
"""Seconds after which a connection is asked whether it still holds before it is used again."""

_turns: "WeakKeyDictionary[Engine, Any]" = WeakKeyDictionary()
"""Whose turn it is to write, by database; a lock that one thread may take again."""


def default_url() -> str:
    """Address of the database: HEMVIST_DB if set, else an SQLite file in the user's data folder."""
    return os.environ.get("HEMVIST_DB") or f"sqlite:///{_default_file()}"


def _default_file() -> Path:
    return user_data_path("hemvist", appauthor=False) / "hemvist.sqlite"


def open_database(url: str, patience: float = 5.0) -> Engine:
    """Open the database, creating it or bringing its schema up to date first.

    Parameters
    ----------
    url
        `sqlite:///file`, a bare file path, or `postgresql://user:password@host/name`.
    patience
        Seconds to wait for another program's lock.

    Raises
    ------
    DatabaseProblem
        If the database cannot be reached, read or written, or is from a newer version.
    """
    engine = open_as_it_is(url, patience)
    with ExitStack() as if_it_fails:
        if_it_fails.callback(engine.dispose)
        bring_up_to_date(engine, writing)
        if_it_fails.pop_all()
    return engine


def open_as_it_is(url: str, patience: float = 5.0) -> Engine:
    """Open a database without a look at its schema: for what is about to be filled from a backup.

    Raises
    ------
    DatabaseProblem
        If the address cannot be used.
    """
    address = _address(url)
    engine = _sqlite_engine(address, patience) if _is_sqlite(address) else _postgres_engine(address)
    event.listen(engine, "handle_error", plain_speech(address))
    _turns[engine] = RLock()
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database throughout."""
    options = {} if _is_sqlite(engine.url) else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def glancing(engine: Engine) -> Iterator[Connection]:
    """A connection for one question: it sees one state of the database by itself, without a transaction."""
    if _is_sqlite(engine.url):
        with reading(engine) as connection:
            yield connection
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is the only one to write: all of it is kept, or nothing.

    Those of one process wait for their turn before they take a connection, or they would keep readers from
    having one; the database sees to those of other processes.
    """
    with (
        _turns.get(engine) or nullcontext(),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        if not _is_sqlite(engine.url):
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('hemvist'))")
        yield connection


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _address(url: str) -> URL:
    try:
        address = make_url(url if ":" in url and "//" in url else f"sqlite:///{url}")
    except ArgumentError as error:
        raise DatabaseProblem(
            "The database address cannot be read: write it as sqlite:///file.", True
        ) from error
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    if address.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        message = (
            f"Databases of the kind {address.drivername} are not known: use sqlite:/// or postgresql://."
        )
        raise DatabaseProblem(message, True)
    return address


def _postgres_engine(address: URL) -> Engine:
    if find_spec("psycopg") is None:
        message = f"The database {name_of(address)} needs the driver psycopg: install hemvist[postgres]."
        raise DatabaseProblem(message, True)
    try:
        engine = create_engine(
            address,
            pool_size=CONNECTIONS,
            max_overflow=MORE_CONNECTIONS,
            pool_use_lifo=True,
            hide_parameters=True,
        )
    except (NoSuchModuleError, ImportError) as error:
        message = f"The database {name_of(address)} needs the driver psycopg: install hemvist[postgres]."
        raise DatabaseProblem(message, True) from error
    event.listen(engine, "connect", declare_city)
    _look_after(engine)
    return engine


def _look_after(engine: Engine) -> None:
    """Ask connections that have rested whether they still hold; of busy ones it would double the work."""
    refused = engine.dialect.loaded_dbapi.Error

    def used(_connection: Any, record: Any) -> None:
        record.info["used"] = time.monotonic()

    def about_to_be_used(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("used", time.monotonic()) > RESTED:
            try:
                engine.dialect.do_ping(connection)
            except refused as error:
                raise DisconnectionError from error

    event.listen(engine, "checkin", used)
    event.listen(engine, "checkout", about_to_be_used)


def _sqlite_engine(address: URL, patience: float) -> Engine:
    if address.database in (None, "", ":memory:"):
        engine = create_engine(
            address, poolclass=StaticPool, connect_args={"check_same_thread": False}, hide_parameters=True
        )
    else:
        _look_at_place(Path(str(address.database)))
        engine = create_engine(address, connect_args={"timeout": patience}, hide_parameters=True)
    event.listen(engine, "connect", partial(_prepare_connection, patience))
    event.listen(engine, "begin", _begin)
    return engine


def _look_at_place(file: Path) -> None:
    if file == _default_file() and not file.parent.exists():
        try:
            file.parent.mkdir(parents=True)
        except OSError as error:
            raise DatabaseProblem(
                f"The folder {file.parent} cannot be created: {error.strerror}.", True
            ) from error
    if file.is_dir():
        raise DatabaseProblem(f"The database {file} is a folder: name a file in it.", True)
    if not file.parent.is_dir():
        message = f"The database {file} cannot be created because the folder {file.parent} is missing."
        raise DatabaseProblem(message, True)
    if not os.access(file if file.exists() else file.parent, os.R_OK | os.W_OK):
        message = f"The database {file} may not be read and written: change its permissions or name another."
        raise DatabaseProblem(message, True)


def _prepare_connection(patience: float, connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would begin transactions by its own rules and leave schema changes out of them.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    _keep_a_log(connection, time.monotonic() + patience)
    connection.execute("PRAGMA synchronous = NORMAL")


def _keep_a_log(connection: sqlite3.Connection, until: float) -> None:
    # SQLite waits for no lock here: of those that open a new file at once, all but one are turned away.
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)


def _begin(connection: Connection) -> None:
    # A reader that turns writer may find its view out of date, and no waiting cures that.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
