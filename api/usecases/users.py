"""Users: who may sign in, with what role; an admin adds them, changes them and closes their accounts."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine

from api.access.passwords import hashed
from api.usecases.work import Work
from models.access import Credential, Role, User
from models.database import writing
from models.store.access import (
    add_user,
    change_credential,
    change_user,
    credential_of,
    end_sessions,
    user_by,
    users,
)
from models.store.audit import Act, append


class UserRefused(Exception):
    """A user that cannot be added or changed so; `key` names the sentence that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def new_user(
    work: Work, username: str, role: Role, unit: str | None, password: str | None, subject: str | None = None
) -> User:
    """Add a user, with a password or with an account of the city's own login.

    Raises
    ------
    UserRefused
        When the name is taken, a caseworker has no unit, or the password is too short.
    """
    user = made(work.connection, username, role, unit, password, subject, work.now)
    work.record("user.add", "user", user.user_id, role=str(role))
    return user


def added_by_operator(
    engine: Engine, username: str, role: Role, unit: str | None, password: str, now: datetime
) -> User:
    """Add a user from the command line, where the operator acts and nobody has signed in.

    Raises
    ------
    UserRefused
        As `new_user`.
    """
    with writing(engine) as connection:
        user = made(connection, username, role, unit, password, None, now)
        act = Act(now, "operator", "", "user.add", "user", user.user_id, detail={"role": str(role)})
        append(connection, act)
    return user


def made(
    connection: Connection,
    username: str,
    role: Role,
    unit: str | None,
    password: str | None,
    subject: str | None,
    now: datetime,
) -> User:
    """As `new_user`, where nobody has signed in yet: the first administrator."""
    name = username.strip().lower()
    if not name:
        raise UserRefused("username_missing")
    if user_by(connection, username=name) is not None:
        raise UserRefused("username_taken")
    _fits(role, unit)
    if subject is not None and user_by(connection, oidc_subject=subject) is not None:
        raise UserRefused("subject_taken")
    user = User(
        user_id=uuid4().hex, username=name, role=role, unit=unit, oidc_subject=subject, created_at=now
    )
    credential = None
    if password is not None:
        credential = Credential(user_id=user.user_id, password_hash=_hash(password), changed_at=now)
    add_user(connection, user, credential)
    return user


def changed_user(work: Work, user_id: str, **changes: Any) -> User:
    """Change the role, the unit or whether the account is open; what somebody may do changes at once.

    Raises
    ------
    UserRefused
        When there is no such user, a caseworker would have no unit, nobody would be left to administer, or
        somebody changes what they may do themselves.
    """
    user = user_by(work.connection, user_id=user_id)
    if user is None:
        raise UserRefused("unknown_user")
    after = user.model_copy(update=changes)
    if user_id == work.actor.user_id and (after.role, after.unit) != (user.role, user.unit):
        raise UserRefused("own_role")
    _fits(after.role, after.unit)
    subject = changes.get("oidc_subject")
    owner = None if subject is None else user_by(work.connection, oidc_subject=subject)
    if owner is not None and owner.user_id != user_id:
        raise UserRefused("subject_taken")
    others = [u for u in users(work.connection) if u.role == Role.ADMIN and u.active and u.user_id != user_id]
    if user.role == Role.ADMIN and not others and not (after.role == Role.ADMIN and after.active):
        raise UserRefused("last_admin")
    change_user(work.connection, user_id, **changes)
    held = ("active", "role", "unit", "oidc_subject")
    if any(getattr(after, name) != getattr(user, name) for name in held):
        end_sessions(work.connection, work.now, user_id=user_id)
    work.record(
        "user.change", "user", user_id, changed={name: _told(name, value) for name, value in changes.items()}
    )
    return after


def set_password(work: Work, user_id: str, password: str) -> None:
    """Give a local account a new password; sessions that are open end.

    Raises
    ------
    UserRefused
        When there is no such local account, or the password is too short.
    """
    if credential_of(work.connection, user_id) is None:
        raise UserRefused("unknown_user")
    changes = {"password_hash": _hash(password), "changed_at": work.now, "failures": 0, "locked_until": None}
    change_credential(work.connection, user_id, **changes)
    end_sessions(work.connection, work.now, user_id=user_id)
    work.record("user.password", "user", user_id)


def _told(name: str, value: Any) -> str:
    # What the city calls somebody is no id of ours.
    return str(value is not None) if name == "oidc_subject" else str(value)


def _fits(role: Role, unit: str | None) -> None:
    if role == Role.CASEWORKER and not unit:
        raise UserRefused("caseworker_needs_unit")


def _hash(password: str) -> str:
    try:
        return hashed(password)
    except ValueError:
        raise UserRefused("password_short") from None
