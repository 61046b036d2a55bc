"""Cumulative incidence against hand-made cases, the lifelines library, and itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter

from scenarios.incidence import cumulative_incidence


def test_by_hand() -> None:
    entry = np.zeros(4)
    found = cumulative_incidence(entry, np.array([1.0, 2.0, 2.0, 4.0]), np.array([0, 1, -1, 0]), 2)
    assert found.times.tolist() == [1, 2, 4]
    assert found.chance[:, 0].tolist() == pytest.approx([0.25, 0.25, 0.75])
    assert found.chance[:, 1].tolist() == pytest.approx([0, 0.25, 0.25])
    assert found.at(0.5, 0) == 0
    assert found.at(3, 1) == pytest.approx(0.25)
    assert found.time_of(0.25, 0) == 1
    assert found.time_of(0.8, 0) == np.inf


def test_late_entry_is_at_risk_only_from_then_on() -> None:
    found = cumulative_incidence(np.array([0.0, 3.0]), np.array([2.0, 5.0]), np.array([0, 0]), 1)
    assert found.chance[:, 0].tolist() == [1, 1]
    later = cumulative_incidence(np.array([0.0, 1.0]), np.array([2.0, 5.0]), np.array([0, 0]), 1)
    assert later.chance[:, 0].tolist() == [0.5, 1]


def test_agrees_with_lifelines_on_estimate_and_variance() -> None:
    rng = np.random.default_rng(4)
    life, until = rng.exponential(10, 300), rng.exponential(14, 300)
    kind = np.where(life < until, rng.integers(0, 2, 300), -1)
    seen = np.minimum(life, until)
    ours = cumulative_incidence(np.zeros(300), seen, kind, 2)
    theirs = AalenJohansenFitter(calculate_variance=True).fit(seen, kind + 1, event_of_interest=1)
    for time in (1.0, 5.0, 12.0, 30.0):
        assert ours.at(time, 0) == pytest.approx(theirs.predict(time))
        assert ours.variance_at(time, 0) == pytest.approx(theirs.variance_.loc[:time].iloc[-1])


def test_agrees_with_kaplan_meier_under_late_entry() -> None:
    rng = np.random.default_rng(5)
    life = rng.exponential(10, 400)
    entry = np.where(rng.random(400) < 0.5, life * rng.random(400), 0)
    ended = rng.random(400) < 0.7
    ours = cumulative_incidence(entry, life, np.where(ended, 0, -1), 1)
    theirs = KaplanMeierFitter().fit(life, ended, entry=entry)
    for time in (2.0, 8.0, 20.0):
        assert 1 - ours.at(time, 0) == pytest.approx(theirs.predict(time))


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(-1, 2)), min_size=1, max_size=40))
def test_chances_rise_and_never_exceed_certainty(rows: list[tuple[int, int]]) -> None:
    exits, kinds = (np.array(column) for column in zip(*rows, strict=True))
    found = cumulative_incidence(np.zeros(len(rows)), exits.astype(float), kinds, 3)
    assert (np.diff(found.chance, axis=0) >= 0).all()
    assert (found.chance.sum(axis=1) <= 1 + 1e-9).all()
    assert (found.variance >= 0).all()


def test_weights_are_as_repeated_rows() -> None:
    exits, kinds = np.array([1.0, 2.0, 3.0]), np.array([0, -1, 1])
    twice = cumulative_incidence(np.zeros(4), np.array([1.0, 1.0, 2.0, 3.0]), np.array([0, 0, -1, 1]), 2)
    weighed = cumulative_incidence(np.zeros(3), exits, kinds, 2, np.array([2.0, 1.0, 1.0]))
    assert weighed.chance == pytest.approx(twice.chance)
