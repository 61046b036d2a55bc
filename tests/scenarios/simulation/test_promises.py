"""Proposals, what households say to them, and places kept until they move in."""

from datetime import date, timedelta

import numpy as np
import pytest

from models.dataset import Dataset
from models.stock import Quota
from optimiser.instance import HOUSEHOLD_CODES, NONE, code_of
from scenarios.simulation.answers import Answers
from scenarios.simulation.choice import Proposals
from scenarios.simulation.population import State
from scenarios.simulation.promises import move_in, promise, promised, release_broken, release_the_gone

from ...optimiser.rows import adult, city, household, pool
from .cities import AS_OF, begun, one_of_each, simulation, waiting

STAYS_AWAY = {"delay.stodboende": 2.0}
SURE_NO = {"refusal.base": 1.0, "refusal.most": 1.0}
SITUATIONS = [str(value) for value in HOUSEHOLD_CODES["situation"]]


def line(*pools: int, together: bool = False) -> Proposals:
    """Proposals of one chain, of households 0, 1, 2 ... to some pools."""
    k = len(pools)
    flags = np.full(k, together)
    return Proposals(
        np.arange(k), np.array(pools), np.zeros(k, dtype=np.int64), np.ones(k, dtype=np.int64), flags
    )


def test_moving_in_at_once() -> None:
    run = simulation(one_of_each())
    week = run.week(0)
    people = run.city.people
    assert week.entered.row.tolist() == [0]
    assert week.entered.from_pool.tolist() == week.entered.level_before.tolist() == [NONE]
    assert people["state"].tolist() == [State.PLACED] * 2
    assert SITUATIONS[people["situation"][0]] == "supported_housing"
    assert people["moved_in"][0] == 0
    assert week.residents.tolist() == [2]
    assert week.waiting.size == 0


def test_a_place_is_kept_until_the_day() -> None:
    run = simulation(one_of_each(), changed=STAYS_AWAY)
    weeks = [run.week(number) for number in range(4)]
    assert [week.entered.row.size for week in weeks] == [0, 0, 1, 0]
    assert [week.held.tolist() for week in weeks] == [[1], [1], [0], [0]]
    assert [week.waiting.tolist() for week in weeks] == [[0], [0], [], []]
    assert weeks[0].candidate.tolist() == [True]


def test_no_place_is_promised_twice() -> None:
    rows = [waiting(f"H{n}") for n in range(5)]
    run = simulation(city(*rows, pool("P", capacity=2)), changed=STAYS_AWAY)
    assert [int(run.week(number).held.sum()) for number in range(3)] == [2, 2, 0]
    assert run.city.residents().tolist() == [2]


def test_a_mean_delay_is_kept_between_whole_weeks() -> None:
    rows = [waiting(f"H{n:03d}") for n in range(400)]
    run = simulation(city(*rows, pool("P", capacity=400)), changed={"delay.stodboende": 1.25})
    entered = [run.week(number).entered.row.size for number in range(4)]
    assert entered[0] == entered[3] == 0
    assert sum(entered) == 400
    assert entered[2] / 400 == pytest.approx(0.25, abs=0.08)


def test_a_no_keeps_the_pool_away_for_two_weeks() -> None:
    run = simulation(one_of_each(), changed=SURE_NO)
    refused = [run.week(number).refused.row.tolist() for number in range(5)]
    assert refused == [[0], [], [], [0], []]
    assert run.city.people["state"][0] == State.WAITING


def test_a_no_to_an_emergency_place_does_not() -> None:
    data = city(
        household("A", situation="hotel_hostel", mental_health="severe"),
        pool("P", form="akutboende", staffing="around_the_clock"),
    )
    run = simulation(data, changed=SURE_NO)
    assert [run.week(number).refused.row.tolist() for number in range(3)] == [[0]] * 3


def test_refusals_follow_the_fit_and_the_reform() -> None:
    def share(fit: int, factor: float) -> float:
        data = city(*(household(f"H{n:04d}") for n in range(2000)), pool("P", capacity=2000))
        rates = {"refusal.base": 0.1, "refusal.low_fit": 0.1, "refusal.good_fit": 200.0, "refusal.most": 0.5}
        here = begun(data, 3, rates, refusals=np.full(3, factor))
        k = np.arange(2000)
        made = Proposals(k, np.zeros(2000, dtype=np.int64), np.full(2000, fit), k, np.zeros(2000, dtype=bool))
        return Answers(here).given(here, made, 0).row.size / 2000

    assert share(300, 1.0) == pytest.approx(0.1, abs=0.03)
    assert share(0, 1.0) == pytest.approx(0.3, abs=0.04)
    assert share(-900, 1.0) == pytest.approx(0.5, abs=0.04)
    assert share(300, 2.0) == pytest.approx(0.2, abs=0.04)
    assert share(300, 0.0) == 0.0


