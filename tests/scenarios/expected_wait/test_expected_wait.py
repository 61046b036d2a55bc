"""Expected waits worked out by hand, who counts as alike, and forecasts that hold where they are right."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.expected_wait.answer import wait_answer
from scenarios.expected_wait.back_test import back_test
from scenarios.expected_wait.forecast import (
    FEWEST_PEERS,
    FEWEST_SPELLS,
    WITHIN_WEEKS,
    ExpectedWait,
    WaitProblem,
    expected_wait,
)
from scenarios.expected_wait.spells import spells_from_today

from .made import FORMS, drawn_waits, peers_of, waits_of


def test_by_hand() -> None:
    """Of four, one placed in week 3 and one in week 12, one leaves in week 5, one waits on."""
    city = peers_of(4)
    found = expected_wait(
        [waits_of(city, [0, 1, 2, 3], [3, 12, 5, 104], [1, 1, 2, 0], [0, 1, -1, -1])], city, 0
    )
    # A week's events are sure when the week is over: week 3 (from 0) ends four weeks from today.
    assert [one.value for one in found.any_place] == pytest.approx([0.25, 0.5, 0.5, 0.5])
    assert [one.value for one in found.otherwise] == pytest.approx([0, 0.25, 0.25, 0.25])
    assert [one.weeks for one in found.any_place] == list(WITHIN_WEEKS)
    assert (found.low, found.median, found.high) == (4, 13, np.inf)
    assert [(one.form, one.median) for one in found.forms] == [(0, 4), (1, 13)]
    assert (found.households, found.spells, found.horizon) == (4, 4, 104)


def test_a_wait_cut_off_early_is_censored() -> None:
    city = peers_of(2)
    found = expected_wait([waits_of(city, [0, 1], [2, 8], [0, 1], [-1, 0])], city, 0)
    assert found.any_place[1].value == pytest.approx(1)


def test_newcomers_and_second_waits_do_not_count() -> None:
    city = peers_of(2)
    today = waits_of(city, [0, 1], [0, 9], [1, 1], [0, 0])
    later = waits_of(city, [0], [50], [1], [1], from_day=70)
    again = waits_of(city, [0], [60], [1], [2], from_day=0)
    stranger = replace(waits_of(city, [0], [1], [1], [1]), household=np.array([999_999]))
    joined = type(today)(
        *(
            np.concatenate([getattr(part, name) for part in (today, again, later, stranger)])
            for name in today.__slots__
        )
    )
    spells = spells_from_today([joined], city.numbers)
    assert spells.row.tolist() == [0, 1]
    assert spells.weeks.tolist() == [1, 10]


def test_the_nearest_come_first_and_the_household_before_all() -> None:
    city = peers_of(
        7,
        tier=[1, 2, 1, 1, 1, 1, 1],
        segment=[0, 0, 3, 0, 0, 0, 0],
        profile=[0, 0, 0, 1, 0, 0, 0],
        forms=[7, 7, 7, 7, 3, 7, 7],
        waited=[300, 300, 300, 300, 300, 100, 300],
    )
    # Another form of three is one step, as is another profile; having waited a third as long is 0.93.
    assert city.nearest(0, 7).tolist() == [0, 6, 5, 3, 4, 2, 1]
    assert city.nearest(6, 2).tolist() == [6, 0]


def test_fewer_simulations_are_made_up_for_by_more_households() -> None:
    city = peers_of(200, tier=[i % 2 for i in range(200)])
    rng = np.random.default_rng(1)
    rates = np.where(np.arange(200) % 2 == 0, 0.5, 0.01)
    many = [drawn_waits(rng, city, rates) for _ in range(40)]
    one, ten, forty = (expected_wait(many[:n], city, 0) for n in (1, 10, 40))
    assert (one.households, ten.households, forty.households) == (FEWEST_SPELLS, 10, FEWEST_PEERS)
    assert (one.spells, ten.spells, forty.spells) == (100, 100, 200)
    assert ten.same == {"tier": 10, "segment": 10, "profile": 10}
    # The quick are told from the slow by their tier.
    assert ten.median <= 3
    assert expected_wait(many[:10], city, 1).median > 20


def test_whoever_has_no_possible_form_is_never_like_those_who_have() -> None:
    city = peers_of(40, forms=[0] * 20 + [7] * 20)
    waits = waits_of(city, list(range(40)), [104] * 20 + [2] * 20, [0] * 20 + [1] * 20, [-1] * 20 + [1] * 20)
    closed, open_ = expected_wait([waits], city, 0), expected_wait([waits], city, 30)
    assert (closed.households, closed.any_place[-1].value, closed.forms) == (20, 0, ())
    assert open_.any_place[0].value == pytest.approx(1)


def test_a_form_of_others_says_that_it_is_closed_to_the_household() -> None:
    city = peers_of(4, forms=[1, 3, 3, 3])
    found = expected_wait([waits_of(city, [0, 1, 2, 3], [1, 1, 1, 1], [1] * 4, [0, 1, 1, 1])], city, 0)
    assert {one.form: one.open for one in found.forms} == {0: True, 1: False}


def test_who_does_not_wait_is_refused() -> None:
    city = peers_of(2)
    housed = replace(city, waits=np.array([True, False]))
    with pytest.raises(WaitProblem) as problem:
        expected_wait([waits_of(city, [0, 1], [1, 1], [1, 1], [0, 0])], housed, 1)
    assert problem.value.key == "not_waiting"


def test_one_simulation_says_nothing_of_its_own_error() -> None:
    city = peers_of(2)
    found = expected_wait([waits_of(city, [0, 1], [1, 30], [1, 1], [0, 0])], city, 0)
    assert (found.any_place[0].low, found.any_place[0].high) == (0, 1)


def test_more_simulations_narrow_the_interval() -> None:
    city, rng = peers_of(30), np.random.default_rng(6)
    many = [drawn_waits(rng, city, np.full(30, 0.03)) for _ in range(40)]
    few, all_of_them = (expected_wait(some, city, 0).any_place[2] for some in (many[:5], many))
    assert all_of_them.high - all_of_them.low < few.high - few.low
    true = 0.03 / 0.035 * (1 - np.exp(-0.035 * 26))
    assert all_of_them.low < true < all_of_them.high


def test_never_seen_is_not_impossible() -> None:
    city, rng = peers_of(30), np.random.default_rng(6)
    found = expected_wait([drawn_waits(rng, city, np.full(30, 1e-9)) for _ in range(5)], city, 0)
    assert found.any_place[0].value == 0
    assert 0 < found.any_place[0].high < 0.1


@given(
    st.lists(
        st.tuples(st.integers(0, 104), st.integers(0, 2), st.integers(0, FORMS - 1)), min_size=1, max_size=30
    )
)
def test_chances_hold_together(rows: list[tuple[int, int, int]]) -> None:
    city = peers_of(len(rows))
    weeks, ended, forms = (list(column) for column in zip(*rows, strict=True))
    forms = [form if end == 1 else -1 for form, end in zip(forms, ended, strict=True)]
    found = expected_wait([waits_of(city, list(range(len(rows))), weeks, ended, forms)], city, 0)
    for w in range(len(WITHIN_WEEKS)):
        by_form = sum(one.chances[w].value for one in found.forms)
        assert by_form == pytest.approx(found.any_place[w].value)
        assert by_form + found.otherwise[w].value <= 1 + 1e-9
    assert_rising(found)


def assert_rising(found: ExpectedWait) -> None:
    for chances in (found.any_place, found.otherwise, *(one.chances for one in found.forms)):
        values = [one.value for one in chances]
        assert values == sorted(values)
        assert all(0 <= one.low <= one.value + 1e-9 and one.value <= one.high + 1e-9 for one in chances)
    assert found.low <= found.median <= found.high
    assert all(one.low <= one.median <= one.high for one in found.forms)


def test_right_forecasts_cover_four_in_five_and_wrong_ones_do_not() -> None:
    rng = np.random.default_rng(3)
    tiers = [i % 3 for i in range(90)]
    city = peers_of(90, tier=tiers)
    rates = np.array([0.3, 0.05, 0.01])[tiers]
    fitted = spells_from_today([drawn_waits(rng, city, rates) for _ in range(20)], city.numbers)
    same = spells_from_today([drawn_waits(rng, city, rates) for _ in range(20)], city.numbers)
    other = spells_from_today([drawn_waits(rng, city, rates * 4) for _ in range(20)], city.numbers)
    right, wrong = back_test(fitted, same, city, seed=1), back_test(fitted, other, city, seed=1)
    assert 0.77 <= right.coverage <= 0.83
    assert all(0.74 <= share <= 0.86 for share, _ in right.coverage_of(city.marks["tier"]).values())
    assert np.histogram(right.rank, 5, (0, 1))[0] / len(right.rank) == pytest.approx([0.2] * 5, abs=0.03)
    assert wrong.coverage < 0.7


def test_the_answer_is_plain_data() -> None:
    city = peers_of(2)
    found = expected_wait([waits_of(city, [0, 1], [1, 104], [1, 0], [2, -1])], city, 0)
    answer = wait_answer(found, ("a", "b", "c"))
    assert answer["any_place"]["interval_80_weeks"] == [2, None]
    assert list(answer["forms"]) == ["c"]
    assert answer["forms"]["c"]["open"] is True
