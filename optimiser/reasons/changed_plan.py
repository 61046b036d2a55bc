"""A plan changed by hand: what it would break, and what it changes for the whole, exactly."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from optimiser.chains import split
from optimiser.check import Proposed, check
from optimiser.instance import NONE
from optimiser.match import Match
from optimiser.matching import Plan, goals_of_pairs
from optimiser.reasons.effect import Effect, effect_of_plans

Pair = tuple[int, int]
"""A household and a pool, by index."""


@dataclass(frozen=True, slots=True)
class ChangedPlan:
    """A run's plan with some proposals taken out and others put in.

    Attributes
    ----------
    proposals
        Household and pool of every proposal after the change, by household.
    complaints
        What the changed plan breaks, in words; empty when it may be carried out as it is.
    effect
        What it changes against the plan of the run, goal by goal, and for whom; counted also for a plan
        that breaks something, from its proposals alone.
    """

    proposals: tuple[Pair, ...]
    complaints: tuple[str, ...]
    effect: Effect


def changed_plan(match: Match, out: Iterable[int] = (), put_in: Sequence[Pair] = ()) -> ChangedPlan:
    """The plan of a run without the proposals of some households, and with some pairs put in.

    A household whose pair is put in loses the proposal it had. Nothing is solved again: who was to take
    a place that is no longer left is complained of, not moved.
    """
    a = match.assessment
    before = dict(zip(match.plan.household.tolist(), match.plan.pool.tolist(), strict=True))
    gone = {*out, *(household for household, _ in put_in)}
    kept = [(household, pool) for household, pool in before.items() if household not in gone]
    pairs = sorted([*kept, *put_in])
    h, p = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    plan = match.plan
    worth = goals_of_pairs(a, match.priority, plan.household, plan.pool).sum(axis=1)
    change = goals_of_pairs(a, match.priority, h, p).sum(axis=1) - worth
    return ChangedPlan(
        proposals=tuple(pairs),
        complaints=tuple(check(a, _steps(match, pairs, set(put_in)), None, match.moves, match.limits)),
        effect=effect_of_plans(change.tolist(), before, dict(pairs)),
    )


def _steps(match: Match, pairs: list[Pair], put_in: set[Pair]) -> list[Proposed]:
    """Every pair with a chain and step; one that no place is left for begins a chain of its own."""
    instance = match.assessment.instance
    current = instance.households["current_pool"]
    fits, crowded = _parted(match, pairs, put_in)
    h, p = (np.array([pair[side] for pair in fits], dtype=np.int64) for side in (0, 1))
    plan = Plan(h, p, current[h].astype(np.int64))
    most = match.moves if isinstance(match.moves, int) else None
    vacant = instance.pools["vacant"].astype(np.int64)
    # Longer chains than allowed are told by the check, so a split without a limit will do then.
    steps = split(plan, vacant, most) or split(plan, vacant) or []
    told = [Proposed(*fits[s.proposal], int(current[h[s.proposal]]), s.chain, s.step) for s in steps]
    chains = max((step.chain for step in steps), default=0)
    alone = [
        Proposed(household, pool, int(current[household]), chains + number, 1)
        for number, (household, pool) in enumerate(crowded, start=1)
    ]
    return told + alone


def _parted(match: Match, pairs: list[Pair], put_in: set[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Pairs that find a place, and pairs beyond what is free or left; those put in are first to be so."""
    instance = match.assessment.instance
    current, vacant = instance.households["current_pool"], instance.pools["vacant"]
    once = Counter(household for household, _ in pairs)
    crowded = [pair for pair in pairs if pair[1] == current[pair[0]] or once[pair[0]] > 1]
    fits = sorted((pair for pair in pairs if pair not in crowded), key=lambda pair: (pair in put_in, pair))
    while True:
        taken = Counter(pool for _, pool in fits)
        left = Counter(int(current[h]) for h, _ in fits if current[h] != NONE)
        over = [pair for pair in reversed(fits) if taken[pair[1]] > int(vacant[pair[1]]) + left[pair[1]]]
        if not over:
            return sorted(fits), crowded
        crowded.append(over[0])
        fits.remove(over[0])
