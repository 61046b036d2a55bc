"""Tokens: short ones that open the API, and long ones, used once each, that fetch new short ones."""

import hashlib
import secrets
from datetime import datetime, timedelta

import jwt

ALGORITHM = "HS256"
ACCESS_MINUTES = 10
SESSION_HOURS = 10


class BadToken(Exception):
    """A token that is not ours, is out of date, or belongs to a session that has ended."""


def access_token(secret: str, user_id: str, session_id: str, now: datetime) -> str:
    """A short token for one session; it carries ids and times alone."""
    claims = {
        "sub": user_id,
        "sid": session_id,
        "iat": now,
        "exp": now + timedelta(minutes=ACCESS_MINUTES),
        "aud": "hemvist",
    }
    return jwt.encode(claims, secret, algorithm=ALGORITHM)


def read_access_token(secret: str, token: str, now: datetime) -> tuple[str, str]:
    """User id and session id of a token.

    Raises
    ------
    BadToken
        When it cannot be trusted at this time.
    """
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            audience="hemvist",
            options={
                "require": ["sub", "sid", "exp", "iat", "aud"],
                "verify_exp": False,
                "verify_iat": False,
            },
        )
    except jwt.InvalidTokenError:
        raise BadToken from None
    # The clock is given, so that a test or a replay can set it.
    if not isinstance(claims["exp"], int) or now.timestamp() >= claims["exp"]:
        raise BadToken
    return str(claims["sub"]), str(claims["sid"])


def new_refresh_token() -> str:
    """A long token: 256 bits of chance."""
    return secrets.token_urlsafe(32)


def refresh_hash(token: str) -> str:
    """What is kept of a long token."""
    return hashlib.sha256(token.encode()).hexdigest()
