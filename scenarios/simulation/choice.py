"""The week's match: who is proposed which place, by the policy and the way of choosing in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.chains import Step, split
from optimiser.check import FailedCheck, Proposed, check
from optimiser.compatibility import assess, compatibility
from optimiser.entries import best_entries
from optimiser.fit import fit_of_pairs
from optimiser.ground import Ground
from optimiser.instance import MISSING, NONE
from optimiser.limits.model import NO_LIMITS, Limits
from optimiser.match import match_assessed
from optimiser.matching import GOALS, Moves, Plan, matching_problem, plan_of
from optimiser.policy.model import Policy
from optimiser.priority import Priority, prioritise
from optimiser.reach import within_reach
from optimiser.reasons.baselines import first_come, priority_greedy
from optimiser.relays import best_relays
from scenarios.simulation.city import City, counted
from scenarios.simulation.population import Rows, State
from scenarios.simulation.reading import Reading, whereabouts
from scenarios.simulation.stock import Standing
from scenarios.simulation.view import instance_of

CHECKED_EVERY = 26
"""Weeks between two matches whose answer is judged anew from the instance."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """A week's proposals, in the order in which chains are carried out, all (k,).

    household and pool, fit in points (without any price), and chain: proposals of one chain stand in the
    order of its steps. together: whether the chain is a round, which stands or falls as a whole.
    """

    row: Rows
    pool: NDArray[np.int64]
    fit: NDArray[np.int64]
    chain: NDArray[np.int64]
    together: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Choice:
    """A week's match: what was read, of which rows of the population, and what is proposed."""

    assessment: Assessment
    priority: Priority
    assessed: Rows
    proposals: Proposals


