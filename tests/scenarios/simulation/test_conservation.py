"""Nobody is lost unnoticed: weeks that hold together pass, and every way of losing somebody is found."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from models.dataset import Dataset
from optimiser.instance import NONE
from scenarios.simulation.conservation import Conservation, NotConserved, exits
from scenarios.simulation.population import State
from scenarios.simulation.week import GONE, HOMELESS, OWN_HOME, Week

from ...optimiser.rows import city, household, pool
from .made_weeks import MadeCity

Spoil = Callable[[MadeCity], None]


def made_data() -> Dataset:
    return city(
        *(household(f"W{number}") for number in range(3)),
        *(household(f"R{number}", current_pool_id="FULL") for number in range(2)),
        pool("FULL", form="akutboende", capacity=2),
        pool("FREE", form="akutboende", capacity=2),
    )


def test_weeks_in_which_much_happens() -> None:
    made = MadeCity(made_data())
    conservation = Conservation(made.people)
    assert conservation.stock == 5
    conservation.check(made.week())
    made.come("N0", like="W0")
    made.end_stay("R0", HOMELESS)
    made.move_in("W0", "FULL")
    made.move_in("R0", "FREE")
    made.solve("W1", OWN_HOME)
    week = made.week()
    conservation.check(week)
    assert exits(week) == 1
    made.end_stay("R1", GONE)
    made.move_in("W0", "FREE")
    conservation.check(made.week())
    assert conservation.stock == 4


def test_who_lives_above_a_cut_may_stay_but_nobody_may_come() -> None:
    made = MadeCity(made_data())
    conservation = Conservation(made.people)
    made.capacity[made.pool("FULL")] = 1
    conservation.check(made.week())
    made.end_stay("R0", GONE)
    conservation.check(made.week())
    made.move_in("W0", "FULL")
    with pytest.raises(NotConserved, match="1 pools have more residents than places, among them numbers"):
        conservation.check(made.week())


def vanish(made: MadeCity) -> None:
    made.people["state"][made.row("W0")] = State.LEFT


def change_pool(made: MadeCity) -> None:
    made.people["current_pool"][made.row("R0")] = made.pool("FREE")


def lose_the_home(made: MadeCity) -> None:
    made.people["current_pool"][made.row("R0")] = NONE


def leave_another_pool(made: MadeCity) -> None:
    made.end_stay("R0", GONE)
    made.events["ended"].pool[0] = made.pool("FREE")


def come_from_nowhere(made: MadeCity) -> None:
    made.come("N0", like="W0")
    made.events["arrived"] = made.events["arrived"][:0]


def move_in_twice(made: MadeCity) -> None:
    made.move_in("W0", "FREE")
    made.move_in("W0", "FREE")


def move_in_after_leaving(made: MadeCity) -> None:
    made.solve("W0", GONE)
    made.move_in("W0", "FREE")


def overfill(made: MadeCity) -> None:
    made.move_in("W0", "FULL")


def stop_waiting_as_a_resident(made: MadeCity) -> None:
    made.solve("R0", OWN_HOME)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (vanish, "1 households are not where their events say: 102"),
        (change_pool, "1 households are not where their events say: 100"),
        (lose_the_home, "1 households live in a pool without being placed, or the other way round: 100"),
        (leave_another_pool, "1 households are not where their events say: 100"),
        (come_from_nowhere, "1 households are not where their events say: 505"),
        (come_from_nowhere, "arrivals 0 less exits 0 is not the change in stock 1"),
        (move_in_twice, "1 households move in more than once: 102"),
        (move_in_after_leaving, "1 households are not where their events say: 102"),
        (overfill, "1 pools have more residents than places"),
        (stop_waiting_as_a_resident, "1 households are not where their events say: 100"),
    ],
)
def test_what_does_not_hold_is_named(spoil: Spoil, complaint: str) -> None:
    made = MadeCity(made_data())
    conservation = Conservation(made.people)
    conservation.check(made.week())
    spoil(made)
    with pytest.raises(NotConserved, match=f"week 1: .*{complaint}") as problem:
        conservation.check(made.week())
    assert problem.value.week == 1
    assert any(complaint in fault for fault in problem.value.faults)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda week: {"waiting": week.waiting[1:]}, "1 households are not once among the waiting: 102"),
        (lambda week: {"living": np.append(week.living, week.living[:1])}, "among the placed: 100"),
        (lambda week: {"residents": week.residents + 1}, "2 pools count other residents than live there"),
    ],
)
def test_what_a_week_lists_is_held_against_the_people(
    change: Callable[[Week], dict[str, np.ndarray]], complaint: str
) -> None:
    made = MadeCity(made_data())
    conservation = Conservation(made.people)
    week = made.week()
    with pytest.raises(NotConserved, match=complaint):
        conservation.check(replace(week, **change(week)))


def test_only_some_of_many_are_named() -> None:
    made = MadeCity(city(*(household(f"W{number}") for number in range(8))))
    conservation = Conservation(made.people)
    made.people["state"][:] = State.HOUSED
    with pytest.raises(NotConserved, match=r"8 households .*: 100, 101, 102, 103, 104 and others"):
        conservation.check(made.week())
