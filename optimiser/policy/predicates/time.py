"""Moving on: when a move is a step up, and for how long a no keeps a pool away."""

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.instance import one_of
from optimiser.kleene import PASS, Truth, crisp
from optimiser.policy.conditions import ends_within
from optimiser.policy.predicates.registry import Index, Values, predicate


def _describe_step(
    a: Assessment,
    h: int,
    p: int,
    *,
    same_level_days: int,
    downward_days: int,
    overdue_days: int,
    not_counted: list[str],
) -> tuple[Values, Values]:
    observed: Values = {
        "level": int(a.instance.pools["level"][p]),
        "situation_ends_on": a.day(a.instance.households["situation_ends_on"][h]),
        "current_pool_fails": bool(a.unsuitable[h]),
    }
    limit = {"present_level": int(a.present_level[h]), "same_level_days": same_level_days}
    return observed, {**limit, "downward_days": downward_days}


@predicate(_describe_step)
def step_up(
    a: Assessment,
    h: Index,
    p: Index,
    *,
    same_level_days: int,
    downward_days: int,
    overdue_days: int,
    not_counted: list[str],
) -> Truth:
    """A move leads up; sideways when the present place ends or is wrong; anywhere when it ends at once."""
    present, level = a.present_level[h], a.instance.pools["level"][p]
    sideways = ends_within(a.instance, same_level_days, overdue_days) | a.unsuitable
    at_once = ends_within(a.instance, downward_days, overdue_days)
    return crisp((level > present) | ((level == present) & sideways[h]) | at_once[h])


def _describe_decline(
    a: Assessment, h: int, p: int, *, household_days: int, provider_days: int, exempt_levels: list[int]
) -> tuple[Values, Values]:
    declines = a.instance.declines
    mine = (declines.household == h) & (declines.pool == p) & (declines.day <= 0)
    last = [
        (a.day(day), "provider" if provider else "household")
        for day, provider in sorted(zip(declines.day[mine], declines.by_provider[mine], strict=True))[-1:]
    ]
    observed: Values = {"declined_on": last[0][0], "by": last[0][1]} if last else {"declined_on": None}
    return observed, {"household_days": household_days, "provider_days": provider_days}


def _blocking(
    a: Assessment, household_days: int, provider_days: int, exempt_levels: list[int]
) -> NDArray[np.bool_]:
    declines = a.instance.declines
    exempt = one_of(a.instance.pools["level"], exempt_levels)[declines.pool]
    within = np.where(declines.by_provider, provider_days, np.where(exempt, -1, household_days))
    return np.asarray((declines.day <= 0) & (declines.day >= -within))


def _has_declines(
    a: Assessment, *, household_days: int, provider_days: int, exempt_levels: list[int]
) -> NDArray[np.bool_]:
    concerned = np.zeros(a.instance.n, dtype=bool)
    concerned[a.instance.declines.household[_blocking(a, household_days, provider_days, exempt_levels)]] = (
        True
    )
    return concerned


@predicate(_describe_decline, concerns=_has_declines)
def no_recent_decline(
    a: Assessment, h: Index, p: Index, *, household_days: int, provider_days: int, exempt_levels: list[int]
) -> Truth:
    """Nobody has said no to this pair lately; the as-of date and the last day of the pause both count."""
    declines = a.instance.declines
    blocking = _blocking(a, household_days, provider_days, exempt_levels)
    width = max(a.instance.m, 1)
    said_no = declines.household[blocking].astype(np.int64) * width + declines.pool[blocking]
    pairs = h.astype(np.int64) * width + p
    if not said_no.size:
        return np.full(pairs.shape, PASS)
    said_no.sort()
    nearest = said_no[np.minimum(np.searchsorted(said_no, pairs), len(said_no) - 1)]
    return crisp(nearest != pairs)
