"""What can go wrong between the program and its database, said in one sentence."""

import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError

HIDDEN = "***"


class DatabaseProblem(Exception):
    """The database cannot be opened, read or written.

    Attributes
    ----------
    message
        One sentence that names the database, the fault and the remedy; never a password.
    users_fault
        True when the user named the wrong place or version (exit status 2), False when the
        surroundings failed (exit status 1).
    """

    def __init__(self, message: str, users_fault: bool) -> None:
        super().__init__(message)
        self.message = message
        self.users_fault = users_fault


def name_of(url: URL) -> str:
    """The database as a person would call it: its file, or its server address without the password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()


def shown_address(address: str) -> str:
    """The address of a database as it may be shown: never with a password, nor when it cannot be read."""
    if "://" not in address:
        return HIDDEN if "@" in address else address
    try:
        url = make_url(address)
    except ArgumentError:
        return HIDDEN
    hidden = {name: HIDDEN for name in url.query if "pass" in name.lower()}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


def said_plainly(error: BaseException, url: URL) -> DatabaseProblem | None:
    """The problem behind a driver's error, or None when it is no failure of the surroundings."""
    if isinstance(error, sqlite3.Error):
        return _sqlite_problem(str(error), name_of(url))
    if type(error).__module__.startswith("psycopg"):
        return _postgres_problem(error, name_of(url))
    return None


_in_sqlite: tuple[tuple[str, str, bool], ...] = (
    ("locked", "The database {name} is locked by another program: try again when that has finished.", False),
    ("disk is full", "The disk is full, so the database {name} was left as it was: free some space.", False),
    ("not a database", "The file {name} is not a database: name another file or move this one away.", True),
    ("malformed", "The database {name} is damaged: restore it from a backup.", False),
    ("readonly", "The database {name} may not be written: change its permissions or name another.", True),
    ("unable to open", "The database {name} cannot be opened: check its folder and permissions.", True),
    ("disk I/O error", "The disk failed while the database {name} was in use: check the disk.", False),
)

_in_postgres: tuple[tuple[str, str, bool], ...] = (
    ("53100", "The disk of the server is full, so the database {name} was left as it was.", False),
    ("55P03", "The database {name} is locked by another program: try again when that has finished.", False),
    ("3D000", "There is no database {name}: create it or check the name.", True),
    ("42501", "The database {name} does not let this user do that: ask its owner for the right.", True),
    ("25006", "The database {name} may only be read: name one that may be written.", True),
    ("28", "The database {name} refuses this user or password: check both.", True),
    ("57P", "The server of the database {name} is starting or stopping: try again soon.", False),
    ("08", "The connection to the database {name} broke: check the server and try again.", False),
)


def _sqlite_problem(text: str, name: str) -> DatabaseProblem | None:
    for sign, sentence, users_fault in _in_sqlite:
        if sign in text:
            return DatabaseProblem(sentence.format(name=name), users_fault)
    return None


def _postgres_problem(error: Any, name: str) -> DatabaseProblem | None:
    state = getattr(error, "sqlstate", None)
    if state is None:
        if type(error).__name__ == "OperationalError":
            return _unreachable(str(error), name)
        return None
    for sign, sentence, users_fault in _in_postgres:
        if state.startswith(sign):
            return DatabaseProblem(sentence.format(name=name), users_fault)
    return None


def _unreachable(text: str, name: str) -> DatabaseProblem:
    """A connection that never came about has no state, only the server's words."""
    if "password" in text or "role" in text:
        return DatabaseProblem(f"The database {name} refuses this user or password: check both.", True)
    if "does not exist" in text:
        return DatabaseProblem(f"There is no database {name}: create it or check the name.", True)
    return DatabaseProblem(
        f"The server of the database {name} does not answer: check address and server.", True
    )


def plain_speech(url: URL) -> Callable[[ExceptionContext], DatabaseProblem | None]:
    """A listener that lets an engine raise `DatabaseProblem` in place of a driver's error that is one."""

    def listener(context: ExceptionContext) -> DatabaseProblem | None:
        # On a failed connection the context knows no engine, hence the address from outside.
        return said_plainly(context.original_exception, url)

    return listener
