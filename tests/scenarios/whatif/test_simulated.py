"""What a reform says reaches the simulation: each kind of change moves the accounts, an idle one does not."""

from functools import cache

import numpy as np
import pytest

from scenarios.assumptions import load_assumptions
from scenarios.simulation.run import simulate
from scenarios.simulation.trajectory import Trajectory

from .made import AS_OF, OPEN, compiled, made, small_city


@cache
def lived(*entries: str) -> Trajectory:
    """Twenty weeks of the small city under some changes."""
    reform = compiled(made(*entries), weeks=20, city=small_city())
    return simulate(small_city(), AS_OF, reform, load_assumptions(), 1, 0)


def same_weeks(one: Trajectory, other: Trajectory) -> bool:
    """Whether every account of every week is the same."""
    return all(np.array_equal(one.weekly[name], other.weekly[name], equal_nan=True) for name in one.weekly)


@pytest.mark.parametrize(
    "entry",
    [
        OPEN + "children = 'yes'",
        "kind = 'close_pool'\npool = 'P001'\nfrom_week = 2\nuntil_week = 6",
        "kind = 'capacity'\nform = 'forsokslagenhet'\nby = 5",
        "kind = 'convert'\npool = 'P009'\nadmits = 'women'",
        "kind = 'arrivals'\nsegments = 'all'\nfactor = 3",
        "kind = 'stays'\nform = 'all'\nfactor = 5",
        "kind = 'stays'\nform = 'all'\nfactor = 20\noutcome = 'homeless'",
        "kind = 'quota'\nform = 'forsokslagenhet'\nplaces = 9",
        "kind = 'budget'\nsek_per_month = 0",
        "kind = 'refusals'\nfactor = 0",
        "kind = 'rule'\nrule = 'not_first_hand'\nremove = true",
        "kind = 'matching'\nway = 'first_come'",
    ],
)
def test_every_kind_moves_the_accounts(entry: str) -> None:
    assert not same_weeks(lived(entry), lived())


@pytest.mark.parametrize(
    "entry",
    [
        "kind = 'refusals'\nfactor = 1",
        "kind = 'stays'\nform = 'all'\nfactor = 1\noutcome = 'left'",
        "kind = 'capacity'\npool = 'P001'\nfactor = 1",
        "kind = 'budget'\nsek_per_month = 0\nfrom_week = 20",
        "kind = 'matching'\nway = 'optimum'",
    ],
)
def test_a_change_of_nothing_moves_nothing(entry: str) -> None:
    assert same_weeks(lived(entry), lived())
