"""What ties households to pools and to each other: offers declined, and those who must be kept apart."""

from collections.abc import Callable, Sequence

import numpy as np

from models.codes import DeclinedBy, Situation, SubstanceUse
from models.households import Conflict, Decline
from models.stock import Pool
from scenarios.demo_city.dates import days_ago
from scenarios.demo_city.drafts import Draft
from scenarios.demo_city.draws import between, chance, draw, one_of
from scenarios.demo_city.figures import people
from scenarios.demo_city.history import took
from scenarios.demo_city.stock import pools


def declines(rng: np.random.Generator, drafts: Sequence[Draft]) -> tuple[Decline, ...]:
    """Noes of the last year, one per household and pool, by the household or by the provider."""
    table = people("declines")
    asked = [draft for draft in drafts if draft.household.situation != Situation.HOUSED]
    rows: dict[tuple[str, str], Decline] = {}
    while len(rows) < table["number"]:
        draft = one_of(rng, asked)
        offered = [pool for pool in pools() if took(pool, draft)]
        if not offered:
            continue
        pool = one_of(rng, offered)
        by = draw(rng, table["by"])
        reason = draw(rng, table["provider_reasons" if by == "provider" else "household_reasons"])
        days = between(rng, 0, 20) if chance(rng, table["recent"]) else between(rng, 15, 365)
        key = (draft.household.household_id, pool.pool_id)
        rows[key] = Decline(
            household_id=key[0],
            pool_id=key[1],
            declined_on=days_ago(days),
            by=None if by == "blank" else DeclinedBy(by),
            reason=reason,
        )
    return tuple(rows[key] for key in sorted(rows))


def conflicts(rng: np.random.Generator, drafts: Sequence[Draft]) -> tuple[Conflict, ...]:
    """Pairs who must never share a facility: in one waiting group, a resident and someone waiting, others."""
    table = people("conflicts")
    singles = [draft for draft in drafts if draft.counted and len(draft.sexes) == 1]
    waiting = [draft for draft in singles if draft.pool is None]
    housed = [draft for draft in singles if draft.pool and draft.pool.form in ("akutboende", "stodboende")]
    pairs: set[tuple[str, str]] = set()

    def add(number: int, first: Sequence[Draft], fits: Callable[[Draft, Draft], bool]) -> None:
        for _ in range(number):
            one = one_of(rng, first)
            others = [other for other in singles if other is not one and fits(one, other)]
            other = one_of(rng, others)
            pairs.add(_pair(one, other))

    street = [draft for draft in waiting if _street_and_using(draft)]
    add(table["same_waiting_group"], street, lambda a, b: _street_and_using(b) and a.sexes == b.sexes)
    add(table["resident_and_waiting"], housed, lambda a, b: b.pool is None and _would_fit(a.pool, b))
    add(table["both_resident"], housed, lambda a, b: a.pool == b.pool)
    add(table["apart"], waiting, lambda _, b: b.pool is None)
    return tuple(Conflict(household_id_a=one, household_id_b=other) for one, other in sorted(pairs))


def _pair(one: Draft, other: Draft) -> tuple[str, str]:
    first, second = sorted((one.household.household_id, other.household.household_id))
    return first, second


def _street_and_using(draft: Draft) -> bool:
    household = draft.household
    return (
        household.situation in (Situation.ROUGH_SLEEPING, Situation.HOTEL_HOSTEL)
        and household.substance_use == SubstanceUse.ACTIVE
        and draft.pool is None
    )


def _would_fit(pool: Pool | None, draft: Draft) -> bool:
    return pool is not None and took(pool, draft)
