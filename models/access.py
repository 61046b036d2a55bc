"""Who may use the service: users with one role each, their sessions, and the units they belong to."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UTCDateTime

from models.columns import Code


class Role(StrEnum):
    """What a person does here; what each role may do stands in `api/access/roles.toml`."""

    CASEWORKER = "caseworker"
    COORDINATOR = "coordinator"
    PLANNER = "planner"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMIN = "admin"


class User(SQLModel):
    """A person who signs in.

    Attributes
    ----------
    user_id
        Surrogate id, used in the log and in addresses.
    username
        What is typed when signing in; lower case, unique.
    unit
        Responsible unit the person works for; a caseworker must have one.
    oidc_subject
        `issuer|subject` of the city's own login, None for a local account.
    active
        A person who has left keeps the row, because the log names it.
    """

    user_id: str = Field(min_length=1)
    username: str = Field(min_length=1)
    role: Role = Field(sa_type=Code(Role))
    unit: str | None = None
    oidc_subject: str | None = None
    active: bool = True
    created_at: datetime = Field(sa_type=UTCDateTime)


class Credential(SQLModel):
    """The password of a local account, hashed, and the mistakes made at signing in.

    `failures` are wrong passwords in a row; until `locked_until` none is looked at.
    """

    user_id: str = Field(min_length=1)
    password_hash: str = Field(min_length=1)
    changed_at: datetime = Field(sa_type=UTCDateTime)
    failures: int = Field(default=0, ge=0)
    locked_until: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Session(SQLModel):
    """One signing-in on one device, carried on by refresh tokens that are each used once.

    A token used twice is a stolen one: the whole session ends. `token_hash` is that of the refresh token now
    in force; the tokens before it stay in `spent_token`.
    """

    session_id: str = Field(min_length=1)
    user_id: str = Field(min_length=1)
    token_hash: str = Field(min_length=1)
    began_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
