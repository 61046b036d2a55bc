"""Users and their sessions at rest."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlmodel import SQLModel

from models.access import Credential, Session, User
from models.tables import CredentialRecord, SessionRecord, SpentLogin, SpentToken, UserRecord

_users = SQLModel.metadata.tables[str(UserRecord.__tablename__)]
_credentials = SQLModel.metadata.tables[str(CredentialRecord.__tablename__)]
_sessions = SQLModel.metadata.tables[str(SessionRecord.__tablename__)]
_spent = SQLModel.metadata.tables[str(SpentToken.__tablename__)]
_spent_logins = SQLModel.metadata.tables[str(SpentLogin.__tablename__)]


def add_user(connection: Connection, user: User, credential: Credential | None = None) -> None:
    """A new user; a local account has a credential, an account of the city's login none."""
    connection.execute(insert(_users).values(**_values(user)))
    if credential is not None:
        connection.execute(insert(_credentials).values(**_values(credential)))


def change_user(connection: Connection, user_id: str, **changes: Any) -> None:
    """Change columns of a user."""
    connection.execute(update(_users).where(_users.c.user_id == user_id).values(**changes))


def users(connection: Connection) -> tuple[User, ...]:
    """All users by username."""
    found = connection.execute(select(_users).order_by(_users.c.username)).mappings()
    return tuple(User.model_construct(**row) for row in found)


def user_by(connection: Connection, **column: str) -> User | None:
    """The user with a `user_id`, `username` or `oidc_subject`; None if there is none."""
    ((name, value),) = column.items()
    row = connection.execute(select(_users).where(_users.c[name] == value)).mappings().first()
    return None if row is None else User.model_construct(**row)


def credential_of(connection: Connection, user_id: str) -> Credential | None:
    """The credential of a local account."""
    row = connection.execute(select(_credentials).where(_credentials.c.user_id == user_id)).mappings().first()
    return None if row is None else Credential.model_construct(**row)


def change_credential(connection: Connection, user_id: str, **changes: Any) -> None:
    """Change columns of a credential."""
    connection.execute(update(_credentials).where(_credentials.c.user_id == user_id).values(**changes))


def begin_session(connection: Connection, session: Session) -> None:
    """Keep a new session."""
    connection.execute(insert(_sessions).values(**_values(session)))


def session_by_id(connection: Connection, session_id: str) -> Session | None:
    """A session by its id."""
    row = connection.execute(select(_sessions).where(_sessions.c.session_id == session_id)).mappings().first()
    return None if row is None else Session.model_construct(**row)


def session_by_token(connection: Connection, token_hash: str) -> tuple[Session | None, bool]:
    """The session of a refresh token, and whether the token had been used already."""
    found = (
        connection.execute(select(_sessions).where(_sessions.c.token_hash == token_hash)).mappings().first()
    )
    if found is not None:
        return Session.model_construct(**found), False
    spent = connection.execute(select(_spent.c.session_id).where(_spent.c.token_hash == token_hash)).scalar()
    return (None, False) if spent is None else (session_by_id(connection, spent), True)


def turn_token(connection: Connection, session: Session, token_hash: str, at: datetime) -> None:
    """Put a new refresh token in place of the one just used."""
    connection.execute(
        insert(_spent).values(token_hash=session.token_hash, session_id=session.session_id, spent_at=at)
    )
    connection.execute(
        update(_sessions).where(_sessions.c.session_id == session.session_id).values(token_hash=token_hash)
    )


def spend_login(connection: Connection, ticket: str, at: datetime) -> bool:
    """Use up a ticket of the city's own login; False when it had been used already."""
    used = select(_spent_logins.c.ticket).where(_spent_logins.c.ticket == ticket)
    if connection.execute(used).first() is not None:
        return False
    connection.execute(insert(_spent_logins).values(ticket=ticket, spent_at=at))
    return True


def end_sessions(
    connection: Connection, at: datetime, session_id: str | None = None, user_id: str | None = None
) -> None:
    """End one session, or all of a user's."""
    ended = update(_sessions).where(_sessions.c.ended_at.is_(None)).values(ended_at=at)
    if session_id is not None:
        ended = ended.where(_sessions.c.session_id == session_id)
    if user_id is not None:
        ended = ended.where(_sessions.c.user_id == user_id)
    connection.execute(ended)


def _values(row: SQLModel) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields}
