"""A calibration: every rate that a city's own data can tell, beside the assumption in force now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.codes import Situation
from models.dataset import Dataset
from models.forms import forms
from optimiser.policy.model import Policy
from scenarios.calibration.arrivals import Arrivals, arrivals
from scenarios.calibration.end_reasons import KINDS, kind_of_end
from scenarios.calibration.estimates import FEWEST_ENDS, Estimate, FormStays, form_stays, stay_estimates
from scenarios.calibration.lengths import Kept, Length, length_of_stays, still_housed
from scenarios.calibration.observed import Observed, observe

WINDOW_WEEKS = 52
"""Weeks looked back for stays: a year, so that seasons weigh alike."""

COMPLETE = 0.9
"""Least share of the stays of today that must be on record a window ago, where the houses were as full then.
Below it stays of people who have left the books are missing, and chances of an end come out too low."""

STABLE_FORM = "bostad_forst"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a city's own data tell of the rates of a simulation.

    Attributes
    ----------
    window
        First and last day that stays were watched.
    estimates
        Weekly chances of the ends of stays, form by form, then arrivals by segment.
    forms
        What the window shows of each form with a stay in it.
    lengths
        How long stays last, by form, where enough ended.
    kept
        Share still housed after entering Bostad först (Housing First).
    arrivals
        Who came.
    ends
        Stays that ended within the window, by kind of end, moves inside the stock and unknown kinds included.
    unknown_reasons
        Reasons in no list of words, with their number; a blank one is "".
    seen_again
        Of the stays whose household went its own way, how many belong to one that has a later stay or has no
        home now: it left the place, not the city.
    """

    window: tuple[date, date]
    estimates: tuple[Estimate, ...]
    forms: tuple[FormStays, ...]
    lengths: Mapping[str, Length]
    kept: tuple[Kept, ...]
    arrivals: Arrivals
    ends: Mapping[str, int]
    unknown_reasons: Mapping[str, int]
    seen_again: int

    @property
    def recorded_then(self) -> float:
        """Stays on record at the start of the window as a share of those at its end; 1 without any."""
        now = sum(one.standing for one in self.forms)
        return sum(one.standing_then for one in self.forms) / now if now else 1.0

    @property
    def complete(self) -> bool:
        """Whether about as many stays are on record a window ago as now, so that few can be missing."""
        return self.recorded_then >= COMPLETE


def calibrate(city: Dataset, as_of: date, policy: Policy, weeks: int = WINDOW_WEEKS) -> Calibration:
    """Estimate how stays end and who comes, from the city's stays and households.

    Parameters
    ----------
    policy
        Says who is a candidate, and so who waits.
    weeks
        Weeks before the day over which stays are watched.

    Raises
    ------
    CalibrationProblem
        If there are no stays, or some begin after the day.
    """
    observed = observe(city, as_of, weeks)
    came = arrivals(city, as_of, policy)
    shown = tuple(form_stays(observed, form) for form in forms() if (observed.form == form).any())
    enough = [one.form for one in shown if one.ends >= FEWEST_ENDS]
    stable = observed.of(STABLE_FORM)
    return Calibration(
        observed.window,
        (*stay_estimates(observed), *came.estimates),
        shown,
        {form: length_of_stays(observed.of(form)) for form in enough},
        still_housed(stable) if len(stable.form) else (),
        came,
        _by_kind(observed),
        observed.unknown_reasons,
        _seen_again(city, observed.window),
    )


def _seen_again(city: Dataset, window: tuple[date, date]) -> int:
    housed = {row.household_id for row in city.households if row.situation == Situation.HOUSED}
    last = {stay.household_id: date.min for stay in city.stays}
    for stay in city.stays:
        last[stay.household_id] = max(last[stay.household_id], stay.started_on)
    return sum(
        stay.ended_on is not None
        and window[0] < stay.ended_on <= window[1]
        and kind_of_end(stay.end_reason) == "left"
        and (stay.household_id not in housed or last[stay.household_id] >= stay.ended_on)
        for stay in city.stays
    )


def _by_kind(observed: Observed) -> dict[str, int]:
    return {name: int((observed.kind == i).sum()) for i, name in enumerate(KINDS)}
