"""A scenario beside the baseline: differences paired by replication, and how sure they are."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from scenarios.experiments.experiment import Arm
from scenarios.experiments.interval import Interval, Values, over_replications

TIGHT = 0.02
"""A difference whose whole interval lies within this share of the baseline's figure is told as none."""

BY_FORM = ("entries.", "occupied.")
"""Measures that a city without the form lacks; there is nobody in a form that does not exist."""


class Verdict(StrEnum):
    """What may be said of a difference."""

    CLEAR = "clear"
    """Its interval excludes 0."""
    UNCHANGED = "unchanged"
    """Its interval holds 0 and is tight around it."""
    UNCLEAR = "unclear"
    """Its interval holds 0 and is wide, or cannot be known."""


def shared_numbers(baseline: Arm, arm: Arm) -> tuple[int, ...]:
    """Replications finished in both, which share their luck."""
    return tuple(number for number in arm.numbers if number in baseline.results)


def paired_totals(baseline: Arm, arm: Arm, name: str) -> Values:
    """Scenario less baseline over the horizon, replication by replication, shape (pairs,)."""
    numbers = shared_numbers(baseline, arm)
    return _totals(arm, name, numbers) - _totals(baseline, name, numbers)


def paired_weeks(baseline: Arm, arm: Arm, name: str) -> Values:
    """Scenario less baseline week by week, shape (pairs, weeks)."""
    numbers = shared_numbers(baseline, arm)
    return _weekly(arm, name, numbers) - _weekly(baseline, name, numbers)


def difference(baseline: Arm, arm: Arm, name: str) -> Interval:
    """Difference over the horizon with its interval.

    It is 0 and nothing else where the arm does what the baseline does, and where each of several
    replications has the same figure on both sides or nothing to measure on either: nobody of a group
    placed, in the one as in the other.
    """
    pairs = paired_totals(baseline, arm, name)
    if arm.reform == baseline.reform or _same(baseline, arm, name, pairs):
        zero = np.zeros(())
        return Interval(zero, zero, zero)
    return over_replications(pairs)


def verdict(found: Interval, level: float) -> Verdict:
    """What may be said of one difference, beside the baseline's figure `level`."""
    if not np.isfinite(found.low):
        return Verdict.UNCLEAR
    if found.low > 0 or found.high < 0:
        return Verdict.CLEAR
    widest = max(abs(float(found.low)), abs(float(found.high)))
    return Verdict.UNCHANGED if widest <= TIGHT * abs(level) else Verdict.UNCLEAR


def clear_from_week(differences: Values, whole: Interval) -> int | None:
    """First week from which a difference is clear and stays so on the same side; None if it never is.

    None too where the difference over the horizon is not clear on that side: a wait over the horizon is that
    of all who were placed, and no mean of its weeks.

    Looked at is the mean of the paired differences from the first week up to each week: what somebody who had
    followed both cities that long could tell.

    Parameters
    ----------
    differences
        Paired, shape (pairs, weeks).
    whole
        The difference over the horizon.
    """
    side = _side(over_replications(running_means(differences)))
    if not side.size or side[-1] == 0 or side[-1] != _side(whole):
        return None
    others = np.flatnonzero(side != side[-1])
    return int(others[-1]) + 1 if others.size else 0


def running_means(values: Values) -> Values:
    """Mean of each row from its first column up to each; columns that are NaN are passed over."""
    known = ~np.isnan(values)
    sums = np.cumsum(np.where(known, values, 0.0), axis=-1)
    counts = np.cumsum(known, axis=-1)
    with np.errstate(invalid="ignore"):
        return np.where(counts > 0, sums / counts, np.nan)


def _side(found: Interval) -> NDArray[np.int_]:
    return (found.low > 0).astype(np.int_) - (found.high < 0).astype(np.int_)


def _same(baseline: Arm, arm: Arm, name: str, pairs: Values) -> bool:
    """Whether both sides count the measure and found the same, or nothing, in every replication."""
    if not pairs.size or name not in baseline.total_names or name not in arm.total_names:
        return False
    numbers = shared_numbers(baseline, arm)
    nothing = np.isnan(baseline.totals(name, numbers)) & np.isnan(arm.totals(name, numbers))
    # The same figure once may be chance; nothing to measure is nothing, however seldom it is looked at.
    return bool(nothing.all() or (len(pairs) > 1 and (nothing | (pairs == 0)).all()))


def _totals(arm: Arm, name: str, numbers: tuple[int, ...]) -> Values:
    if name.startswith(BY_FORM) and name not in arm.total_names:
        return np.zeros(len(numbers))
    return arm.totals(name, numbers)


def _weekly(arm: Arm, name: str, numbers: tuple[int, ...]) -> Values:
    if name not in arm.names:
        weeks = next(iter(arm.results.values())).weekly.shape[1]
        return np.full((len(numbers), weeks), 0.0 if name.startswith(BY_FORM) else np.nan)
    return arm.weekly(name, numbers)
