"""Nobody is lost whatever is reformed: pools open, close, shrink and change, and so do rates."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from models.codes import Admits
from models.dataset import Dataset
from models.stock import Pool
from optimiser.matching import Moves
from scenarios.assumptions import load_assumptions
from scenarios.segments import SEGMENTS
from scenarios.simulation.accounts import Accounts
from scenarios.simulation.population import State
from scenarios.simulation.run import Simulation
from scenarios.simulation.week import HOMELESS
from scenarios.whatif.reform import Epoch, Reform

from ...optimiser.made import day_of
from ...twin_queue.queue_city import plain_reform
from .made_runs import CHOSEN, made_city, weeks_waited, weeks_without_place

WEEKS = 24
SEEN: Counter[str] = Counter()


def made_reform(city: Dataset, seed: int) -> Reform:
    """A reform of everything at once, at random."""
    rng = np.random.default_rng([seed, 7])
    plain = plain_reform(city, WEEKS)
    lived_in = {row.current_pool_id for row in city.households}

    def dated(pool: Pool) -> Pool:
        fate, day = rng.random(), day_of(seed) + timedelta(days=int(rng.integers(1, 7 * WEEKS)))
        if fate < 0.25:
            return pool.model_copy(update={"closes_on": day})
        if fate < 0.35 and pool.pool_id not in lived_in:
            return pool.model_copy(update={"opens_on": day})
        return pool

    def changed(pool: Pool) -> Pool:
        admits = list(Admits)[int(rng.integers(3))] if rng.random() < 0.2 else pool.admits
        capacity = max(0, pool.capacity + int(rng.integers(-2, 4)))
        return pool.model_copy(update={"capacity": capacity, "admits": admits})

    pools = tuple(dated(pool) for pool in plain.stock[0].state)
    stock = [Epoch(0, pools)]
    for week in (5, 11, 17):
        pools = tuple(changed(pool) for pool in pools)
        stock.append(Epoch(week, pools))
    return replace(
        plain,
        stock=tuple(stock),
        matching=tuple(rng.choice(CHOSEN, WEEKS).tolist()),
        budget=tuple(30_000 if rng.random() < 0.3 else None for _ in range(WEEKS)),
        arrivals=rng.choice([0.5, 1, 2.5], (WEEKS, len(SEGMENTS))),
        stays={"akutboende": rng.choice([0.5, 1, 3], WEEKS)},
        refusals=rng.choice([0.5, 1, 2], WEEKS),
    )


def live_through(seed: int, moves: Moves) -> None:
    city, assumptions = made_city(seed), load_assumptions()
    simulation = Simulation(city, day_of(seed), made_reform(city, seed), assumptions, seed, 0, moves)
    people = simulation.city.people
    books = Accounts("made", 0, WEEKS, simulation.city.start.form_ids, assumptions, people)
    for number in range(WEEKS):
        week = simulation.week(number)
        books.book(week)
        if moves == "none":
            assert (week.residents + week.held <= np.maximum(week.capacity, week.residents)).all()
        SEEN["over a cut"] += bool((week.residents > week.capacity).any())
        SEEN["held"] += int(week.held.sum())
        SEEN["moved"] += int((week.entered.from_pool >= 0).sum())
        SEEN["came back"] += int((week.ended.outcome == HOMELESS).sum())
    told = books.close()
    assert weeks_waited(told) == weeks_without_place(told)
    change = told.weekly["arrivals"].sum() - told.weekly["exits"].sum()
    assert (people["state"] <= State.PLACED).sum() == there_at_start(city) + change


def there_at_start(city: Dataset) -> int:
    """Households that are not housed elsewhere already."""
    return sum(row.situation != "housed" or row.current_pool_id is not None for row in city.households)


@pytest.mark.parametrize("moves", ["none", 1, 3, "unlimited"])
@pytest.mark.parametrize("seed", range(3))
def test_random_reforms(seed: int, moves: Moves) -> None:
    live_through(seed, moves)


def test_there_was_something_to_lose() -> None:
    for seed, moves in ((3, "none"), (4, "unlimited"), (5, 2)):
        live_through(seed, moves)
    for what in ("over a cut", "held", "moved", "came back"):
        assert SEEN[what] > 0, what


@pytest.mark.slow
def test_many_random_reforms() -> None:
    for seed in range(6, 40):
        live_through(seed, ("none", 1, 3, "unlimited")[seed % 4])
