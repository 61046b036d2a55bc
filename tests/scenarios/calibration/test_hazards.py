"""Rates worked out by hand, exact intervals, and rates found again where they are known."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.calibration.end_reasons import ENDS
from scenarios.calibration.hazards import cause_specific, hazard, hazard_of_standing, weekly_chance
from scenarios.calibration.observed import observe

from .cities import AS_OF, city, simulated, stay


def test_events_over_weeks_with_the_exact_interval() -> None:
    found = hazard(10, 200)
    assert found.value == 0.05
    # Exact 95 % limits of a Poisson mean for ten events are 4.795 and 18.390 (Garwood).
    assert (found.low, found.high) == pytest.approx((4.795 / 200, 18.390 / 200), rel=1e-3)


def test_no_event_leaves_only_an_upper_limit() -> None:
    found = hazard(0, 100)
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(-math.log(0.025) / 100)


@pytest.mark.parametrize(("events", "weeks"), [(1, 0), (-1, 10), (1, -5)])
def test_no_time_is_no_rate(events: float, weeks: float) -> None:
    with pytest.raises(ValueError, match="give weeks above 0"):
        hazard(events, weeks)


def test_hazards_of_a_small_city_by_hand() -> None:
    # 10 + 20 + 30 + 40 + 50 = 150 weeks; one end of each kind and one stay that goes on.
    rows = city(
        stay(1, "akutboende", 100, 30, "eget hem"),
        stay(2, "akutboende", 170, 30, "åter i hemlöshet"),
        stay(3, "akutboende", 240, 30, "lämnade själv"),
        stay(4, "akutboende", 310, 30, "vidare till annat boende"),
        stay(5, "akutboende", 350),
    )
    found = cause_specific(observe(rows, AS_OF, 52))
    assert {kind: rate.value for kind, rate in found.items()} == pytest.approx(
        {"own_home": 1 / 150, "homeless": 1 / 150, "left": 1 / 150, "moved_on": 1 / 150}
    )


def test_ends_of_unknown_kind_are_shared_out() -> None:
    known = [stay(n, "akutboende", 80, 10, "eget hem" if n < 3 else "åter i hemlöshet") for n in range(4)]
    unknown = [stay(n, "akutboende", 80, 10, "?") for n in range(4, 6)]
    found = cause_specific(observe(city(*known, *unknown), AS_OF, 52))
    assert found["own_home"].events == 4.5
    assert found["homeless"].events == 1.5
    alone = cause_specific(observe(city(*unknown), AS_OF, 52))
    assert alone["homeless"].events == 2
    assert alone["own_home"].events == 0


def test_those_who_live_there_tell_the_rate_of_a_house_always_full() -> None:
    found = hazard_of_standing(observe(simulated(3, (0.02, 0.02, 0.01, 0.02), beds=400), AS_OF, 52))
    assert found.low < 0.07 < found.high


@given(rate=st.floats(0, 3), others=st.floats(0, 3))
def test_weekly_chances_share_what_is_left_of_certainty(rate: float, others: float) -> None:
    mine, theirs = weekly_chance(rate, others), weekly_chance(others, rate)
    assert 0 <= mine <= 1
    assert mine + theirs == pytest.approx(-math.expm1(-(rate + others)))


@given(events=st.integers(0, 400), weeks=st.floats(0.5, 1e5))
def test_an_interval_holds_its_estimate_and_narrows_with_data(events: int, weeks: float) -> None:
    found, more = hazard(events, weeks), hazard(4 * events, 4 * weeks)
    assert found.low <= found.value < found.high
    assert more.high - more.low < found.high - found.low


def test_known_hazards_are_found_again_under_censoring_and_truncation() -> None:
    true = dict(zip((*ENDS, "moved_on"), (0.004, 0.02, 0.01, 0.012), strict=True))
    covered = total = 0
    for seed in range(60):
        found = cause_specific(observe(simulated(seed, tuple(true.values()), beds=40), AS_OF, 52))
        covered += sum(found[kind].low <= rate <= found[kind].high for kind, rate in true.items())
        total += len(true)
    # Exact intervals hold the truth at least 95 times in 100; 240 tries leave room for luck.
    assert covered / total >= 0.92


def test_whole_lengths_of_ended_stays_alone_would_be_wrong() -> None:
    """The check that the window matters: means of ended stays overstate how often stays end."""
    seen = observe(simulated(1, (0.002, 0.002, 0.001, 0.001), beds=300), AS_OF, 52)
    ended = seen.kind >= 0
    naive = ended.sum() / seen.weeks[ended].sum()
    found = sum(rate.value for rate in cause_specific(seen).values())
    assert naive > 1.5 * 0.006
    assert found == pytest.approx(0.006, rel=0.25)
