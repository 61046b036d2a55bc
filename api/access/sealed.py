"""Small notes that the service hands out and gets back: nobody else can read, change or make one."""

import hashlib
import json
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken


class BadSeal(Exception):
    """A note that is not ours, or is too old."""


def seal(secret: str, purpose: str, content: dict[str, Any], until: datetime) -> str:
    """A note for one purpose that holds until a moment."""
    told = json.dumps({"until": until.timestamp(), "content": content}).encode()
    return _box(secret, purpose).encrypt(told).decode()


def unseal(secret: str, purpose: str, note: str, now: datetime) -> dict[str, Any]:
    """What a note says.

    Raises
    ------
    BadSeal
        When it cannot be trusted at this time.
    """
    try:
        told = json.loads(_box(secret, purpose).decrypt(note.encode()))
    except (InvalidToken, UnicodeEncodeError):
        raise BadSeal from None
    if now.timestamp() >= told["until"]:
        raise BadSeal
    content: dict[str, Any] = told["content"]
    return content


def _box(secret: str, purpose: str) -> Fernet:
    # One key for each purpose, so that a note for one can never pass as a note for another.
    key = hashlib.sha256(f"hemvist {purpose}\n{secret}".encode()).digest()
    return Fernet(urlsafe_b64encode(key))
