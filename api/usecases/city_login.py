"""Signing in with the city's own login: begun, come back from, and carried into a session.

Only the last step does anything: the first two are pages that a browser fetches. What must be remembered
between them travels with the browser, sealed.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from secrets import compare_digest
from uuid import uuid4

from sqlalchemy import Connection, Engine

from api.access.city_login import Attempt, Claimed, Client, LoginRefused, Provider
from api.access.sealed import BadSeal, seal, unseal
from api.settings import Settings
from api.usecases.signing_in import Tokens, begin_for
from models.access import Role, User
from models.audit import Outcome
from models.database import reading, writing
from models.store.access import change_user, credential_of, spend_login, user_by
from models.store.audit import Act, append

ATTEMPT_MINUTES = 10
TICKET_SECONDS = 120
ATTEMPT, TICKET = "city login attempt", "city login ticket"


class UnknownToUs(Exception):
    """The city knows the person, but nobody has let the person in here."""


def provider_of(settings: Settings) -> Provider | None:
    """The city's login as the settings tell of it; None when there are local accounts only."""
    if not settings.has_city_login:
        return None
    here = f"http://{settings.host}:{settings.port}/api/v1/session/oidc/callback"
    secret = settings.oidc_client_secret.get_secret_value()
    return Provider(
        Client(settings.oidc_issuer, settings.oidc_client_id, secret, settings.oidc_redirect or here)
    )


def begin(provider: Provider, secret: str, now: datetime) -> tuple[str, str]:
    """Where the browser is sent, and the note that it brings back."""
    attempt = Attempt.new()
    until = now + timedelta(minutes=ATTEMPT_MINUTES)
    return provider.sign_in_address(attempt, now), seal(secret, ATTEMPT, asdict(attempt), until)


def come_back(secret: str, note: str | None, state: str, code: str, now: datetime) -> str:
    """A ticket, good for one session, for a browser that comes back from the provider with its own attempt.

    Raises
    ------
    LoginRefused
        When the browser did not begin this attempt, or began it too long ago.
    """
    try:
        attempt = Attempt(**unseal(secret, ATTEMPT, note or "", now))
    except BadSeal:
        raise LoginRefused from None
    if not compare_digest(attempt.state.encode(), state.encode()):
        raise LoginRefused
    content = {**asdict(attempt), "code": code, "ticket": uuid4().hex}
    return seal(secret, TICKET, content, now + timedelta(seconds=TICKET_SECONDS))


def sign_in_with(engine: Engine, provider: Provider, secret: str, ticket: str, now: datetime) -> Tokens:
    """Open a session for a ticket, which is thereby used up.

    Raises
    ------
    LoginRefused
        When the ticket or what the provider says does not hold; the try is recorded.
    UnknownToUs
        When nobody here belongs to the account, or the account here is closed; the try is recorded.
    ProviderAway
        When the provider does not answer.
    """
    try:
        told = unseal(secret, TICKET, ticket, now)
    except BadSeal:
        raise LoginRefused from None
    code, number = told.pop("code"), told.pop("ticket")
    with writing(engine) as connection:
        fresh = spend_login(connection, number, now)
        if not fresh:
            _refused(connection, "unknown", now)
    if not fresh:
        raise LoginRefused
    try:
        claimed = provider.claimed(code, Attempt(**told), now)
    except LoginRefused:
        with writing(engine) as connection:
            _refused(connection, "unknown", now)
        raise
    user = _recognised(engine, claimed, now)
    return begin_for(engine, secret, user, now)


def _recognised(engine: Engine, claimed: Claimed, now: datetime) -> User:
    with reading(engine) as connection:
        user = user_by(connection, oidc_subject=claimed.subject)
    if user is None:
        user = _linked(engine, claimed, now)
    if user is None or not user.active:
        with writing(engine) as connection:
            _refused(connection, "unknown" if user is None else user.user_id, now)
        raise UnknownToUs
    return user


def _linked(engine: Engine, claimed: Claimed, now: datetime) -> User | None:
    """Somebody an administrator has entered beforehand for the city's login, tied to it at the first time.

    An account with a password is nobody's to take over, and an administrator is tied by another
    administrator alone, never by a name.
    """
    with writing(engine) as connection:
        for name in claimed.names:
            user = user_by(connection, username=name)
            if user is None or not user.active or user.role == Role.ADMIN or user.oidc_subject is not None:
                continue
            if credential_of(connection, user.user_id) is None:
                change_user(connection, user.user_id, oidc_subject=claimed.subject)
                append(
                    connection,
                    Act(now, user.user_id, str(user.role), "user.link", "user", user.user_id),
                )
                return user.model_copy(update={"oidc_subject": claimed.subject})
    return None


def _refused(connection: Connection, who: str, now: datetime) -> None:
    act = Act(now, who, "", "session.begin", "user", who, outcome=Outcome.REFUSED)
    append(connection, act)
