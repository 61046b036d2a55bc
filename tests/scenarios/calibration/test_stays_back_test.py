"""Last year's stays against rates: what was expected is known where the rates are."""

from dataclasses import replace

import pytest

from scenarios.assumptions import Assumptions, load_assumptions
from scenarios.calibration.back_test import ALL, Ended, StaysBackTest, stays_back_test
from scenarios.calibration.end_reasons import ENDS
from scenarios.calibration.observed import CalibrationProblem
from tests.scenarios.calibration.cities import AS_OF, REASONS, city, simulated, stay

RATES = (0.01, 0.03, 0.02, 0.015)
"""Weekly rates of the three ends and of a move inside the stock."""


def with_rates(rates: tuple[float, ...]) -> Assumptions:
    return load_assumptions().replaced(
        {f"stays.akutboende.{end}": rate for end, rate in zip(ENDS, rates, strict=False)}
    )


def row(found: StaysBackTest, form: str | None, end: str = ALL) -> Ended:
    return next(one for one in found.tested if (one.form, one.end) == (form, end))


def test_the_true_rates_hold_and_others_do_not() -> None:
    dataset = simulated(3, RATES, beds=150)
    found = stays_back_test(dataset, AS_OF, with_rates(RATES))
    right = row(found, None)
    assert right.assumed.holds(right.seen)
    assert found.recorded_then == 1.0
    wrong = stays_back_test(dataset, AS_OF, with_rates(tuple(3 * rate for rate in RATES)))
    for end in (ALL, *ENDS):
        assert not row(wrong, None, end).assumed.holds(row(wrong, None, end).seen)


def test_the_intervals_cover_as_often_as_they_say() -> None:
    assumed = fitted = 0
    for seed in range(40):
        one = row(stays_back_test(simulated(seed, RATES, beds=12), AS_OF, with_rates(RATES)), None)
        assumed += one.assumed.holds(one.seen)
        fitted += one.fitted is not None and one.fitted.holds(one.seen)
    # 95 % of 40 less four standard deviations.
    assert min(assumed, fitted) >= 33


def test_weeks_watched_times_the_chance_is_what_is_expected() -> None:
    dataset = city(
        stay(1, "akutboende", 700),
        stay(2, "akutboende", 70, 35, REASONS[0]),
        stay(3, "stodboende", 14, 7, REASONS[3]),
    )
    found = stays_back_test(dataset, AS_OF, load_assumptions())
    chance = load_assumptions().value
    weekly = sum(chance(f"stays.akutboende.{end}") for end in ENDS)
    one = row(found, "akutboende")
    assert (one.stays, one.seen) == (2, 1)
    assert one.assumed.mean == pytest.approx((52 + 5) * weekly)
    assert one.fitted is None
    moved = row(found, "stodboende")
    assert (moved.stays, moved.seen) == (1, 0)
    assert row(found, None).assumed.mean == pytest.approx(one.assumed.mean + moved.assumed.mean)
    assert row(found, None, "own_home").seen == 1


def test_rates_learnt_beforehand_have_seen_nothing_of_the_year() -> None:
    dataset = simulated(5, RATES, beds=40)
    last_year = stays_back_test(dataset, AS_OF, load_assumptions()).window[0]
    changed = replace(
        dataset,
        stays=tuple(
            one.model_copy(update={"ended_on": AS_OF, "end_reason": REASONS[0]})
            if one.ended_on is not None and one.ended_on > last_year
            else one
            for one in dataset.stays
        ),
    )
    before, after = (row(stays_back_test(one, AS_OF, load_assumptions()), None) for one in (dataset, changed))
    assert before.fitted is not None
    assert after.fitted is not None
    # The weeks watched within the year differ, the rate learnt before it does not.
    assert before.fitted.mean / before.assumed.mean == pytest.approx(after.fitted.mean / after.assumed.mean)
    assert row(stays_back_test(changed, AS_OF, load_assumptions()), None).seen != before.seen


def test_a_year_without_a_stay_expects_nothing() -> None:
    found = stays_back_test(city(stay(1, "akutboende", 700, 600, REASONS[0])), AS_OF, load_assumptions())
    assert [(one.form, one.seen, one.assumed.mean, one.fitted) for one in found.tested] == [
        (None, 0, 0.0, None)
    ] * 4


def test_no_stays_and_stays_to_come_are_refused() -> None:
    with pytest.raises(CalibrationProblem, match="no_stays"):
        stays_back_test(city(), AS_OF, load_assumptions())
    with pytest.raises(CalibrationProblem, match="stay_to_come"):
        stays_back_test(city(stay(1, "akutboende", -3)), AS_OF, load_assumptions())
