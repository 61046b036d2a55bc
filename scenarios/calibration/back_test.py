"""Last year's stays as a back-test: how many ended, beside how many the rates would have expected to end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.dataset import Dataset
from models.forms import forms
from scenarios.assumptions.model import Assumptions
from scenarios.calibration.end_reasons import ENDS, KINDS
from scenarios.calibration.estimates import FEWEST_ENDS
from scenarios.calibration.hazards import CONFIDENCE, ends_seen
from scenarios.calibration.observed import CalibrationProblem, Observed, observe

YEAR_WEEKS = 52
FITTED_WEEKS = 104
"""Weeks before the year that is tested from which rates are learnt."""

ALL = "all"
PRIOR_EVENTS = 0.5
"""Half an event more (Jeffreys' prior), so that none seen does not make a rate certain."""

TAIL = (1 - CONFIDENCE) / 2


@dataclass(frozen=True, slots=True)
class Expected:
    """Ends that rates would have expected within the year: mean, and the 95 % that luck leaves room for."""

    mean: float
    low: float
    high: float

    def holds(self, seen: int) -> bool:
        """Whether what was seen lies within."""
        return self.low <= seen <= self.high


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended within the year, of one form or of all.

    Attributes
    ----------
    form
        Form id; None for all forms together.
    end
        A kind of end, or `all`, ends of unknown kind included. Moves inside the stock are none.
    stays
        Stays watched within the year.
    seen
        Stays that ended so.
    assumed
        By the rates in force, over the weeks that the stays were watched.
    fitted
        By the rates learnt from the two years before; None where too few stays ended then.
    """

    form: str | None
    end: str
    stays: int
    seen: int
    assumed: Expected
    fitted: Expected | None


@dataclass(frozen=True, slots=True)
class StaysBackTest:
    """A year's stays against the rates.

    Attributes
    ----------
    window, fitted_window
        First and last day of the year that is tested, and of the time from which rates were learnt.
    recorded_then
        Stays on record when the year began as a share of those when it ended; far below 1 many who left are
        not in the books, so that fewer ends are seen than there were.
    tested
        All ends of all forms, then each kind of end, then each form with a stay.
    """

    window: tuple[date, date]
    fitted_window: tuple[date, date]
    recorded_then: float
    tested: tuple[Ended, ...]


def stays_back_test(city: Dataset, as_of: date, assumptions: Assumptions) -> StaysBackTest:
    """Test the rates of the assumptions, and rates learnt beforehand, on the stays of the last year.

    Ends seen less chance times weeks watched is a martingale, so the ends expected are the weeks watched
    times the chance of a week (Andersen, Borgan, Gill and Keiding, Statistical Models Based on Counting
    Processes, 1993, VI.1). Their luck is that of a Poisson number; with rates learnt from n ends in w weeks
    it is negative binomial, since the rate itself then has a gamma distribution. Nothing of the
    year is known to the rates learnt before it.

    Raises
    ------
    CalibrationProblem
        If there are no stays, or some begin after the day.
    """
    year = observe(city, as_of, YEAR_WEEKS)
    before = _before(city, year.window[0])
    rates = {form: {end: assumptions.value(f"stays.{form}.{end}") for end in ENDS} for form in forms()}
    present = [form for form in forms() if (year.form == form).any()]
    now, then = (sum(of.values()) for of in (year.standing, year.standing_then))
    return StaysBackTest(
        year.window,
        (year.window[0] - timedelta(weeks=FITTED_WEEKS), year.window[0]),
        then / now if now else 1.0,
        (
            _tested(None, ALL, year, before, rates, present),
            *(_tested(None, end, year, before, rates, present) for end in ENDS),
            *(_tested(form, ALL, year.of(form), _of(before, form), rates, [form]) for form in present),
        ),
    )


def _before(city: Dataset, last: date) -> Observed | None:
    """The stays of the two years up to a day, as the books stood then; None when there was none."""
    known = tuple(stay for stay in city.stays if stay.started_on <= last)
    try:
        return observe(replace(city, stays=known), last, FITTED_WEEKS)
    except CalibrationProblem:
        return None


def _of(observed: Observed | None, form: str) -> Observed | None:
    return None if observed is None else observed.of(form)


def _tested(
    form: str | None,
    end: str,
    year: Observed,
    before: Observed | None,
    rates: Mapping[str, Mapping[str, float]],
    present: Sequence[str],
) -> Ended:
    watched = {name: float(year.weeks[year.form == name].sum()) for name in present}
    ways = ENDS if end == ALL else (end,)
    mean = sum(weeks * rates[name][way] for name, weeks in watched.items() for way in ways)
    return Ended(
        form,
        end,
        len(year.form),
        _ended(year, end),
        _poisson(mean),
        None if before is None else _learnt(before, end, watched),
    )


def _ended(observed: Observed, end: str) -> int:
    return ends_seen(observed) if end == ALL else int((observed.kind == KINDS.index(end)).sum())


def _poisson(mean: float) -> Expected:
    # scipy is heavy, and only a back-test asks for it.
    from scipy.stats import poisson

    if not mean:
        return Expected(0.0, 0.0, 0.0)
    return Expected(mean, float(poisson.ppf(TAIL, mean)), float(poisson.ppf(1 - TAIL, mean)))


def _learnt(before: Observed, end: str, watched: Mapping[str, float]) -> Expected | None:
    """What rates learnt form by form would have expected; those of several forms are added up.

    The sum of independent negative binomials is told by one with the same mean and variance.
    """
    from scipy.stats import nbinom

    if not watched or _ended(before, end) < FEWEST_ENDS:
        return None
    mean = unsure = 0.0
    for form, weeks in watched.items():
        own = before.of(form)
        if not len(own.form):
            # A form that nobody lived in then says nothing of itself: all forms speak for it.
            own = before
        times = weeks / float(own.weeks.sum())
        mean += _ended(own, end) * times
        unsure += (_ended(own, end) + PRIOR_EVENTS) * times**2
    size = mean**2 / unsure
    variance = mean + unsure
    low, high = (float(nbinom.ppf(at, size, mean / variance)) for at in (TAIL, 1 - TAIL))
    return Expected(mean, low, high)
