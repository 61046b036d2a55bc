"""Weeks gathered into calendar months, so that the way to a new balance shows and not only the end."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from scenarios.experiments.interval import Values


@dataclass(frozen=True, slots=True)
class Months:
    """Calendar months of a horizon; a week belongs to the month in which it begins.

    Attributes
    ----------
    labels
        As 2026-01; the first and the last may be cut off.
    first_week
        First week of each month, shape (months,).
    """

    labels: tuple[str, ...]
    first_week: NDArray[np.int_]


def months_of(as_of: date, weeks: int) -> Months:
    """The months in which the weeks begin; week w begins 7 w days after the as-of date."""
    names = [(as_of + timedelta(weeks=week)).strftime("%Y-%m") for week in range(weeks)]
    first = [week for week in range(weeks) if week == 0 or names[week] != names[week - 1]]
    return Months(tuple(names[week] for week in first), np.array(first, dtype=np.int_))


def by_month(values: Values, months: Months) -> Values:
    """Mean of each month's weeks, weeks that are NaN passed over, shape (replications, months).

    Flows too are told a week, so that a month of five weeks does not stand out among those of four.
    """
    known = ~np.isnan(values)
    sums = np.add.reduceat(np.where(known, values, 0.0), months.first_week, axis=-1)
    counts = np.add.reduceat(known.astype(np.float64), months.first_week, axis=-1)
    with np.errstate(invalid="ignore"):
        return np.where(counts > 0, sums / counts, np.nan)
