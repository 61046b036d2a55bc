"""How long stays last, and whether the chance of an end changes with time: the shape behind a single rate."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.calibration.end_reasons import KINDS, MOVED_ON
from scenarios.calibration.observed import OPEN, Observed
from scenarios.incidence import cumulative_incidence

NORMAL_95 = 1.959963984540054
TAIL = 0.025
DECIMALS = 12
FEWEST_AT_RISK = 5
"""With fewer stays of an age than this the curve goes by single cases, and is read no further."""

KEPT_AFTER = (52.0, 104.0)
"""Weeks after moving in at which it is asked who still has a home: twelve and 24 months."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long stays in a form last, moves inside the stock censored.

    Attributes
    ----------
    median, median_low, median_high
        Kaplan-Meier median of weeks with its 95 % interval; infinity where it is not reached while at least
        FEWEST_AT_RISK stays are watched.
    shape, shape_low, shape_high
        Shape of a Weibull distribution: 1 is a constant chance, below 1 those who stayed long tend to stay.
        Infinite where all that ended were equally long and none was watched for longer.
    """

    median: float
    median_low: float
    median_high: float
    shape: float
    shape_low: float
    shape_high: float


@dataclass(frozen=True, slots=True)
class Kept:
    """Share that still has a home some weeks after moving in: there, or in a home of their own since.

    value, low, high
        Estimate and 95 % interval.
    followed
        Stays watched at that age or later, or ended before it.
    """

    weeks: float
    value: float
    low: float
    high: float
    followed: int


def length_of_stays(observed: Observed) -> Length:
    """Kaplan-Meier and Weibull with delayed entry, from the lifelines library.

    Where so few were watched early that the product would be 0 from then on, the curve is that of Breslow,
    Fleming and Harrington, which the library advises then.

    Raises
    ------
    ValueError
        If no stay ended: there is nothing to fit.
    """
    # lifelines brings pandas, and only a calibration asks for it.
    from lifelines import WeibullFitter
    from lifelines.utils import median_survival_times

    ended = _ended(observed)
    if not ended.any():
        raise ValueError("no stay ended, so that lengths have no shape: pool forms first")
    km = _curve(observed)
    limits = median_survival_times(km.confidence_interval_)
    watched = km.event_table["at_risk"]
    last = float(watched.index[watched >= FEWEST_AT_RISK].max())
    medians = (median_survival_times(km.survival_function_), limits.iloc[0, 0], limits.iloc[0, 1])
    median, low, high = (float(m) if m <= last else math.inf for m in medians)
    # The likelihood then rises with the shape for ever, and a fit stops at any large number.
    if (observed.exit[ended] == observed.exit.max()).all():
        return Length(median, low, high, math.inf, math.inf, math.inf)
    weibull = WeibullFitter().fit(observed.exit, ended, entry=observed.entry).summary.loc["rho_"]
    shape = float(weibull["coef"])
    # On the scale of logarithms, where a shape cannot fall below 0.
    factor = math.exp(NORMAL_95 * float(weibull["se(coef)"]) / shape)
    return Length(median, low, high, shape, shape / factor, shape * factor)


def _curve(observed: Observed) -> Any:
    from lifelines import BreslowFlemingHarringtonFitter, KaplanMeierFitter
    from lifelines.exceptions import StatError

    arguments = {"event_observed": _ended(observed), "entry": observed.entry}
    try:
        return KaplanMeierFitter().fit(observed.exit, **arguments)
    except StatError:
        return BreslowFlemingHarringtonFitter().fit(observed.exit, **arguments)


def still_housed(observed: Observed) -> tuple[Kept, ...]:
    """Share that still has a home after twelve and 24 months; a lease taken over is a home, a move on too.

    One minus the Aalen-Johansen incidence of going back to homelessness or leaving, with an own home as the
    competing end, and a limit on the scale log(-log) so that it stays between 0 and 1. Where nobody is lost,
    or everybody, the limits are the exact ones of so many trials (C. J. Clopper and E. S. Pearson, The use of
    confidence or fiducial limits, Biometrika 26, 1934). Stays that ended in an unknown way count as lost. An
    age that no stay was followed to is left out.
    """
    own = KINDS.index("own_home")
    kind = np.where(_ended(observed), np.where(observed.kind == own, 1, 0), -1)
    found = cumulative_incidence(observed.entry, observed.exit, kind, kinds=2)
    kept = []
    for weeks in KEPT_AFTER:
        # A product of shares need not come to just 0 or 1.
        lost = round(found.at(weeks, 0), DECIMALS)
        followed = int(((observed.entry < weeks) & ((observed.exit >= weeks) | (kind >= 0))).sum())
        if followed:
            low, high = _limits(1 - lost, found.variance_at(weeks, 0), followed)
            kept.append(Kept(weeks, 1 - lost, low, high, followed))
    return tuple(kept)


def _limits(share: float, variance: float, trials: int) -> tuple[float, float]:
    """95 % limits of a share on the scale log(-log); at 0 and 1 those of trials that all ended alike."""
    if not 0 < share < 1:
        unseen = 1 - TAIL ** (1 / trials)
        return (share - unseen, share) if share > 0 else (share, share + unseen)
    width = NORMAL_95 * variance**0.5 / (share * abs(np.log(share)))
    return float(share ** np.exp(width)), float(share ** np.exp(-width))


def _ended(observed: Observed) -> NDArray[np.bool_]:
    return np.asarray((observed.kind != OPEN) & (observed.kind != KINDS.index(MOVED_ON)))
