"""Kleene's three-valued logic in plain Python: True, False, and None for unknown."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from models.codes import Fact

Verdict = Literal["pass", "fail", "unknown"]
Truth = bool | None


def fact(value: Fact) -> Truth:
    """A yes/no/unknown fact as a truth value."""
    if value == Fact.YES:
        return True
    if value == Fact.NO:
        return False
    return None


def all_of(values: Iterable[Truth]) -> Truth:
    """And: a no makes it no; otherwise an unknown makes it unknown."""
    answer: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            answer = None
    return answer


def any_of(values: Iterable[Truth]) -> Truth:
    """Or: a yes makes it yes; otherwise an unknown makes it unknown."""
    answer: Truth = False
    for value in values:
        if value is True:
            return True
        if value is None:
            answer = None
    return answer


def verdict(truth: Truth) -> Verdict:
    """The verdict of a rule that passes exactly when its condition is true."""
    if truth is None:
        return "unknown"
    return "pass" if truth else "fail"


def age_on(birth: date, day: date) -> int:
    """Age in full years on a day."""
    years = day.year - birth.year
    if (day.month, day.day) < (birth.month, birth.day):
        years -= 1
    return years
