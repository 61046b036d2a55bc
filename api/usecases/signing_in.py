"""Signing in and out, and carrying a session on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection, Engine

from api.access.actor import Actor
from api.access.passwords import verify, waste_time
from api.access.tokens import (
    SESSION_HOURS,
    BadToken,
    access_token,
    new_refresh_token,
    read_access_token,
    refresh_hash,
)
from models.access import Session, User
from models.audit import Outcome
from models.database import reading, writing
from models.store.access import (
    begin_session,
    change_credential,
    credential_of,
    end_sessions,
    session_by_token,
    turn_token,
    user_by,
)
from models.store.arrivals import arrival
from models.store.audit import Act, append


class SignInRefused(Exception):
    """The name or the password is wrong, the account closed, or locked for a while: nobody is told which."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a session is carried on with: a short token for the API and a long one for the next short one."""

    access: str
    refresh: str
    actor: Actor


def sign_in(engine: Engine, secret: str, username: str, password: str, now: datetime) -> Tokens:
    """Open a session with a local account.

    Raises
    ------
    SignInRefused
        When it is not opened; the try is recorded.
    """
    name = username.strip().lower()
    with reading(engine) as connection:
        user = user_by(connection, username=name)
        credential = None if user is None else credential_of(connection, user.user_id)
    if user is None or credential is None or not user.active:
        waste_time(password)
        _record(engine, "unknown" if user is None else user.user_id, "session.begin", Outcome.REFUSED, now)
        raise SignInRefused
    # Argon2 takes its time: the check is made before the transaction, the mistakes are counted inside it.
    verdict = verify(credential, password, now)
    with writing(engine) as connection:
        fresh = credential_of(connection, user.user_id)
        if fresh is not None and fresh.failures > credential.failures and not verdict.right:
            verdict = verify(fresh, password, now)
        if verdict.changes:
            change_credential(connection, user.user_id, **verdict.changes)
        if verdict.right:
            return _begun(connection, secret, user, now)
        append(connection, _act(user.user_id, "session.begin", Outcome.REFUSED, now))
    raise SignInRefused


def begin_for(engine: Engine, secret: str, user: User, now: datetime) -> Tokens:
    """Open a session for someone whom the city's own login has recognised."""
    with writing(engine) as connection:
        return _begun(connection, secret, user, now)


def carry_on(engine: Engine, secret: str, refresh: str, now: datetime) -> Tokens:
    """Give new tokens for a long one, which is thereby used up.

    Raises
    ------
    BadToken
        When the token is unknown, its session over, or the token was used before: then the session ends,
        since someone else may have it.
    """
    digest = refresh_hash(refresh)
    with writing(engine) as connection:
        session, spent = session_by_token(connection, digest)
        if session is None:
            raise BadToken
        user = user_by(connection, user_id=session.user_id)
        if not spent and user is not None and user.active and _open(session, now):
            following = new_refresh_token()
            turn_token(connection, session, refresh_hash(following), now)
            return Tokens(_access(secret, user, session, now), following, _actor(user, session))
        if spent:
            end_sessions(connection, now, session_id=session.session_id)
            append(connection, _act(session.user_id, "session.stolen", Outcome.REFUSED, now))
    raise BadToken


def sign_out(engine: Engine, actor: Actor, now: datetime) -> None:
    """End the person's session."""
    with writing(engine) as connection:
        end_sessions(connection, now, session_id=actor.session_id)
        append(connection, _act(actor.user_id, "session.end", Outcome.DONE, now))


@dataclass(frozen=True, slots=True)
class Moment:
    """The city when a request came: the database's own as-of date, where it has one, and its revision."""

    as_of: date | None
    revision: int


def actor_of(engine: Engine, secret: str, token: str, now: datetime) -> Actor:
    """The person behind a short token.

    Raises
    ------
    BadToken
        When the token, its session or the account does not hold any more.
    """
    return arrived(engine, secret, token, now)[0]


def arrived(engine: Engine, secret: str, token: str, now: datetime) -> tuple[Actor, Moment]:
    """The person behind a short token, and the city at the moment that the token was shown.

    Raises
    ------
    BadToken
        As `actor_of`.
    """
    user_id, session_id = read_access_token(secret, token, now)
    found = arrival(engine, user_id, session_id)
    if found is None or not found.active or found.ended_at is not None or now >= found.expires_at:
        raise BadToken
    return Actor(user_id, found.role, found.unit, session_id, now.date()), Moment(found.as_of, found.revision)


def _begun(connection: Connection, secret: str, user: User, now: datetime) -> Tokens:
    refresh = new_refresh_token()
    session = Session(
        session_id=uuid4().hex,
        user_id=user.user_id,
        token_hash=refresh_hash(refresh),
        began_at=now,
        expires_at=now + timedelta(hours=SESSION_HOURS),
    )
    begin_session(connection, session)
    append(connection, _act(user.user_id, "session.begin", Outcome.DONE, now, str(user.role)))
    return Tokens(_access(secret, user, session, now), refresh, _actor(user, session))


def _access(secret: str, user: User, session: Session, now: datetime) -> str:
    return access_token(secret, user.user_id, session.session_id, now)


def _actor(user: User, session: Session) -> Actor:
    return Actor(user.user_id, user.role, user.unit, session.session_id)


def _open(session: Session, now: datetime) -> bool:
    return session.ended_at is None and now < session.expires_at


def _record(engine: Engine, actor: str, action: str, outcome: Outcome, now: datetime) -> None:
    with writing(engine) as connection:
        append(connection, _act(actor, action, outcome, now))


def _act(actor: str, action: str, outcome: Outcome, now: datetime, role: str = "") -> Act:
    return Act(
        at=now, actor=actor, role=role, action=action, subject_kind="user", subject_id=actor, outcome=outcome
    )
