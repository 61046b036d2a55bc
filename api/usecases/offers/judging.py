"""Judging a pair again as an offer goes on: what was true when it was proposed may not be any longer."""

from typing import Any

import numpy as np

from api.usecases.city_view import CityView
from api.usecases.offers.refusals import OfferRefused
from api.usecases.work import Work
from models.store.homes import quota_is_full
from models.store.pins import live_pins
from optimiser.compatibility import eligibility
from optimiser.kleene import NO
from optimiser.reasons.explain import explain_pools


def judge(work: Work, view: CityView, household_id: str, pool_id: str) -> None:
    """Judge a pair by what is known now.

    Parameters
    ----------
    view
        The city as it is inside this transaction.

    Raises
    ------
    OfferRefused
        When the pair no longer suits (and by which rules), is blocked, or would go past a quota of the year.
    """
    row, column = view.row_of.get(household_id), view.pool_at.get(pool_id)
    if row is None or column is None:
        raise OfferRefused("no_longer_suits")
    if eligibility(view.assessment, np.array([row]))[0, column] == NO:
        raise OfferRefused("no_longer_suits", changed=failing(view, row, column))
    within_limits(work, view, household_id, pool_id)


def within_limits(work: Work, view: CityView, household_id: str, pool_id: str) -> None:
    """Refuse a pair that is blocked, or a form whose quota of the year is used up by entries and promises.

    Raises
    ------
    OfferRefused
        When it is.
    """
    day = view.assessment.instance.as_of
    _, blocks = live_pins(work.connection, day)
    if (household_id, pool_id) in blocks:
        raise OfferRefused("pair_not_open")
    household, pool = view.households[household_id], view.pools[pool_id]
    # What other units have been promised counts too.
    with work.city_wide():
        full = quota_is_full(work.connection, pool.form, household.responsible_unit, day.year, promised=True)
    if full:
        raise OfferRefused("quota_full")


def failing(view: CityView, row: int, column: int) -> dict[str, Any]:
    """The rules that a pair fails, by their ids."""
    (told,) = explain_pools(view.assessment, row, [column])
    return {"rules": [verdict.rule.rule_id for verdict in told.verdicts if verdict.verdict == "fail"]}


def unknown_of(view: CityView, row: int, column: int) -> set[str]:
    """What a pair waits for: facts of the household, or the rules where it is the place that is not known."""
    (told,) = explain_pools(view.assessment, row, [column])
    waiting = (v.rule for v in told.verdicts if v.verdict == "unknown" and v.rule.when_unknown == "hold")
    return set(told.needs) or {rule.rule_id for rule in waiting}
