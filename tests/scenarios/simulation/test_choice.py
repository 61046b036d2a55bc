"""The week's match is the live match of that day; prices, budgets and ways of choosing reach it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from models.dataset import Dataset
from optimiser.compatibility import assess
from optimiser.instance import NONE
from optimiser.match import match_assessed
from optimiser.matching import Moves
from scenarios.assumptions import load_assumptions
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from scenarios.simulation.population import State
from scenarios.simulation.reading import Reading, whereabouts
from scenarios.simulation.run import Simulation, simulate
from scenarios.simulation.stock import Standing
from scenarios.simulation.view import instance_of

from ...optimiser.made import day_of
from ...optimiser.rows import city, pool
from ...twin_queue.queue_city import plain_reform
from .cities import AS_OF, simulation, waiting
from .made_runs import made_city

Proposed = list[tuple[int, int]]
LONG = 9999
"""Days for which those who have a promise take part in nothing else."""


def whole_match(run: Simulation, standing: Standing, reading: Reading, week: int, moves: Moves) -> Proposed:
    """The live match on everybody, who has a promise living where the place is kept."""
    here = run.city
    rows = np.flatnonzero(here.people["state"] <= State.PLACED)
    stands = whereabouts(here)
    vacant = np.maximum(standing.capacity - np.bincount(stands[stands != NONE], minlength=here.start.m), 0)
    quotas = here.quotas.on(week, here.year(week))
    instance = instance_of(here, standing, rows, 7 * week, vacant, quotas)
    free = here.people["held_pool"][rows] == NONE
    paused = np.where(free, instance.households["unavailable_until"], LONG).astype(np.int32)
    settled = instance.with_households(unavailable_until=paused, current_pool=stands[rows].astype(np.int32))
    plan = match_assessed(assess(reading.assessment.policy, settled), moves).plan
    return sorted(zip(rows[plan.household].tolist(), plan.pool.tolist(), strict=True))


def side_by_side(run: Simulation, moves: Moves, weeks: int) -> list[tuple[Proposed, Proposed]]:
    """What each week proposes, and what the whole match would."""
    found: list[tuple[Proposed, Proposed]] = []
    chooser: Any = run._chooser
    choose: Callable[..., Any] = chooser.choose

    def both(here: Any, standing: Standing, reading: Reading, week: int) -> Any:
        whole = whole_match(run, standing, reading, week, moves)
        choice = choose(here, standing, reading, week)
        proposals = choice.proposals
        found.append((sorted(zip(proposals.row.tolist(), proposals.pool.tolist(), strict=True)), whole))
        return choice

    chooser.choose = both
    for week in range(weeks):
        run.week(week)
    return found


def made_run(data: Dataset, seed: int, moves: Moves) -> Simulation:
    reform = plain_reform(data, 12, "optimum")
    return Simulation(data, day_of(seed), reform, load_assumptions(), seed, 0, moves)


@pytest.mark.parametrize("moves", ["none", "unlimited"])
@pytest.mark.parametrize("seed", range(10))
def test_made_cities(seed: int, moves: Moves) -> None:
    found = side_by_side(made_run(made_city(seed), seed, moves), moves, 12)
    for ours, whole in found:
        assert ours == whole


@pytest.mark.slow
@pytest.mark.parametrize(("moves", "weeks"), [("none", 30), ("unlimited", 8)])
def test_the_demo_city(moves: Moves, weeks: int) -> None:
    data = build_demo_city()
    run = Simulation(data, DEMO_AS_OF, plain_reform(data, weeks, "optimum"), load_assumptions(), 1, 0, moves)
    for ours, whole in side_by_side(run, moves, weeks):
        assert ours
        assert ours == whole


def two_pools() -> Dataset:
    return city(
        waiting("A", preferred_districts=("Farsta",)),
        pool("P", district="Farsta", monthly_cost_sek=20_000),
        pool("Q", district="Bromma", monthly_cost_sek=9_000),
    )


def entered(run: Simulation) -> list[str]:
    week = run.week(0)
    return [run.city.start.pool_ids[p] for p in week.entered.pool.tolist()]


def test_scarcity_is_taken_off_the_fit() -> None:
    """The preferred district is worth 200 points of fit; at 199 it still is, at 201 no more."""
    priced = {"matching": ("scarcity_priced",) * 60}
    for price, chosen in ((199.0, ["P"]), (201.0, ["Q"])):
        assert entered(simulation(two_pools(), scarcity={"P": price}, **priced)) == chosen
    assert entered(simulation(two_pools(), scarcity={"P": 900.0})) == ["P"]


def test_scarcity_without_prices() -> None:
    run = simulation(two_pools(), matching=("scarcity_priced",) * 60)
    with pytest.raises(ValueError, match="no prices"):
        run.week(0)


def test_a_budget_of_the_week() -> None:
    for budget, chosen in ((None, ["P"]), (10_000, ["Q"]), (5_000, [])):
        assert entered(simulation(two_pools(), budget=(budget,) * 60)) == chosen


@pytest.mark.parametrize("matching", ["first_come", "priority_greedy"])
@pytest.mark.parametrize("moves", ["none", 2, "unlimited"])
@pytest.mark.parametrize("seed", range(3))
def test_step_by_step_ways_of_choosing(matching: str, moves: Moves, seed: int) -> None:
    data = made_city(seed)
    reform = plain_reform(data, 15, matching)
    told = simulate(data, day_of(seed), reform, load_assumptions(), seed, 0, moves)
    assert told.totals["entries"] > 0


def test_first_come_takes_who_has_waited_longest() -> None:
    data = city(
        waiting("A", situation="rough_sleeping", homeless_since=AS_OF),
        waiting("B", situation="friends_temporary", homeless_since=AS_OF.replace(year=2020)),
        pool("P"),
    )
    for matching, row in (("first_come", 1), ("optimum", 0), ("priority_greedy", 0)):
        run = simulation(data, matching=(matching,) * 60)
        assert run.week(0).entered.row.tolist() == [row]


def test_every_week_is_told_of() -> None:
    seen: list[int] = []
    data = two_pools()
    simulate(data, AS_OF, plain_reform(data, 5), load_assumptions(), 1, 0, watch=seen.append)
    assert seen == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("data", [city(waiting("A")), city(pool("P")), city()])
def test_cities_with_next_to_nothing(data: Dataset) -> None:
    reform = replace(plain_reform(data, 6, "optimum"), quotas=plain_reform(data, 6).quotas)
    told = simulate(data, AS_OF, reform, load_assumptions(), 1, 0)
    assert told.totals["entries"] == 0
