"""A first look: what can be said of every scenario before anything is finished."""

from dataclasses import replace

import numpy as np

from models.dataset import Dataset
from scenarios.experiments.experiment import Experiment
from scenarios.experiments.first_look import begins, weeks_at_first
from scenarios.experiments.run import run_experiment
from scenarios.simulation.run import simulate
from scenarios.whatif.reform import Reform

from ...twin_queue import queue_city
from ...twin_queue.queue import Queue
from .test_run import SCENARIOS, run
from .toy import AS_OF, TOY, WEEKS, assumptions, reform


def test_a_first_look_at_what_takes_long() -> None:
    """Every scenario at its beginning, before anything is finished; nothing new to those who come back."""
    long = (("baseline", reform("baseline", weeks=60)), ("less", reform("less", 0.9, 60)))
    seen: list[Experiment] = []
    told: list[int] = []
    shelf: dict[str, bytes] = {}

    def again(scenarios: tuple[tuple[str, Reform], ...], weeks: int) -> None:
        run_experiment(
            Dataset(),
            AS_OF,
            scenarios,
            assumptions(),
            weeks,
            2,
            1,
            keep=shelf,
            simulate=TOY,
            progress=lambda so_far: told.append(so_far.done),
            glance=seen.append,
        )

    again(long, 60)
    (look,) = seen
    assert look.design.weeks == 13
    assert look.shared == (0,)
    assert [arm.weekly("waiting").shape for arm in look.arms] == [(1, 13), (1, 13)]
    assert (look.arms[1].weekly("waiting") < look.arms[0].weekly("waiting")).all()
    assert told == [0, 1, 2, 3, 4]
    shelf.popitem()
    again(long, 60)
    again(SCENARIOS, WEEKS)
    assert len(seen) == 1


def test_fewer_weeks_at_first_with_more_scenarios_and_moves() -> None:
    design = run(1).design
    five_years = replace(design, weeks=260)
    assert [weeks_at_first(five_years, arms) for arms in (1, 2, 5, 60)] == [26, 13, 5, 4]
    assert weeks_at_first(replace(five_years, moves="unlimited"), 2) == 6
    assert [weeks_at_first(replace(design, weeks=weeks), 2) for weeks in (26, 27)] == [0, 13]


def test_the_first_weeks_are_those_of_the_whole() -> None:
    queue = Queue(20, 15, 1, 0.02)
    city, rates = queue_city.queue_city(queue), queue_city.queue_assumptions(queue)
    plain = queue_city.plain_reform(city, 40)
    flats = f"{queue_city.FORM}.own_home"
    whole = replace(plain, stays={flats: np.linspace(1, 3, 40)}, arrivals=plain.arrivals * 1.5)
    first, full = (simulate(city, AS_OF, reform, rates, 3, 1).weekly for reform in (begins(whole, 13), whole))
    assert first.keys() == full.keys()
    assert all(first[name].tobytes() == full[name][:13].tobytes() for name in full)
    assert full["exits"].sum() > first["exits"].sum() > 0
