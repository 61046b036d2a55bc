"""What a stay costs, by the city's own stays: in own places, procured ones, and as many nights in a hotel."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models.dataset import Dataset
from models.forms import forms
from models.households import Household
from models.stock import Pool
from scenarios.assumptions.model import Assumptions
from scenarios.calibration.calibration import COMPLETE
from scenarios.calibration.end_reasons import KINDS
from scenarios.calibration.estimates import FEWEST_ENDS
from scenarios.calibration.hazards import hazard, hazard_of_standing
from scenarios.calibration.observed import OPEN, Observed, observe

YEAR_WEEKS = 52
PROCURED = "upphandlad"
TRIAL = "forsokslagenhet"
NIGHTS_A_WEEK = 7
NIGHTS_A_MONTH = 365.25 / 12

Kind = Literal["own", "procured"]
Method = Literal["watched", "standing"]
"""Lengths from the stays that were seen to end, or from how long those who live there now have done so."""


@dataclass(frozen=True, slots=True)
class Parts:
    """SEK of one stay: the place, days it stands empty, support brought home, restoration afterwards."""

    place: float
    void: float
    support: float
    restoration: float

    @property
    def whole(self) -> float:
        """All of it."""
        return self.place + self.void + self.support + self.restoration


@dataclass(frozen=True, slots=True)
class StayCost:
    """What a stay costs in a form, or in all forms of a kind.

    Attributes
    ----------
    form
        Form id; None for all forms of the kind whose places have a price.
    places, residents
        Places that stand today, and households that live there.
    stays
        Stays watched within the year.
    night_sek
        SEK a night for a place, None where no pool has a price.
    days, days_low, days_high
        Mean length of a stay with its 95 % interval; None when it would rest on fewer than FEWEST_ENDS stays.
    parts
        SEK of a stay of that length; None without a length or a price.
    procured_sek, hotel_sek
        SEK for as many nights in a procured place, and for a household in a hotel.
    """

    kind: Kind
    form: str | None
    places: int
    residents: int
    stays: int
    night_sek: float | None
    days: float | None
    days_low: float | None
    days_high: float | None
    parts: Parts | None
    procured_sek: float | None
    hotel_sek: float | None


@dataclass(frozen=True, slots=True)
class StayCosts:
    """Costs of stays side by side; the prices of a night in SEK, None where there is no procured place.

    recorded_then: stays on record a year ago as a share of those now. method: where that is far below 1, many
    stays that are over are not in the books, and lengths are those of the households that live there now.
    """

    window: tuple[date, date]
    recorded_then: float
    method: Method
    hotel_night_sek: float
    procured_night_sek: float | None
    rows: tuple[StayCost, ...]


@dataclass(frozen=True, slots=True)
class _Year:
    """A form's year: weeks lived there, stays that were over in them, and SEK of all those weeks by part.

    rests_on: stays behind the number of those over, which need not be whole.
    """

    form: str
    places: int
    residents: int
    stays: int
    over: float
    rests_on: int
    weeks: float
    night_sek: float | None
    sums: Parts


def stay_costs(city: Dataset, as_of: date, assumptions: Assumptions, step: int = 1) -> StayCosts:
    """Costs of stays over the last year: what its nights cost, over the number of stays that were over.

    Places cost what the city says, and empty days are as many as stand empty today for each place that is
    lived in. Lengths are those of the year's stays; where the books lack stays of people who have left, they
    are those of the households that live there now (`hazard_of_standing`). Support, restoration and the hotel
    are priced by the assumptions.

    Parameters
    ----------
    step
        Every count of people is rounded to this many before costs are counted, so that these tell nobody's
        number.

    Raises
    ------
    CalibrationProblem
        If there are no stays, or some begin after the day.
    """
    observed = observe(city, as_of, YEAR_WEEKS)
    now, then = (sum(counts.values()) for counts in (observed.standing, observed.standing_then))
    recorded = then / now if now else 1.0
    method: Method = "watched" if recorded >= COMPLETE else "standing"
    years = [
        _year(city, as_of, form, observed.of(form), method, assumptions, step)
        for form in forms()
        if any(pool.form == form for pool in city.pools)
    ]
    hotel = assumptions.value("cost.hotel_night_sek")
    procured = next((one.night_sek for one in years if one.form == PROCURED), None)
    own = [one for one in years if one.form != PROCURED]
    bought = [one for one in years if one.form == PROCURED]
    rows: list[StayCost] = []
    for kind, of in (("own", own), ("procured", bought)):
        priced = [one for one in of if one.night_sek is not None]
        if priced:
            rows.append(_row("own" if kind == "own" else "procured", None, priced, procured, hotel))
    rows += [_row("own", one.form, [one], procured, hotel) for one in own]
    return StayCosts(observed.window, recorded, method, hotel, procured, tuple(rows))


def _year(
    city: Dataset,
    as_of: date,
    form: str,
    observed: Observed,
    method: Method,
    assumptions: Assumptions,
    step: int,
) -> _Year:
    pools = [pool for pool in city.pools if pool.form == form and _stands(pool, as_of)]
    standing = {pool.pool_id for pool in pools}
    residents = [row for row in city.households if row.current_pool_id in standing]
    lived_in, places = _rounded(len(residents), step), sum(pool.capacity for pool in pools)
    empty = _rounded(max(places - len(residents), 0), step)
    weeks = float(observed.weeks.sum())
    over, rests_on = _over(observed, method)
    night = _night(pools)
    place = NIGHTS_A_WEEK * weeks * (night or 0.0)
    month = _support(residents, assumptions, step) if forms()[form].own_flat else 0.0
    restored = over * (1 - _taken_over(form, observed, step) * assumptions.value("lease_takeover.share"))
    return _Year(
        form,
        places,
        len(residents),
        len(observed.form),
        over,
        rests_on,
        weeks,
        night,
        Parts(
            place,
            place * empty / lived_in if lived_in else 0.0,
            NIGHTS_A_WEEK * weeks * month / NIGHTS_A_MONTH,
            restored * assumptions.value(f"cost.restoration_sek.{form}"),
        ),
    )


def _over(observed: Observed, method: Method) -> tuple[float, int]:
    """How many stays were over in the weeks watched, and how many stays say so."""
    ended, goes_on = int((observed.kind != OPEN).sum()), int((observed.kind == OPEN).sum())
    if method == "watched":
        return ended, ended
    if not goes_on:
        return 0.0, 0
    return hazard_of_standing(observed).value * float(observed.weeks.sum()), goes_on


def _support(residents: Sequence[Household], assumptions: Assumptions, step: int) -> float:
    """SEK a month of support brought home, the mean of some residents."""
    needs = Counter(row.support_need for row in residents)
    counts = {need: _rounded(count, step) for need, count in needs.items()}
    month = sum(count * assumptions.value(f"cost.support_month_sek.{need}") for need, count in counts.items())
    return month / sum(counts.values()) if month else 0.0


def _taken_over(form: str, observed: Observed, step: int) -> float:
    """Share of the trial flats left in which the tenant took a home of their own; those are not restored."""
    over = _rounded(int((observed.kind != OPEN).sum()), step)
    if form != TRIAL or not over:
        return 0.0
    return min(1.0, _rounded(int((observed.kind == KINDS.index("own_home")).sum()), step) / over)


def _row(
    kind: Kind, form: str | None, years: Sequence[_Year], procured: float | None, hotel: float
) -> StayCost:
    over, nights = sum(one.over for one in years), NIGHTS_A_WEEK * sum(one.weeks for one in years)
    rests_on = sum(one.rests_on for one in years)
    known = rests_on >= FEWEST_ENDS and over > 0
    days = nights / over if known else None
    # The interval of a number of stays, whatever their lengths.
    luck = hazard(rests_on, rests_on) if known else None
    priced = years[0].night_sek is not None
    place, void, support, restoration = (sum(part) for part in zip(*map(_sums, years), strict=True))
    return StayCost(
        kind,
        form,
        sum(one.places for one in years),
        sum(one.residents for one in years),
        sum(one.stays for one in years),
        years[0].night_sek if form or not nights else place / nights,
        days,
        days / luck.high if days and luck else None,
        days / luck.low if days and luck else None,
        Parts(place / over, void / over, support / over, restoration / over) if known and priced else None,
        days * procured if days and procured is not None else None,
        days * hotel if days else None,
    )


def _sums(year: _Year) -> Iterator[float]:
    yield from (year.sums.place, year.sums.void, year.sums.support, year.sums.restoration)


def _stands(pool: Pool, day: date) -> bool:
    opened = pool.opens_on is None or pool.opens_on <= day
    return opened and (pool.closes_on is None or pool.closes_on > day)


def _night(pools: Sequence[Pool]) -> float | None:
    """SEK a night, the mean of places whose price is known; None when there is none."""
    priced = [pool for pool in pools if pool.monthly_cost_sek is not None and pool.capacity]
    if not priced:
        return None
    month = sum((pool.monthly_cost_sek or 0) * pool.capacity for pool in priced)
    return month / sum(pool.capacity for pool in priced) / NIGHTS_A_MONTH


def _rounded(count: int, step: int) -> int:
    return step * round(count / step)