class Chooser:
    """Makes the match of one week after another."""

    def __init__(self, moves: Moves, scarcity: Mapping[str, float] | None, pool_ids: tuple[str, ...]) -> None:
        self._moves = moves
        self._prices: NDArray[np.int64] | None = None
        if scarcity is not None:
            self._prices = np.array([round(scarcity.get(key, 0.0)) for key in pool_ids], dtype=np.int64)
        self._selections: dict[int, dict[str, NDArray[Any]]] = {}

    def read(self, city: City, standing: Standing, policy: Policy, week: int) -> Reading:
        """Read the rules for those who may take part, before it is known which places are free."""
        rows = self._in_view(city)
        nothing = np.zeros(city.start.m, dtype=np.int64)
        quotas = city.quotas.on(week, city.year(week))
        instance = instance_of(city, standing, rows, 7 * week, nothing, quotas)
        selections = self._selections.setdefault(standing.epoch, {})
        if self._moves == "none":
            # Whether a home still suits its resident matters for moves alone.
            return Reading(Assessment(policy, instance, selections), rows)
        return Reading(assess(policy, instance, selections), rows)

    def choose(self, city: City, standing: Standing, reading: Reading, week: int) -> Choice:
        """Match the households that wait (or, where moves are allowed, everybody here) on the week's day."""
        a, rows = reading.assessment, reading.rows
        stands = whereabouts(city)
        taken = counted(stands, city.start.m)
        vacant = np.maximum(standing.capacity - taken, 0)
        a.instance = a.instance.with_pools(vacant=vacant.astype(np.int32))
        priority = prioritise(a)
        usable = vacant > 0 if self._moves == "none" else standing.is_open & (taken <= standing.capacity)
        ground = Ground(
            seekers=np.flatnonzero(self._seeks(city, rows) & priority.candidate),
            pools=np.flatnonzero(usable),
            whereabouts=stands[rows],
            fit_less=self._charged(city, week),
            conditional=False,
            checked=week % CHECKED_EVERY == 0,
        )
        budget = city.reform.budget[week]
        limits = NO_LIMITS if budget is None else Limits(budget=budget)
        if city.reform.matching[week] in ("first_come", "priority_greedy"):
            proposals = self._greedy(city, a, ground, limits, week)
        else:
            proposals = self._optimal(a, priority, ground, limits)
        city.people["tier"][rows] = priority.tier
        return Choice(a, priority, rows, replace(proposals, row=rows[proposals.row]))

    def _in_view(self, city: City) -> Rows:
        """Who waits, and whom they must not meet; where moves are allowed everybody here."""
        people = city.people
        if self._moves != "none":
            return np.flatnonzero(people["state"] <= State.PLACED)
        in_view = people["state"] == State.WAITING
        conflicts = city.start.conflicts
        waits = in_view[conflicts].any(axis=1)
        sides = conflicts[waits].ravel()
        in_view[sides[people["state"][sides] == State.PLACED]] = True
        return np.flatnonzero(in_view)

    def _seeks(self, city: City, rows: Rows) -> NDArray[np.bool_]:
        """Whether each in view has no promise; where nobody moves, no home either."""
        seeks = city.people["held_pool"][rows] == NONE
        if self._moves == "none":
            seeks &= city.people["current_pool"][rows] == NONE
        return np.asarray(seeks)

    def _charged(self, city: City, week: int) -> NDArray[np.int64] | None:
        if city.reform.matching[week] != "scarcity_priced":
            return None
        if self._prices is None:
            raise ValueError("matching is scarcity_priced, but no prices are given; compute them first")
        return self._prices

    def _optimal(self, a: Assessment, priority: Priority, ground: Ground, limits: Limits) -> Proposals:
        if self._moves == "none":
            plan = best_entries(a, priority, limits, ground)
            if plan is not None:
                each = np.arange(1, len(plan.household) + 1)
                if ground.checked:
                    _judge(a, plan, [Step(chain - 1, chain, 1) for chain in each.tolist()], "none", limits)
                return _ordered(a, plan.household, plan.pool, each, np.ones_like(each))
        plan, steps = self._relays(a, priority, ground, limits)
        order, chain, step = _numbers(steps)
        return _ordered(a, plan.household[order], plan.pool[order], chain, step)

    def _relays(
        self, a: Assessment, priority: Priority, ground: Ground, limits: Limits
    ) -> tuple[Plan, Sequence[Step]]:
        """The plan and its steps; on few pairs, unless a limit asks for all of them."""
        pairs = within_reach(a, priority, limits, ground)
        if pairs is not None:
            problem = matching_problem(a, priority, pairs, self._moves, limits, ground)
            plan, steps = best_relays(problem, self._moves)
            if ground.checked:
                _judge(a, plan, steps, self._moves, limits)
            return plan, steps
        found = match_assessed(a, self._moves, limits=limits, ground=ground)
        return found.plan, found.steps

    def _greedy(self, city: City, a: Assessment, ground: Ground, limits: Limits, week: int) -> Proposals:
        """The same pairs and limits, placed step by step."""
        pairs = compatibility(a, ground.seekers, ground.pools).eligible
        problem = matching_problem(a, prioritise(a), pairs, self._moves, limits, ground)
        if city.reform.matching[week] == "first_come":
            since = a.instance.households["homeless_since"].astype(np.int64)
            waited = np.where(since == MISSING, 1, since)
            chosen = first_come(problem, waited, problem.goals[GOALS.index("fit")], self._moves)
        else:
            chosen = priority_greedy(problem, self._moves)
        plan = plan_of(problem, chosen)
        steps = split(plan, problem.vacant, self._moves if isinstance(self._moves, int) else None)
        if steps is None:
            raise AssertionError("places handed out one at a time split into chains")
        order, chain, step = _numbers(steps)
        return _ordered(a, plan.household[order], plan.pool[order], chain, step)


def _judge(a: Assessment, plan: Plan, steps: Sequence[Step], moves: Moves, limits: Limits) -> None:
    """Check a plan from the instance alone; FailedCheck when it does not hold: an error of ours."""
    of_each = zip(plan.household.tolist(), plan.pool.tolist(), plan.from_pool.tolist(), strict=True)
    proposals = list(of_each)
    proposed = [Proposed(*proposals[step.proposal], step.chain, step.step) for step in steps]
    complaints = check(a, proposed, None, moves, limits)
    if len(proposed) != len(proposals):
        complaints.append("the split lost a proposal")
    if complaints:
        raise FailedCheck(complaints)


def _numbers(steps: Sequence[Step]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Proposal, chain and step of each of some steps, all (k,)."""
    table = np.array([(s.proposal, s.chain, s.step) for s in steps], dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def _ordered(
    a: Assessment,
    h: NDArray[np.int64],
    p: NDArray[np.int64],
    chain: NDArray[np.int64],
    step: NDArray[np.int64],
) -> Proposals:
    size = np.bincount(chain, minlength=1)
    last = np.zeros(len(size), dtype=np.int64)
    np.maximum.at(last, chain, step)
    return Proposals(h, p, fit_of_pairs(a, h, p), chain, ((size > 1) & (last == 1))[chain])
