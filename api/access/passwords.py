"""Passwords of local accounts: hashed with Argon2, and closed for a while after too many mistakes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from models.access import Credential

if TYPE_CHECKING:
    from pwdlib import PasswordHash

LEAST_LENGTH = 12
MISTAKES_BEFORE_LOCK = 5
LOCKED_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password is right, and what the credential's columns are to become."""

    right: bool
    changes: dict[str, object]


def hashed(password: str) -> str:
    """Argon2 hash of a password.

    Raises
    ------
    ValueError
        When it is shorter than LEAST_LENGTH characters.
    """
    if len(password) < LEAST_LENGTH:
        raise ValueError(f"a password has at least {LEAST_LENGTH} characters")
    return _hasher().hash(password)


def verify(credential: Credential, password: str, now: datetime) -> Verdict:
    """Look at a password; after MISTAKES_BEFORE_LOCK in a row none is looked at for LOCKED_MINUTES."""
    if credential.locked_until is not None and now < credential.locked_until:
        # As long as a check, so that the time does not tell that it is locked.
        waste_time(password)
        return Verdict(False, {})
    if _hasher().verify(password, credential.password_hash):
        return Verdict(True, {"failures": 0, "locked_until": None})
    failures = credential.failures + 1
    if failures >= MISTAKES_BEFORE_LOCK:
        return Verdict(False, {"failures": 0, "locked_until": now + timedelta(minutes=LOCKED_MINUTES)})
    return Verdict(False, {"failures": failures})


def waste_time(password: str) -> None:
    """Do the work of a check for a name that does not exist, so that the time tells nobody which names do."""
    _hasher().verify(password, _of_nobody())


@cache
def _hasher() -> "PasswordHash":
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash((Argon2Hasher(),))


@cache
def _of_nobody() -> str:
    return _hasher().hash("nobody has this password")
