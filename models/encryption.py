"""Text that is encrypted at rest: free text about a person, and names."""

from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import LargeBinary, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class KeysMissing(RuntimeError):
    """Encrypted text was met and no key was given, or none that opens it."""


class _Ring:
    """The keys of this process, newest first."""

    def __init__(self) -> None:
        self.ring: MultiFernet | None = None
        self.newest: Fernet | None = None


_keys = _Ring()


def use_keys(keys: Sequence[bytes]) -> None:
    """Take the keys to close and open with: the first closes, all open.

    Raises
    ------
    ValueError
        When one of them is no Fernet key.
    """
    given = [Fernet(key) for key in keys]
    _keys.ring, _keys.newest = MultiFernet(given), given[0]


def forget_keys() -> None:
    """Forget the keys."""
    _keys.ring = _keys.newest = None


def closed(text: str) -> str:
    """A text encrypted with the newest key."""
    return _ring().encrypt(text.encode()).decode()


def opened(text: str) -> str:
    """A text decrypted.

    Raises
    ------
    KeysMissing
        When none of the keys opens it.
    """
    try:
        return _ring().decrypt(text.encode()).decode()
    except InvalidToken:
        raise KeysMissing("No key given opens this text: add the key it was closed with.") from None


def turned(token: bytes) -> bytes:
    """What is closed, closed again with the newest key.

    Raises
    ------
    KeysMissing
        When none of the keys opens it.
    """
    try:
        return _ring().rotate(token)
    except InvalidToken:
        raise KeysMissing("No key given opens this text: add the key it was closed with.") from None


def is_newest(token: bytes) -> bool:
    """Whether the newest key closed it.

    Raises
    ------
    KeysMissing
        When there are no keys.
    """
    if _keys.newest is None:
        raise KeysMissing("Text that is encrypted at rest needs keys: set HEMVIST_KEYS.")
    try:
        _keys.newest.decrypt(token)
    except InvalidToken:
        return False
    return True


def _ring() -> MultiFernet:
    if _keys.ring is None:
        raise KeysMissing("Text that is encrypted at rest needs keys: set HEMVIST_KEYS.")
    return _keys.ring


class ClosedText(TypeDecorator[str]):
    """A text that the database holds encrypted and the program reads open."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text closed."""
        return None if value is None else closed(str(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text opened."""
        return None if value is None else opened(str(value))


class ClosedBytes(TypeDecorator[bytes]):
    """Bytes that the database holds encrypted and the program reads open."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """The bytes closed."""
        return None if value is None else _ring().encrypt(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        """The bytes opened.

        Raises
        ------
        KeysMissing
            When there are no keys, or none of them opens it.
        """
        if value is None:
            return None
        try:
            return _ring().decrypt(bytes(value))
        except InvalidToken:
            raise KeysMissing("No key given opens this file: add the key it was closed with.") from None
