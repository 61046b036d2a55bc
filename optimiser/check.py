"""Judges any set of proposals from the instance alone; knows no solver."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from optimiser.assessment import Assessment
from optimiser.compatibility import applicable, verdicts
from optimiser.instance import NONE, Instance
from optimiser.kleene import FAIL, UNKNOWN
from optimiser.limits.check import broken_limits, kept_of
from optimiser.limits.model import NO_LIMITS, Limits
from optimiser.matching import GOALS, Moves, goals_of_pairs
from optimiser.priority import prioritise


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal under judgement, by indices; from_pool NONE for who enters."""

    household: int
    pool: int
    from_pool: int
    chain: int
    step: int


class FailedCheck(Exception):
    """An answer of ours that does not hold; lists every complaint."""

    def __init__(self, complaints: Sequence[str]) -> None:
        super().__init__("; ".join(complaints))
        self.complaints = tuple(complaints)


def check(
    a: Assessment,
    proposals: Sequence[Proposed],
    values: Sequence[int] | None,
    moves: Moves,
    limits: Limits = NO_LIMITS,
) -> list[str]:
    """Everything that is wrong with a set of proposals, in words; empty when all holds.

    values are the goals as claimed, in the order and sense of GOALS (cost as a negative sum), and, where
    the limits name an earlier plan, how many of its proposals stand.
    """
    return [
        *_one_place_each(a.instance, proposals),
        *_participants(a, proposals, moves),
        *_eligible(a, proposals),
        *_conflicts(a.instance, proposals),
        *_quotas(a.instance, proposals),
        *_chains(a.instance, proposals, moves),
        *broken_limits(a.instance, limits, _pairs(proposals)),
        *(_values(a, proposals, values, limits) if values is not None else ()),
    ]


def _pairs(proposals: Sequence[Proposed]) -> list[tuple[int, int]]:
    return [(p.household, p.pool) for p in proposals]


def _name(instance: Instance, proposal: Proposed) -> str:
    return f"{instance.household_ids[proposal.household]} -> {instance.pool_ids[proposal.pool]}"


def _one_place_each(instance: Instance, proposals: Sequence[Proposed]) -> Iterable[str]:
    for household, count in Counter(p.household for p in proposals).items():
        if count > 1:
            yield f"{instance.household_ids[household]} is proposed {count} times"


def _participants(a: Assessment, proposals: Sequence[Proposed], moves: Moves) -> Iterable[str]:
    candidate = prioritise(a).candidate
    current = a.instance.households["current_pool"]
    for p in proposals:
        if not candidate[p.household]:
            yield f"{_name(a.instance, p)}: is no candidate"
        if p.from_pool != current[p.household]:
            yield f"{_name(a.instance, p)}: does not leave the pool it lives in"
        if p.pool == current[p.household]:
            yield f"{_name(a.instance, p)}: is proposed the pool it lives in"
        if moves == "none" and current[p.household] != NONE:
            yield f"{_name(a.instance, p)}: moves although nobody may"


def _eligible(a: Assessment, proposals: Sequence[Proposed]) -> Iterable[str]:
    h = np.array([p.household for p in proposals], dtype=np.int64)
    pool = np.array([p.pool for p in proposals], dtype=np.int64)
    for rule in a.policy.rules if proposals else ():
        wrong = verdicts(a, rule, h, pool)
        bad = wrong == FAIL
        if rule.when_unknown == "hold":
            bad |= (wrong == UNKNOWN) & applicable(a, rule, h, pool)
        for i in np.flatnonzero(bad).tolist():
            yield f"{_name(a.instance, proposals[i])}: rule {rule.rule_id} does not let it through"


def _conflicts(instance: Instance, proposals: Sequence[Proposed]) -> Iterable[str]:
    facility, current = instance.pools["facility"], instance.households["current_pool"]
    entered = {p.household: int(facility[p.pool]) for p in proposals}
    stays = {
        h: int(facility[current[h]])
        for pair in instance.conflicts.tolist()
        for h in pair
        if h not in entered and current[h] != NONE
    }
    for a, b in instance.conflicts.tolist():
        for one, other in ((a, b), (b, a)):
            if one in entered and entered[one] in (entered.get(other), stays.get(other)):
                names = instance.household_ids[one], instance.household_ids[other]
                yield f"{names[0]} and {names[1]} would share a facility"


def _quotas(instance: Instance, proposals: Sequence[Proposed]) -> Iterable[str]:
    form, unit = instance.pools["form"], instance.households["responsible_unit"]
    for quota in instance.quotas:
        entries = sum(
            1
            for p in proposals
            if form[p.pool] in quota.form_indices and quota.unit in (NONE, unit[p.household])
        )
        if entries > quota.left:
            yield f"quota {'|'.join(quota.forms)}: {entries} entries, {quota.left} left"


def _chains(instance: Instance, proposals: Sequence[Proposed], moves: Moves) -> Iterable[str]:
    """Carries the plan out, chain by chain and step by step, and watches every place."""
    free = instance.pools["vacant"].astype(int).copy()
    by_chain: dict[int, list[Proposed]] = {}
    for p in proposals:
        by_chain.setdefault(p.chain, []).append(p)
    if sorted(by_chain) != list(range(1, len(by_chain) + 1)):
        yield "chains are not numbered from 1"
    for number, chain in sorted(by_chain.items()):
        if isinstance(moves, int) and len(chain) > moves:
            yield f"chain {number} has {len(chain)} proposals, {moves} are allowed"
        if _is_cycle(chain):
            if Counter(p.pool for p in chain) != Counter(p.from_pool for p in chain):
                yield f"chain {number}: its proposals do not take the places that they leave"
            elif not _hangs_together(chain):
                yield f"chain {number}: falls into several cycles; number them apart"
            continue
        ordered = sorted(chain, key=lambda p: p.step)
        if [p.step for p in ordered] != list(range(1, len(ordered) + 1)):
            yield f"chain {number}: steps do not run from 1"
        first = ordered[0]
        free[first.pool] -= 1
        if free[first.pool] < 0:
            yield f"{_name(instance, first)}: no vacant place is left"
        for before, after in pairwise(ordered):
            if after.pool != before.from_pool:
                yield f"{_name(instance, after)}: does not take the place left by the step before"


def _is_cycle(chain: Sequence[Proposed]) -> bool:
    steps = {p.step for p in chain}
    return steps == {1} and all(p.from_pool != NONE for p in chain) and len(chain) > 1


def _hangs_together(cycle: Sequence[Proposed]) -> bool:
    """Whether a round that leaves as many places as it takes goes through all its pools."""
    reached = {cycle[0].pool}
    for _ in cycle:
        reached |= {p.pool for p in cycle if p.from_pool in reached}
    return reached == {p.pool for p in cycle}


def _values(
    a: Assessment, proposals: Sequence[Proposed], values: Sequence[int], limits: Limits
) -> Iterable[str]:
    h = np.array([p.household for p in proposals], dtype=np.int64)
    pool = np.array([p.pool for p in proposals], dtype=np.int64)
    true = goals_of_pairs(a, prioritise(a), h, pool).sum(axis=1)
    names, counts = [*GOALS], true.tolist()
    if limits.like is not None:
        names.append("kept")
        counts.append(kept_of(a.instance, limits, _pairs(proposals)))
    for name, claimed, counted in zip(names, values, counts, strict=True):
        if claimed != counted:
            yield f"goal {name}: {claimed} is claimed, {counted} is counted"
