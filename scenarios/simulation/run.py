"""A simulation: a city under a reform, week after week."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from models.dataset import Dataset
from optimiser.instance import Instance
from optimiser.matching import Moves
from scenarios.assumptions import Assumptions
from scenarios.luck import Luck
from scenarios.simulation.accounts import Accounts
from scenarios.simulation.answers import Answers
from scenarios.simulation.arrivals import Inflow
from scenarios.simulation.changes import Changes
from scenarios.simulation.choice import Chooser
from scenarios.simulation.city import City, counted
from scenarios.simulation.endings import Endings
from scenarios.simulation.policies import Policies
from scenarios.simulation.population import Rows, State
from scenarios.simulation.promises import (
    move_in,
    promised,
    release_broken,
    release_closed,
    release_the_gone,
    release_unfit,
)
from scenarios.simulation.reading import Reading
from scenarios.simulation.stock import Standing
from scenarios.simulation.trajectory import Trajectory
from scenarios.simulation.view import instance_of
from scenarios.simulation.week import Week
from scenarios.whatif.reform import Reform


def simulate(
    city: Dataset,
    as_of: date,
    reform: Reform,
    assumptions: Assumptions,
    seed: int,
    replication: int,
    moves: Moves = "none",
    watch: Callable[[int], None] | None = None,
    scarcity: Mapping[str, float] | None = None,
) -> Trajectory:
    """Let a city go on from its as-of date for as many weeks as the reform says.

    Parameters
    ----------
    city, as_of
        The city to start from, and its day: day 0 of week 0.
    moves
        Whether residents take part in the weekly match, as in `optimiser.match`.
    watch
        Called with the number of each week when it has ended.
    scarcity
        Price of a place by pool id, in points of fit: what weeks with scarcity-priced matching take off
        the fit. A pool that is left out costs nothing.

    Raises
    ------
    ValueError
        When the reform asks for scarcity-priced matching and no prices are given.
    AssumptionsProblem
        When an assumption that is needed is missing.
    """
    simulation = Simulation(city, as_of, reform, assumptions, seed, replication, moves, scarcity)
    books = Accounts(
        "+".join(reform.names),
        replication,
        reform.weeks,
        simulation.city.start.form_ids,
        assumptions,
        simulation.city.people,
    )
    for number in range(reform.weeks):
        books.book(simulation.week(number))
        if watch is not None:
            watch(number)
    return books.close()


class Simulation:
    """One replication, a week at a time."""

    def __init__(
        self,
        city: Dataset,
        as_of: date,
        reform: Reform,
        assumptions: Assumptions,
        seed: int,
        replication: int,
        moves: Moves = "none",
        scarcity: Mapping[str, float] | None = None,
    ) -> None:
        self.city = City.begin(city, as_of, reform, assumptions, Luck(seed, replication))
        self._policies = Policies(reform.policy)
        self._inflow = Inflow(self.city)
        self._changes = Changes(self.city)
        self._endings = Endings(self.city)
        self._chooser = Chooser(moves, scarcity, self.city.start.pool_ids)
        self._answers = Answers(self.city)
        self._rules: tuple[tuple[int, int], int] | None = None

    def week(self, number: int) -> Week:
        """Live through the next week; weeks come in order, from 0."""
        city, people = self.city, self.city.people
        on = city.start.as_of + timedelta(weeks=number)
        policy = self._policies.on(number, on)

        city.turn(number)
        arrived = self._inflow.arrive(city, number)
        here = np.flatnonzero(people["state"] <= State.PLACED)
        luck = city.luck.four(0, people["number"][here], number)
        changed = self._changes.happen(city, here, luck, number)
        solved = self._endings.of_waits(city, here, luck[1])
        ended = self._endings.of_stays(city, here, luck[0], number)
        standing = city.standing
        reading = self._chooser.read(city, standing, policy, number)
        self._review_promises(standing, reading, number, changed)
        choice = self._chooser.choose(city, standing, reading, number)
        refused = self._answers.given(city, choice.proposals, number)
        entered, school_change = move_in(city, standing.capacity, number)

        waiting = people.rows(State.WAITING)
        return Week(
            number=number,
            day=7 * number,
            on=on,
            population=people,
            policy=policy,
            waiting=waiting,
            candidate=choice.priority.candidate[np.searchsorted(choice.assessed, waiting)],
            living=people.rows(State.PLACED),
            stock=standing.columns,
            capacity=standing.capacity,
            residents=city.residents(),
            held=self._held(),
            arrived=arrived,
            ended=ended,
            solved=solved,
            entered=entered,
            refused=refused,
            school_change=school_change,
            instance=lambda rows: self._instance(standing, rows, number),
            assessment=choice.assessment,
            assessed=choice.assessed,
        )

    def _review_promises(self, standing: Standing, reading: Reading, number: int, changed: Rows) -> None:
        """Free the places kept for those who are gone, or may no longer have them."""
        city = self.city
        release_the_gone(city)
        release_closed(city, standing)
        day = reading.assessment.policy.as_of
        rules = self._policies.period(number, day), standing.epoch
        doubted = changed if rules == self._rules else promised(city)
        release_unfit(city, reading, doubted)
        release_broken(city, standing.capacity)
        self._rules = rules

    def _held(self) -> NDArray[np.int64]:
        return counted(self.city.people["held_pool"], self.city.start.m)

    def _instance(self, standing: Standing, rows: Rows, number: int) -> Instance:
        vacant = np.maximum(standing.capacity - self.city.residents() - self._held(), 0)
        return instance_of(self.city, standing, rows, 7 * number, vacant)
