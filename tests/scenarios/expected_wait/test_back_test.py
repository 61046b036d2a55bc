"""The demo city: who is like whom, and forecasts held against simulations that they have not seen."""

import numpy as np
import pytest

from models.codes import Situation
from models.dataset import Dataset
from optimiser.compatibility import assess
from optimiser.instance_build import build_instance
from optimiser.policy.load import load_policy_data
from scenarios.assumptions import load_assumptions
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from scenarios.expected_wait.back_test import back_test
from scenarios.expected_wait.peers import Peers, peers
from scenarios.expected_wait.simulated import simulated_waits
from scenarios.expected_wait.spells import spells_from_today
from scenarios.segments import SEGMENTS

POLICY = load_policy_data()


@pytest.fixture(scope="module")
def city() -> Dataset:
    return build_demo_city()


@pytest.fixture(scope="module")
def demo(city: Dataset) -> Peers:
    return peers(assess(POLICY.on(DEMO_AS_OF), build_instance(city, DEMO_AS_OF)))


def test_those_who_wait_are_those_without_a_place(city: Dataset, demo: Peers) -> None:
    rows = sorted(city.households, key=lambda row: row.household_id)
    homeless = [row.current_pool_id is None and row.situation != Situation.HOUSED for row in rows]
    assert demo.waits.tolist() == homeless


def test_the_nearest_share_what_decides(demo: Peers) -> None:
    shares = {mark: [] for mark in demo.marks}
    for h in np.flatnonzero(demo.waits)[::37].tolist():
        found = demo.nearest(h, 10)
        assert found[0] == h
        assert demo.waits[found].all()
        for mark, values in demo.marks.items():
            shares[mark].append(float((values[found] == values[h]).mean()))
    assert all(np.mean(values) > 0.8 for values in shares.values())


def test_women_who_use_drugs_have_no_womens_support_but_some_form_is_open(demo: Peers) -> None:
    women = demo.marks["segment"] == SEGMENTS.index("woman_tolerant_high")
    assert demo.open_forms[women & demo.waits].any(axis=1).mean() > 0.9


@pytest.mark.slow
def test_eight_in_ten_waits_fall_in_their_intervals(city: Dataset, demo: Peers) -> None:
    """Fitted on eight simulations of the demo city, held against four others."""
    told = []
    simulated = simulated_waits(
        city, DEMO_AS_OF, load_assumptions(), POLICY, 12, seed=8, progress=lambda *n: told.append(n)
    )
    assert told == [(done, 12) for done in range(1, 13)]
    spells = spells_from_today(simulated, demo.numbers)
    first = spells.replication < 8
    found = back_test(spells.only(first), spells.only(~first), demo, seed=1)
    assert len(found.rank) > 5000
    assert 0.75 <= found.coverage <= 0.85
    # No kind of household is promised too much or too little by far, nor those who have waited long.
    waited = np.searchsorted([92, 366, 1096], demo.waited, side="right")
    for marks in (demo.marks["segment"], demo.marks["tier"], waited):
        shares = found.coverage_of(marks).values()
        assert all(0.7 <= share <= 0.9 for share, n in shares if n >= 250)


@pytest.mark.slow
def test_the_same_waits_whoever_does_the_work(city: Dataset) -> None:
    alone, together = (
        simulated_waits(city, DEMO_AS_OF, load_assumptions(), POLICY, 2, seed=4, processes=processes)
        for processes in (1, 2)
    )
    for mine, theirs in zip(alone, together, strict=True):
        assert (mine.household == theirs.household).all()
        assert (mine.until_day == theirs.until_day).all()
