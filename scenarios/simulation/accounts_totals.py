"""From the books to a trajectory: names of measures and groups, totals over the horizon, waits pooled."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from scenarios.simulation.accounts_waits import PLACED, SHARES, quantiles_of_groups
from scenarios.simulation.measures import GROUPS, MEASURES, NOT_SPLIT, TIERED
from scenarios.simulation.trajectory import Trajectory, Waits

Series = NDArray[np.float64]

POOLED = ("wait_median_days", "wait_p90_days")
"""Measures of those placed, one for each of SHARES."""


def trajectory_of(
    scenario: str,
    replication: int,
    by_group: Mapping[str, Series],
    city_wide: Mapping[str, Series],
    by_form: Mapping[str, Series],
    form_ids: tuple[str, ...],
    waits: Waits,
) -> Trajectory:
    """The trajectory that the books tell.

    Parameters
    ----------
    by_group
        Measure -> its weeks for all and for each group, shape (1 + groups, weeks).
    city_wide
        Measure -> its weeks, shape (weeks,).
    by_form
        Measure -> its weeks for each form, shape (forms, weeks).
    """
    weeks = len(next(iter(city_wide.values())))
    by_group = {**by_group, **dict(zip(POOLED, _weeks_of_placed(waits, weeks), strict=True))}
    pooled = dict(
        zip(POOLED, _quantiles_of_placed(waits, np.ones(len(waits.ended), dtype=bool)), strict=True)
    )
    weekly: dict[str, Series] = {}
    totals: dict[str, float] = {}
    for measure, summing in MEASURES.items():
        if measure in city_wide:
            weekly[measure] = city_wide[measure]
        else:
            for column, name in columns_of(measure):
                weekly[name] = by_group[measure][column].copy()
                if summing == "pooled":
                    totals[name] = float(pooled[measure][column])
        for form, series in zip(form_ids, by_form.get(measure, ()), strict=False):
            weekly[f"{measure}.{form}"] = series.copy()
    for name, series in weekly.items():
        if name not in totals:
            totals[name] = total(MEASURES[name.partition(".")[0]] == "sum", series)
    return Trajectory(scenario, replication, weekly, {name: totals[name] for name in weekly}, waits)


def columns_of(measure: str) -> list[tuple[int, str]]:
    """Columns of a measure by group that are told, and their names; column 0 is everybody."""
    told = [(0, measure)]
    if measure not in NOT_SPLIT:
        told += [
            (1 + g, f"{measure}.{group}")
            for g, group in enumerate(GROUPS)
            if measure in TIERED or not group.startswith("tier_")
        ]
    return told


def total(is_flow: bool, series: Series) -> float:
    """The sum of a flow; the mean of a stock over the weeks that have it, NaN when none has."""
    if is_flow:
        return float(series.sum())
    known = series[~np.isnan(series)]
    return float(known.mean()) if known.size else np.nan


def _quantiles_of_placed(waits: Waits, some: NDArray[np.bool_]) -> Series:
    placed = some & (waits.ended == PLACED)
    return quantiles_of_groups((waits.until_day - waits.from_day)[placed], waits.groups[placed])


def _weeks_of_placed(waits: Waits, weeks: int) -> Series:
    """SHARES of the waits of those placed in each week, shape (shares, 1 + groups, weeks)."""
    placed = np.flatnonzero(waits.ended == PLACED)
    week = waits.until_day[placed] // 7
    days, groups = (waits.until_day - waits.from_day)[placed], waits.groups[placed]
    found = np.full((len(SHARES), 1 + len(GROUPS), weeks), np.nan)
    order = np.argsort(week, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(week[order])) + 1):
        if part.size:
            found[:, :, week[part[0]]] = quantiles_of_groups(days[part], groups[part])
    return found
