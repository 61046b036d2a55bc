"""Stays as a window of time shows them: from what age each is watched, until what age, and how it ended."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from models.dataset import Dataset
from scenarios.calibration.end_reasons import KINDS, UNKNOWN, kind_of_end

OPEN = -1
"""Kind of end of a stay that goes on."""

DAYS_A_WEEK = 7.0
SAME_DAY = 0.5
"""Days of a stay that ended on the day it began: half a day, so that it is watched at all."""


class CalibrationProblem(Exception):
    """Stays from which nothing can be learnt.

    Attributes
    ----------
    key
        `no_stays` or `stay_to_come`.
    records
        The stays at fault, as household, pool and day of start.
    """

    def __init__(self, key: str, records: tuple[str, ...] = ()) -> None:
        super().__init__(f"{key}: {'; '.join(records)}" if records else key)
        self.key = key
        self.records = records


@dataclass(frozen=True, slots=True)
class Observed:
    """Stays watched within a window, one entry a stay, all (k,).

    Attributes
    ----------
    window
        First and last day that is watched.
    form
        Form id of the place.
    entry, exit
        Weeks lived there when the watching began (0 for a stay that began within the window) and ended.
    kind
        Index into KINDS, OPEN for a stay that went on when the watching ended.
    standing, standing_then
        Recorded stays by form on the last day of the window and on its first.
    unknown_reasons
        Reasons that are no known words, with the number of stays; a blank one is "".
    """

    window: tuple[date, date]
    form: NDArray[np.str_]
    entry: NDArray[np.float64]
    exit: NDArray[np.float64]
    kind: NDArray[np.int8]
    standing: Mapping[str, int]
    standing_then: Mapping[str, int]
    unknown_reasons: Mapping[str, int]

    @property
    def weeks(self) -> NDArray[np.float64]:
        """Weeks each stay was watched, shape (k,)."""
        return self.exit - self.entry

    def of(self, *forms: str) -> "Observed":
        """The stays in some forms."""
        at = np.isin(self.form, forms)
        return Observed(
            self.window,
            self.form[at],
            self.entry[at],
            self.exit[at],
            self.kind[at],
            {form: self.standing.get(form, 0) for form in forms},
            {form: self.standing_then.get(form, 0) for form in forms},
            self.unknown_reasons,
        )


def observe(city: Dataset, as_of: date, weeks: int) -> Observed:
    """Watch the city's stays over the last weeks before a day.

    A table of stays holds those who live somewhere now and, of those who left, the ones whose case is still
    on the books. Long stays are more likely to be standing on any given day (length bias), so each stay is
    watched only within the window, and one that had begun before it enters at the age it then had (left
    truncation): it adds no weeks in which it could not have been seen to end. A stay that goes on, or whose
    end lies after the last day, is censored there.

    Parameters
    ----------
    as_of
        Last day of the window.
    weeks
        Length of the window, weeks.

    Raises
    ------
    CalibrationProblem
        If the city has no stays, or some that begin after the day.
    """
    if not city.stays:
        raise CalibrationProblem("no_stays")
    to_come = [s for s in city.stays if s.started_on > as_of]
    if to_come:
        named = tuple(f"{s.household_id}, {s.pool_id}, {s.started_on.isoformat()}" for s in to_come)
        raise CalibrationProblem("stay_to_come", named)
    form_of = {pool.pool_id: pool.form for pool in city.pools}
    first = as_of - timedelta(weeks=weeks)
    rows: list[tuple[str, float, float, int]] = []
    now, then, unknown = Counter[str](), Counter[str](), Counter[str]()
    for stay in city.stays:
        form = form_of[stay.pool_id]
        ended = stay.ended_on if stay.ended_on is not None and stay.ended_on <= as_of else None
        now[form] += ended is None
        then[form] += stay.started_on <= first and (ended is None or ended > first)
        if ended is not None and ended <= first:
            continue
        kind = OPEN if ended is None else KINDS.index(kind_of_end(stay.end_reason))
        if kind == KINDS.index(UNKNOWN):
            unknown[(stay.end_reason or "").strip()] += 1
        age = float(((ended or as_of) - stay.started_on).days)
        entry = float(max(0, (first - stay.started_on).days))
        rows.append((form, entry / DAYS_A_WEEK, max(age, entry + SAME_DAY) / DAYS_A_WEEK, kind))
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return Observed(
        (first, as_of),
        np.array(columns[0], dtype=np.str_),
        np.array(columns[1], dtype=np.float64),
        np.array(columns[2], dtype=np.float64),
        np.array(columns[3], dtype=np.int8),
        dict(now),
        dict(then),
        dict(sorted(unknown.items())),
    )
