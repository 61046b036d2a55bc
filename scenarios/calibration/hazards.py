"""Chances that a stay ends, with exact intervals: events over the time in which they could have happened."""

from dataclasses import dataclass

import numpy as np

from scenarios.calibration.end_reasons import ENDS, KINDS, MOVED_ON, UNKNOWN
from scenarios.calibration.observed import OPEN, Observed

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Hazard:
    """How often something happens to a household in a place, per week.

    value, low, high
        Estimate and 95 % interval, per week lived there.
    events
        Times it was seen; ends of unknown kind are shared out, so it need not be whole.
    weeks
        Household-weeks watched.
    """

    value: float
    low: float
    high: float
    events: float
    weeks: float


def hazard(events: float, weeks: float) -> Hazard:
    """Rate of a Poisson process with Garwood's exact interval.

    The limits are quantiles of gamma distributions (F. Garwood, Fiducial limits for the Poisson distribution,
    Biometrika 28, 1936). With no event the estimate is 0 and only the upper limit says something.

    Raises
    ------
    ValueError
        If there is no time watched, or less than no event.
    """
    # scipy is heavy, and only a calibration asks for it.
    from scipy.stats import gamma

    if not weeks > 0 or events < 0:
        raise ValueError(f"{events} events in {weeks} weeks is no rate: give weeks above 0 and events from 0")
    tail = (1 - CONFIDENCE) / 2
    low = float(gamma.ppf(tail, events)) / weeks if events > 0 else 0.0
    return Hazard(events / weeks, low, float(gamma.ppf(1 - tail, events + 1)) / weeks, events, weeks)


def cause_specific(observed: Observed) -> dict[str, Hazard]:
    """Hazard of each kind of end, moving on included, on the stays given.

    Each kind is counted over the same weeks: a stay that ends another way was at risk until then (competing
    risks, cause-specific). Ends of unknown kind are shared out as the known ones are; where none is known
    they count as going back to homelessness, which promises nothing.
    """
    weeks = float(observed.weeks.sum())
    seen = {kind: float((observed.kind == KINDS.index(kind)).sum()) for kind in (*ENDS, MOVED_ON)}
    unknown = float((observed.kind == KINDS.index(UNKNOWN)).sum())
    known = sum(seen.values())
    if known:
        seen = {kind: n * (1 + unknown / known) for kind, n in seen.items()}
    else:
        seen["homeless"] = unknown
    return {kind: hazard(n, weeks) for kind, n in seen.items()}


def weekly_chance(rate: float, others: float) -> float:
    """Chance that a stay ends this way within a week, when it may also end otherwise at the rate `others`."""
    total = rate + others
    return rate / total * -float(np.expm1(-total)) if total > 0 else 0.0


def ends_seen(observed: Observed) -> int:
    """Stays seen to end within the window; moves inside the stock are none."""
    return int(((observed.kind != OPEN) & (observed.kind != KINDS.index(MOVED_ON))).sum())


def hazard_of_standing(observed: Observed) -> Hazard:
    """Rate at which stays would end if the houses had always been as full as now: a check, no estimate.

    With constant inflow and a constant chance of ending, the time that those who live somewhere have lived
    there has the same mean as whole stays (the current duration design), and nobody is missing who left and
    is no longer on the books. Moves inside the stock count as ends here.

    Raises
    ------
    ValueError
        If nobody lives there now.
    """
    ages = observed.exit[observed.kind == OPEN]
    return hazard(float(len(ages)), float(ages.sum()))
