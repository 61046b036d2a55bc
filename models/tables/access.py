"""Tables of users, their passwords and sessions."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel, UTCDateTime

from models.access import Credential, Session, User
from models.tables.base import checks_of


class UserRecord(User, table=True):
    """A user at rest."""

    __tablename__ = "user_account"
    __table_args__ = (
        *checks_of(User),
        CheckConstraint("username = lower(username)", name="username_lower"),
        CheckConstraint("role <> 'caseworker' OR unit IS NOT NULL", name="caseworker_has_unit"),
    )

    user_id: str = Field(primary_key=True, min_length=1)
    username: str = Field(unique=True, min_length=1)
    oidc_subject: str | None = Field(default=None, unique=True)


class CredentialRecord(Credential, table=True):
    """A password's hash at rest."""

    __tablename__ = "credential"
    __table_args__ = checks_of(Credential)

    user_id: str = Field(primary_key=True, min_length=1, foreign_key="user_account.user_id")


class SessionRecord(Session, table=True):
    """A session at rest."""

    __tablename__ = "session"
    __table_args__ = (
        *checks_of(Session),
        CheckConstraint("expires_at > began_at", name="ends_after_it_began"),
    )

    session_id: str = Field(primary_key=True, min_length=1)
    user_id: str = Field(min_length=1, foreign_key="user_account.user_id", index=True)
    token_hash: str = Field(unique=True, min_length=1)


class SpentToken(SQLModel, table=True):
    """A refresh token that has been used: seen again, it ends the session."""

    __tablename__ = "spent_token"

    token_hash: str = Field(primary_key=True)
    session_id: str = Field(foreign_key="session.session_id", ondelete="CASCADE", index=True)
    spent_at: datetime = Field(sa_type=UTCDateTime)


class SpentLogin(SQLModel, table=True):
    """A ticket of the city's own login that has opened its one session."""

    __tablename__ = "spent_login"

    ticket: str = Field(primary_key=True)
    spent_at: datetime = Field(sa_type=UTCDateTime, index=True)
