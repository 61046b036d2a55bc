"""Rates drawn from their intervals: the same for the same luck, spread as the data allow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma

from scenarios.assumptions import Assumptions, Entry
from scenarios.calibration.drawn import drawn, drawn_rate, events_behind, luck
from scenarios.calibration.hazards import hazard

SOME = hazard(8, 400)
ASSUMPTIONS = Assumptions(
    {
        "stays.a.left": Entry(SOME.value, "a week", "calibrated", "stays", SOME.low, SOME.high),
        "stays.b.left": Entry(SOME.value, "a week", "calibrated", "stays", SOME.low, SOME.high),
        "stays.c.left": Entry(0.02, "a week", "assumed", "assumed", 0.01, 0.03),
        "stays.d.left": Entry(0.02, "a week", "calibrated", "stays"),
    }
)


@given(events=st.integers(0, 2000), weeks=st.floats(1, 1e5))
def test_the_events_behind_an_interval_are_found_again(events: int, weeks: float) -> None:
    found = hazard(events, weeks)
    assert events_behind(found.value, found.high) == pytest.approx(events, rel=1e-6, abs=1e-6)


def test_an_interval_of_no_width_draws_nothing() -> None:
    assert events_behind(0.1, 0.1) is None
    assert drawn_rate(0.1, 0.1, 0.9) == 0.1


def test_draws_follow_the_gamma_distribution() -> None:
    chances = np.linspace(0.05, 0.95, 7)
    ours = [drawn_rate(SOME.value, SOME.high, chance) for chance in chances]
    assert ours == pytest.approx(gamma.ppf(chances, 8.5) / 400)


def test_a_rate_never_seen_is_drawn_above_nothing() -> None:
    never = hazard(0, 400)
    assert 0 < drawn_rate(0, never.high, 0.5) < never.high


def test_only_calibrated_rates_with_an_interval_are_drawn() -> None:
    one = drawn(ASSUMPTIONS, seed=1, replication=0)
    changed = {key for key, entry in one.entries.items() if entry != ASSUMPTIONS.entries[key]}
    assert changed == {"stays.a.left", "stays.b.left"}
    assert one.value("stays.a.left") != one.value("stays.b.left")
    assert one.digest != ASSUMPTIONS.digest


def test_the_same_luck_for_the_same_replication_and_no_other() -> None:
    assert drawn(ASSUMPTIONS, 1, 3).entries == drawn(ASSUMPTIONS, 1, 3).entries
    values = {drawn(ASSUMPTIONS, seed, r).value("stays.a.left") for seed in (1, 2) for r in range(20)}
    assert len(values) == 40


def test_luck_is_even() -> None:
    values = np.array([luck(5, r, "stays.a.left") for r in range(2000)])
    assert values.mean() == pytest.approx(0.5, abs=0.03)
    assert np.quantile(values, 0.1) == pytest.approx(0.1, abs=0.03)
