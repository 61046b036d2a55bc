"""Small cities of stays, and simulated ones whose hazards are known."""

from datetime import date, timedelta

import numpy as np

from models.codes import Situation, Support
from models.dataset import Dataset
from models.households import Household
from models.stock import Pool, Stay

AS_OF = date(2026, 1, 15)


def days_ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


def household(household_id: str, **columns: object) -> Household:
    told = {"situation": Situation.ROUGH_SLEEPING, "support_need": Support.DAILY, **columns}
    return Household(household_id=household_id, **told)


def pool(form: str) -> Pool:
    return Pool(pool_id=f"P-{form}", name=form, form=form, district="Farsta", capacity=500)


def stay(number: int, form: str, started: int, ended: int | None = None, reason: str | None = None) -> Stay:
    """A stay by how many days ago it started and ended."""
    return Stay(
        household_id=f"H{number:04}",
        pool_id=f"P-{form}",
        started_on=days_ago(started),
        ended_on=None if ended is None else days_ago(ended),
        end_reason=reason,
    )


def city(*stays: Stay) -> Dataset:
    forms = sorted({one.pool_id.removeprefix("P-") for one in stays})
    names = sorted({one.household_id for one in stays})
    return Dataset(
        households=tuple(household(name) for name in names),
        pools=tuple(pool(form) for form in forms),
        stays=stays,
    )


REASONS = ("eget hem", "åter i hemlöshet", "lämnade själv", "vidare till annat boende")


def simulated(seed: int, rates: tuple[float, ...], form: str = "akutboende", beds: int = 60) -> Dataset:
    """Beds that are always taken, for 1,000 weeks; rates a week in the order of REASONS."""
    rng = np.random.default_rng(seed)
    stays, number = [], 0
    for _ in range(beds):
        start = 7000
        while start > 0:
            length = 1 + int(rng.exponential(7 / sum(rates)))
            reason = REASONS[int(rng.choice(len(rates), p=np.array(rates) / sum(rates)))]
            end = start - length
            stays.append(stay(number, form, start, end, reason) if end > 0 else stay(number, form, start))
            start, number = end, number + 1
    return city(*stays)
