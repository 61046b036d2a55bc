"""Stays: the present one of every resident, and earlier ones of the last three years."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import log

import numpy as np

from models.codes import Admits, Fact, Sex, Situation
from models.stock import Pool, Stay
from scenarios.demo_city.dates import days_ago, days_since
from scenarios.demo_city.drafts import Draft
from scenarios.demo_city.draws import between, chance, draw
from scenarios.demo_city.figures import people
from scenarios.demo_city.stock import pools


class Calendar:
    """Places taken in each pool on each day of the window, so that no house was ever overfull."""

    def __init__(self) -> None:
        self.row = {pool.pool_id: index for index, pool in enumerate(pools())}
        self.taken = np.zeros((len(pools()), people("history")["window_days"]), dtype=np.int64)

    def take(self, pool: Pool, started_on: date, ended_on: date | None) -> bool:
        """Takes a place from one day to another (the last not included); False when a day is full."""
        row = self.row[pool.pool_id]
        first = max(0, days_since(ended_on) if ended_on else 0)
        last = min(days_since(started_on), self.taken.shape[1])
        days = self.taken[row, first:last]
        if days.size and days.max() >= pool.capacity:
            return False
        days += 1
        return True


def stays(rng: np.random.Generator, drafts: Sequence[Draft]) -> tuple[Stay, ...]:
    """All stays, present and past; past ones do not overlap and lie after homelessness began."""
    calendar = Calendar()
    rows = []
    for draft in drafts:
        household, pool = draft.household, draft.pool
        if pool and household.moved_in_on:
            calendar.take(pool, household.moved_in_on, None)
            rows.append(
                Stay(
                    household_id=household.household_id,
                    pool_id=pool.pool_id,
                    started_on=household.moved_in_on,
                )
            )
    for draft in drafts:
        rows += earlier_stays(rng, draft, calendar)
    return tuple(sorted(rows, key=lambda stay: (stay.household_id, stay.pool_id, stay.started_on)))


def earlier_stays(rng: np.random.Generator, draft: Draft, calendar: Calendar) -> list[Stay]:
    """Ended stays of one household, walked backwards from its present place or from today."""
    history = people("history")
    rehoused = draft.pool is None and draft.household.situation == Situation.HOUSED
    kind = "rehoused" if rehoused else "resident" if draft.pool else "waiting"
    number = int(draw(rng, history[f"earlier_stays_{kind}"]))
    away = between(rng, *history["rehoused_days"]) if rehoused else 0
    later = draft.household.moved_in_on or days_ago(away)
    rows: list[Stay] = []
    for step in range(number):
        first_back = step == 0
        direct = chance(rng, history["direct_move"]) and not (first_back and kind == "waiting")
        gap = 0 if direct or (rehoused and first_back) else between(rng, *history["gap_days"])
        ended_on = later - timedelta(days=gap)
        pool = _earlier_pool(rng, draft, "last_forms_rehoused" if rehoused and first_back else "forms")
        if pool is None:
            break
        started_on = ended_on - timedelta(days=_length(rng, pool.form))
        began = draft.household.homeless_since
        outside = days_since(ended_on) > history["window_days"] or (began and started_on < began)
        if outside or not calendar.take(pool, started_on, ended_on):
            break
        if rehoused and first_back:
            reason = history["home_reason"]
        else:
            reason = history["moved_on_reason"] if direct else draw(rng, history["left_reasons"])
        rows.append(
            Stay(
                household_id=draft.household.household_id,
                pool_id=pool.pool_id,
                started_on=started_on,
                ended_on=ended_on,
                end_reason=reason,
            )
        )
        later = started_on
    return rows


def took(pool: Pool, draft: Draft) -> bool:
    """Whether a pool took such a household by sex, age (with years to spare), children and number."""
    sex = {Admits.WOMEN: Sex.WOMAN, Admits.MEN: Sex.MAN}.get(pool.admits)
    persons = len(draft.sexes) + len(draft.children)
    return (
        (sex is None or all(one == sex for one in draft.sexes))
        and (pool.min_age is None or min(draft.ages) >= pool.min_age + 3)
        and (pool.max_age is None or max(draft.ages) <= pool.max_age)
        and (pool.max_persons is None or persons <= pool.max_persons)
        and (not draft.children or pool.children == Fact.YES)
        and pool.opens_on is None
        and pool.pool_id != draft.household.current_pool_id
    )


def _earlier_pool(rng: np.random.Generator, draft: Draft, table: str) -> Pool | None:
    """A pool that took such a household: first the form by its share, then the pool by its size.

    None when there is no such pool, as for a family larger than any flat.
    """
    shares = people("history")[f"{table}_family" if draft.children else table]
    homes = [pool for pool in pools() if pool.form in shares and took(pool, draft)]
    if not homes:
        return None
    offered = {pool.form for pool in homes}
    form = draw(rng, {form: share for form, share in shares.items() if form in offered})
    sizes = {pool.pool_id: float(pool.capacity) for pool in homes if pool.form == form}
    pool_id = draw(rng, sizes)
    return next(pool for pool in homes if pool.pool_id == pool_id)


def _length(rng: np.random.Generator, form: str) -> int:
    """Days of an ended stay: exponential, its mean a share of the median of present stays in the form."""
    mean = people("time")["in_place"][form][3] * people("history")["ended_stay_share"]
    return 1 + int(-log(1.0 - rng.random()) * mean)
