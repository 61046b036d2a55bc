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
from optimiser.matching import GOALS, Plan, matching_problem, plan_of
from optimiser.priority import prioritise
from optimiser.reasons.effect import Effect, effect_of_plans
from optimiser.reasons.openings import TIERS, Gain, Openings
from optimiser.reasons.regret import Base, Progress, base_of
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
    """One household with one fact answered; the pools it could then have, and what it is tried by.

    gain is what best paths make of it, nothing where they cannot tell.
    """

    household: int | None
    fact: str
    answer: str
    order: tuple[int, int, int]
    known: Assessment
    pools: Index
    gain: Gain | None


def worth_asking(match: Match, most: int = MOST, progress: Progress | None = None) -> Asked:
    """The unknown facts of those left without a proposal, ranked by what each opens by itself; exact.

    Where the run is a pure flow, what an answer changes is read off its residual graph. Where limits
    decide, the city is solved again for answers that may change a tier, or any goal where the limits cost
    nothing; those that may open most places come first, and at most so many are solved for. Answers that
    only change who wins a tie are left out.
    """
    base = base_of(match)
    openings = Openings(match, base)
    possible, cases = 0, []
    for case in _cases(match, openings):
        possible += 1
        if case is not None:
            cases.append(case)
    best: dict[tuple[int | None, str], Question] = {}
    solved = untried = 0
    for number, case in enumerate(sorted(cases, key=lambda case: case.order), start=1):
        question = _read_off(match, openings, case)
        if question is None:
            solved += 1
            untried += solved > most
            question = _solved_again(match, base, case) if solved <= most else None
        if progress is not None:
            progress(number, len(cases))
        key = case.household, case.fact
        if question is None or not any(question.effect.rank):
            continue
        if key not in best or _order(question) < _order(best[key]):
            best[key] = question
    return Asked(tuple(sorted(best.values(), key=_order)), possible - untried, possible)


def _order(question: Question) -> tuple[int, tuple[int, ...], int, str]:
    change = tuple(-value for value in question.effect.rank)
    return -question.effect.placements, change, question.household or 0, question.fact


def _cases(match: Match, openings: Openings) -> Iterator[_Case | None]:
    """Every answer that opens a pool, for every household left without a proposal.

    Nothing stands for an answer that is known to change no goal.
    """
    a = match.assessment
    rows_of: dict[str, list[int]] = {}
    for entry in unmatched(a, match.priority, match.plan, match.moves):
        for fact in entry.missing:
            rows_of.setdefault(fact, []).append(entry.household)
    for fact, households in rows_of.items():
        rows = np.array(households, dtype=np.int64)
        before = eligibility(a, rows) == YES
        elsewhere = a.instance.households["current_pool"][rows][:, None] != np.arange(a.instance.m)
        for told, city in answers(a.policy, a.instance, fact):
            known = assess(a.policy, city)
            if fact in OF_POOLS:
                yield _Case(None, fact, told, (0, 0, 0), known, np.empty(0, dtype=np.int64), None)
                continue
            after, priority = (eligibility(known, rows) == YES) & elsewhere, prioritise(known)
            opened = np.flatnonzero((after & ~before).any(axis=1))
            at = rows[opened]
            gains = openings.by_pools(known, at, after[opened], at) if openings.telling else {}
            for i in opened.tolist():
                h = int(rows[i])
                if openings.telling and h not in gains:
                    yield None
                    continue
                more = sum(gains[h].change[:TIERS]) if h in gains else 0
                order = -more, int(priority.tier[h]), -int(priority.points[h])
                yield _Case(h, fact, told, order, known, np.flatnonzero(after[i]), gains.get(h))


def _read_off(match: Match, openings: Openings, case: _Case) -> Question | None:
    """The question with its effect from best paths; None where they do not settle it."""
    if not openings.exact or case.household is None or case.gain is None:
        return None
    h, gain = case.household, case.gain
    plan = openings.plan_after(h, gain)
    if not openings.keeps(_of_one(match, case, h), plan):
        return None
    change = list(gain.change[: len(GOALS)])
    return Question(
        h, case.fact, case.answer, gain.pool, effect_of_plans(change, _places(match.plan), _places(plan))
    )


def _solved_again(match: Match, base: Base, case: _Case) -> Question:
    """The question with its effect by solving again."""
    known = case.known
    if case.household is None:
        pairs = compatibility(known).eligible
    else:
        known = _of_one(match, case, case.household)
        pairs = _with_pools(match.compatible.eligible, case.household, case.pools)
    problem = matching_problem(known, prioritise(known), pairs, match.moves, match.limits)
    solution, _ = solve_within(problem, base.most)
    old, new = _places(match.plan), _places(plan_of(problem, solution.chosen))
    count = len(GOALS)
    change = np.subtract(solution.values[:count], match.solution.values[:count]).tolist()
    gets = None if case.household is None else new.get(case.household)
    return Question(case.household, case.fact, case.answer, gets, effect_of_plans(change, old, new))


def _of_one(match: Match, case: _Case, h: int) -> Assessment:
    """The city with the answer for one household alone."""
    return assess(case.known.policy, only_for(match.assessment.instance, case.known.instance, h))


def _places(plan: Plan) -> dict[int, int]:
    return dict(zip(plan.household.tolist(), plan.pool.tolist(), strict=True))


def _with_pools(pairs: tuple[Index, Index], h: int, pools: Index) -> tuple[Index, Index]:
    """Eligible pairs with those of one household in place of its own."""
    low, high = np.searchsorted(pairs[0], [h, h + 1])
    mine = np.full(len(pools), h, dtype=np.int64)
    parts = ((pairs[0], mine), (pairs[1], pools))
    households, chosen = (np.concatenate([old[:low], new, old[high:]]) for old, new in parts)
    return households, chosen
