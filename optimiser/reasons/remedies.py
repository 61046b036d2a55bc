"""What would help one household to a place: one change at a time, each verified by solving again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from optimiser.assessment import Assessment
from optimiser.compatibility import assess, eligibility, pair_verdicts
from optimiser.facts import OF_POOLS, answers, only_for
from optimiser.instance import NONE
from optimiser.kleene import YES
from optimiser.match import Match, match_assessed
from optimiser.matching import GOALS
from optimiser.priority import prioritise
from optimiser.reasons.missing import missing_facts
from optimiser.reasons.regret import base_of
from optimiser.reasons.screen import Screen

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a place more (`place`), an answer (`fact`) or an exception from a rule (`rule`)."""

    kind: str
    subject: str
    before: str | int
    after: str | int

    def as_data(self) -> dict[str, Any]:
        """The change as `explain --json` writes it."""
        return {"kind": self.kind, "id": self.subject, "from": self.before, "to": self.after}


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change after which the household is proposed a place: which, and what each goal gains or loses.

    Cost counts as a positive sum in SEK/month, so a positive difference is dearer.
    """

    change: Change
    gets: int
    effect: Mapping[str, int]


def remedies(match: Match, h: int, progress: Progress | None = None) -> list[Remedy]:
    """Changes that bring a household without a proposal to a place, each verified by a run of its own.

    Where the run is a pure flow, changes that best paths show to be of no help are not solved again for.

    Tried are: one more place in each pool it is eligible for; each answer to each fact that could open
    a pool; an exception for this household, in other pools than its own, from each rule that alone
    closes some pool to it and can be set aside. A household that has a proposal, or is no candidate, is
    not helped further. progress is told how many changes are tried of how many.
    """
    a = match.assessment
    if not match.priority.candidate[h] or h in match.plan.household:
        return []
    changes = list(_changes(a, h))
    screen = Screen(match, base_of(match))
    found = []
    for number, (change, changed) in enumerate(changes, start=1):
        if _may_help(screen, h, change, changed):
            again = match_assessed(changed, match.moves, limits=match.limits)
            got = again.plan.pool[again.plan.household == h]
            if got.size:
                found.append(Remedy(change, int(got[0]), _effect(match, again)))
        if progress is not None:
            progress(number, len(changes))
    return found


def _may_help(screen: Screen, h: int, change: Change, changed: Assessment) -> bool:
    if change.kind == "place":
        return screen.may_gain_by_place(h, changed.instance.pool_ids.index(change.subject))
    if change.subject in OF_POOLS:
        return True
    row = eligibility(changed, np.array([h])) == YES
    row &= np.arange(changed.instance.m) != changed.instance.households["current_pool"][h]
    return h in screen.may_gain(changed, np.array([h]), row)


def _changes(a: Assessment, h: int) -> Iterator[tuple[Change, Assessment]]:
    grid = eligibility(a, np.array([h]))
    yield from _places(a, h, np.flatnonzero(grid[0] == YES).tolist())
    for fact in missing_facts(a, np.array([h]), grid)[0]:
        tried: set[tuple[bytes, int, int]] = set()
        for told, city in answers(a.policy, a.instance, fact):
            changed = assess(a.policy, only_for(a.instance, city, h))
            row = eligibility(changed, np.array([h])) == YES
            priority = prioritise(changed)
            outcome = (row.tobytes(), int(priority.tier[h]), int(priority.points[h]))
            if outcome not in tried and (row & (grid != YES)).any():
                tried.add(outcome)
                yield Change("fact", fact, "unknown", told), changed
    for rule_id in _alone_in_the_way(a, h):
        changed = assess(a.policy, a.instance)
        excepted = np.zeros(a.instance.n, dtype=bool)
        excepted[h] = True
        changed.excepted[rule_id] = excepted
        yield Change("rule", rule_id, "in force", "exception"), changed


def _places(a: Assessment, h: int, pools: list[int]) -> Iterator[tuple[Change, Assessment]]:
    for p in pools:
        if p == a.instance.households["current_pool"][h]:
            continue
        places = {name: a.instance.pools[name].copy() for name in ("capacity", "vacant")}
        for column in places.values():
            column[p] += 1
        before = int(a.instance.pools["capacity"][p])
        city = a.instance.with_pools(**places)
        yield Change("place", a.instance.pool_ids[p], before, before + 1), assess(a.policy, city)


def _alone_in_the_way(a: Assessment, h: int) -> list[str]:
    """Rules that are the only fail, with nothing on hold, in the way of some pool, in policy order."""
    alone = set()
    current = a.instance.households["current_pool"][h]
    for p in range(a.instance.m):
        if p == current and current != NONE:
            continue
        verdicts = pair_verdicts(a, h, p)
        fails = [rule_id for rule_id, verdict in verdicts.items() if verdict == "fail"]
        held = any(
            verdict == "unknown" and a.policy.rule(rule_id).when_unknown == "hold"
            for rule_id, verdict in verdicts.items()
        )
        if len(fails) == 1 and not held:
            alone.add(fails[0])
    return [rule.rule_id for rule in a.policy.rules if rule.rule_id in alone and rule.exception_possible]


def _effect(before: Match, after: Match) -> dict[str, int]:
    signs = [-1 if name == "cost" else 1 for name in GOALS]
    pairs = zip(GOALS, signs, before.solution.values, after.solution.values, strict=False)
    return {name: sign * (new - old) for name, sign, old, new in pairs}