@pytest.mark.parametrize(("together", "kept"), [(False, [0]), (True, [])])
def test_what_hangs_on_a_no_falls_with_it(together: bool, kept: list[int]) -> None:
    data = city(*(household(f"H{n}") for n in range(3)), *(pool(f"P{n}") for n in range(3)))
    here = begun(data, 600, {"refusal.base": 0.5, "refusal.most": 0.5})
    said = (here.luck.of("refusal", here.people["number"], week) < 0.5 for week in range(600))
    week = next(week for week, no in enumerate(said) if no.tolist() == [False, True, False])
    refused = Answers(here).given(here, line(0, 1, 2, together=together), week)
    assert refused.row.tolist() == [1]
    assert promised(here).tolist() == kept


def test_a_promise_falls_when_the_household_is_gone() -> None:
    here = begun(one_of_each())
    promise(here, np.array([0]), np.array([0]), np.array([4]), 0)
    here.people["state"][0] = State.LEFT
    release_the_gone(here)
    assert promised(here).size == 0


def test_a_promise_falls_when_the_facts_no_longer_fit() -> None:
    data = city(
        household("A", situation="hotel_hostel", substance_use="past", wants_drug_free="yes"),
        pool("P", drug_policy="drug_free"),
    )
    relapse = {"facts.use_starts": 30.0, "delay.stodboende": 8.0}
    run = simulation(data, changed=relapse)
    for number in range(8):
        held = run.week(number).held.tolist()
        active = run.city.people["substance_use"][0] == code_of("substance_use", "active")
        assert held == [0 if active else 1]
    assert active


def test_a_promise_falls_when_the_pool_closes() -> None:
    data = city(
        waiting("A"),
        pool("P", closes_on=AS_OF + timedelta(days=8)),
    )
    run = simulation(data, changed={"delay.stodboende": 4.0})
    assert [int(run.week(number).held.sum()) for number in range(3)] == [1, 1, 0]


def test_promises_count_against_the_year_in_which_they_are_made() -> None:
    quota = Quota(year=2026, form=("forsokslagenhet",), places=1)
    fits = {"support_need": "visiting", "substance_use": "past", "first_hand_barrier": "yes"}
    rows = [household(f"H{n}", situation="hotel_hostel", **fits) for n in range(3)]
    data = Dataset(
        tuple(rows),
        tuple(adult(row.household_id) for row in rows),
        (pool("P", form="forsokslagenhet", capacity=3),),
        quotas=(quota,),
    )
    run = simulation(data, 60, {"delay.forsokslagenhet": 3.0})
    counts = [run.week(number) for number in range(56)]
    assert [int(week.held.sum()) for week in counts[:5]] == [1, 1, 1, 0, 0]
    entered = [week.number for week in counts if week.entered.row.size]
    new_year = next(week.number for week in counts if week.on >= date(2027, 1, 1))
    assert entered == [3, new_year + 3]


def test_a_round_of_moves_is_made_at_once() -> None:
    data = city(
        household("A", current_pool_id="P"), household("B", current_pool_id="Q"), pool("P"), pool("Q")
    )
    here = begun(data)
    promise(here, np.array([0, 1]), np.array([1, 0]), np.array([0, 2]), 0)
    capacity = np.array([1, 1])
    assert move_in(here, capacity, 0)[0].row.size == 0
    assert move_in(here, capacity, 2)[0].row.tolist() == [0, 1]
    assert here.people["current_pool"].tolist() == [1, 0]


def test_a_place_that_is_not_left_is_not_there() -> None:
    """A mover who is gone elsewhere leaves its place to the next; one who stays does not."""
    data = city(
        household("A", current_pool_id="P"),
        household("B", situation="hotel_hostel"),
        pool("P"),
        pool("Q"),
    )
    here = begun(data)
    promise(here, np.array([0, 1]), np.array([1, 0]), np.array([5, 0]), 0)
    capacity = np.array([1, 1])
    release_broken(here, capacity)
    assert promised(here).tolist() == [0, 1]
    assert move_in(here, capacity, 0)[0].row.size == 0
    here.people["held_pool"][0] = NONE
    release_broken(here, capacity)
    assert promised(here).size == 0
