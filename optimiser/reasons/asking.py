"""Which unknown facts are most worth asking for: what each answer would open, counted exactly."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import assess, compatibility, eligibility
from optimiser.facts import OF_POOLS, answers, only_for
from optimiser.kleene import YES
from optimiser.match import Match
from optimiser.matching import GOALS, matching_problem, plan_of
from optimiser.priority import prioritise
from optimiser.reasons.effect import Effect, effect_of_plans
from optimiser.reasons.regret import Base, Progress, base_of
from optimiser.reasons.screen import Screen
from optimiser.reasons.unmatched import unmatched
from optimiser.within import solve_within

Index = NDArray[np.int64]

MOST = 40
"""So many answers are solved again for, when nothing is said."""


@dataclass(frozen=True, slots=True)
class Question:
    """An unknown fact, the answer that opens most, and what would change with it.

    household is nothing where the fact is about pools; gets is the pool that the household would be
    proposed, nothing where it would be none.
    """

    household: int | None
    fact: str
    answer: str
    gets: int | None
    effect: Effect


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions that change something, those that open most places first.

    Attributes
    ----------
    ranked
        By households more that are proposed a place, then by the change of the goals in their order.
    tried, possible
        How many answers were tried out, of how many that could open a pool.
    """

    ranked: tuple[Question, ...]
    tried: int
    possible: int

    def facts(self) -> list[tuple[str, int, int]]:
        """Each fact, how many questions about it change something, and the most places that one opens."""
        counts = Counter(question.fact for question in self.ranked)
        best = {question.fact: question.effect.placements for question in reversed(self.ranked)}
        return sorted(((fact, n, best[fact]) for fact, n in counts.items()), key=lambda f: (-f[1], f[0]))


@dataclass(frozen=True, slots=True)
class _Case:
    """One household with one fact answered; the pools it could then have, and its tier and points.

    dull says that the answer is known to change nothing.
    """

    household: int | None
    fact: str
    answer: str
    order: tuple[int, int]
    known: Assessment
    pools: Index
    dull: bool


def worth_asking(match: Match, most: int = MOST, progress: Progress | None = None) -> Asked:
    """The unknown facts of those left without a proposal, ranked by what each opens by itself.

    Where the run is a pure flow, best paths tell which answers change nothing; the others are solved
    again for, the highest tier and points first, at most so many.
    """
    base = base_of(match)
    cases = sorted(_cases(match, base), key=lambda case: case.order)
    telling = [case for case in cases if not case.dull]
    best: dict[tuple[int | None, str], Question] = {}
    for number, case in enumerate(telling[:most], start=1):
        question = _question(match, base, case)
        key = case.household, case.fact
        if question is not None and (key not in best or _order(question) < _order(best[key])):
            best[key] = question
        if progress is not None:
            progress(number, len(telling[:most]))
    untried = len(telling[most:])
    return Asked(tuple(sorted(best.values(), key=_order)), len(cases) - untried, len(cases))


def _order(question: Question) -> tuple[int, tuple[int, ...], int, str]:
    change = tuple(-value for value in question.effect.rank)
    return -question.effect.placements, change, question.household or 0, question.fact


def _cases(match: Match, base: Base) -> Iterator[_Case]:
    """Every answer that opens a pool, for every household left without a proposal."""
    a = match.assessment
    rows_of: dict[str, list[int]] = {}
    for entry in unmatched(a, match.priority, match.plan, match.moves):
        for fact in entry.missing:
            rows_of.setdefault(fact, []).append(entry.household)
    screen = Screen(match, base)
    for fact, households in rows_of.items():
        rows = np.array(households, dtype=np.int64)
        before = eligibility(a, rows) == YES
        elsewhere = a.instance.households["current_pool"][rows][:, None] != np.arange(a.instance.m)
        for told, city in answers(a.policy, a.instance, fact):
            known = assess(a.policy, city)
            if fact in OF_POOLS:
                yield _Case(None, fact, told, (0, 0), known, np.empty(0, dtype=np.int64), False)
                continue
            after, priority = (eligibility(known, rows) == YES) & elsewhere, prioritise(known)
            opened = np.flatnonzero((after & ~before).any(axis=1))
            lively = screen.may_gain(known, rows[opened], after[opened])
            for i in opened.tolist():
                h = int(rows[i])
                order = int(priority.tier[h]), -int(priority.points[h])
                yield _Case(h, fact, told, order, known, np.flatnonzero(after[i]), h not in lively)


def _question(match: Match, base: Base, case: _Case) -> Question | None:
    """The question with its effect by solving again; None when the answer changes nothing."""
    known = case.known
    if case.household is None:
        pairs = compatibility(known).eligible
    else:
        known = assess(known.policy, only_for(match.assessment.instance, known.instance, case.household))
        pairs = _with_pools(match.compatible.eligible, case.household, case.pools)
    problem = matching_problem(known, prioritise(known), pairs, match.moves, match.limits)
    solution, _ = solve_within(problem, base.most)
    plans = match.plan, plan_of(problem, solution.chosen)
    old, new = (dict(zip(p.household.tolist(), p.pool.tolist(), strict=True)) for p in plans)
    if old == new:
        return None
    count = len(GOALS)
    change = np.subtract(solution.values[:count], match.solution.values[:count]).tolist()
    gets = None if case.household is None else new.get(case.household)
    return Question(case.household, case.fact, case.answer, gets, effect_of_plans(change, old, new))


def _with_pools(pairs: tuple[Index, Index], h: int, pools: Index) -> tuple[Index, Index]:
    """Eligible pairs with those of one household in place of its own."""
    low, high = np.searchsorted(pairs[0], [h, h + 1])
    mine = np.full(len(pools), h, dtype=np.int64)
    parts = ((pairs[0], mine), (pairs[1], pools))
    households, chosen = (np.concatenate([old[:low], new, old[high:]]) for old, new in parts)
    return households, chosen
