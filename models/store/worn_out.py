"""What has had its day: sessions that are over, spent tickets, answers kept for repeats, files."""

from datetime import datetime

from sqlalchemy import Connection, delete, or_
from sqlmodel import SQLModel

from models.tables import DoneRequest, FileRecord, SessionRecord, SpentLogin, SpentToken

_table = SQLModel.metadata.tables
_sessions = _table[str(SessionRecord.__tablename__)]
_spent = _table[str(SpentToken.__tablename__)]
_logins = _table[str(SpentLogin.__tablename__)]
_requests = _table[str(DoneRequest.__tablename__)]
_files = _table[str(FileRecord.__tablename__)]


def forget_sessions(connection: Connection, before: datetime) -> int:
    """Forget sessions that ended, or ran out, before a moment, with their spent tokens; how many sessions."""
    over = or_(_sessions.c.ended_at < before, _sessions.c.expires_at < before)
    connection.execute(
        delete(_spent).where(
            _spent.c.session_id.in_(_sessions.select().with_only_columns(_sessions.c.session_id).where(over))
        )
    )
    return connection.execute(delete(_sessions).where(over)).rowcount


def forget_tickets(connection: Connection, before: datetime) -> int:
    """Forget tickets of the city's login spent before a moment; how many."""
    return connection.execute(delete(_logins).where(_logins.c.spent_at < before)).rowcount


def forget_requests(connection: Connection, before: datetime) -> int:
    """Forget the answers kept for requests sent again, of those carried out before a moment; how many."""
    return connection.execute(delete(_requests).where(_requests.c.done_at < before)).rowcount


def forget_files(connection: Connection, before: datetime) -> int:
    """Forget files sent in or made before a moment; how many."""
    return connection.execute(delete(_files).where(_files.c.kept_at < before)).rowcount
