"""The clock, read here and nowhere else: everything below is told what day it is."""

from datetime import UTC, date, datetime


def today() -> date:
    """The day on which the command was given."""
    return date.today()


def now() -> datetime:
    """The moment at which the command was given."""
    return datetime.now(UTC)
