"""Changes that must not matter to reasons, and limits that can only cost: without any twin."""

from collections import Counter

import numpy as np
from hypothesis import given

from models.dataset import Dataset
from optimiser.instance_build import build_instance
from optimiser.limits.model import Limits
from optimiser.match import Match, match
from optimiser.matching import GOALS, Moves
from optimiser.policy.load import load_policy
from optimiser.reasons.asking import worth_asking
from optimiser.reasons.remedies import remedies

from ..twin.problem import problem
from .limits.made_limits import made_limits
from .made import SEEDS, day_of, examples, made_data, shuffled
from .test_ties import mixed_names, renamed
from .told import proposals_told

MOVES: tuple[Moves, ...] = ("none", "unlimited", 2)
Told = tuple[str, str, str, tuple[tuple[str, int], ...]]


def run(data: Dataset, seed: int, limits: Limits | None = None) -> Match:
    day = day_of(seed)
    return match(load_policy(day), build_instance(data, day), MOVES[seed % 3], limits=limits or Limits())


def questions(found: Match) -> Counter[Told]:
    """Household, fact, answer and the change of each goal."""
    ids = found.assessment.instance.household_ids
    return Counter(
        ("" if q.household is None else ids[q.household], q.fact, q.answer, tuple(q.effect.goals.items()))
        for q in worth_asking(found, most=10**6).ranked
    )


def helps(found: Match) -> Counter[Told]:
    """Household, kind and subject of what helps it, and the change of each goal."""
    ids = found.assessment.instance.household_ids
    left = found.priority.candidate.copy()
    left[found.plan.household] = False
    return Counter(
        (ids[h], one.change.kind, f"{one.change.subject}={one.change.after}", tuple(one.effect.items()))
        for h in np.flatnonzero(left).tolist()
        for one in remedies(found, h)
    )


@given(SEEDS)
@examples(12)
def test_shuffled_rows_give_the_same_reasons(seed: int) -> None:
    data = made_data(seed, 9)
    one, other = run(data, seed), run(shuffled(data, seed), seed)
    assert worth_asking(one, most=10**6) == worth_asking(other, most=10**6)
    assert helps(one) == helps(other)


@given(SEEDS)
@examples(15)
def test_other_ids_give_the_same_questions_about_the_same_households(seed: int) -> None:
    data = made_data(seed, 9)
    names = {**mixed_names(data, seed), "": ""}
    before, after = run(data, seed), run(renamed(data, names), seed)
    placed, now = (
        {found.assessment.instance.household_ids[h] for h in found.plan.household.tolist()}
        for found in (before, after)
    )
    if {names[h] for h in placed} != now:
        return  # Ids decided between two who draw level, so another one is left out.
    one, other = questions(before), questions(after)
    assert Counter({(names[h], *rest): n for (h, *rest), n in one.items()}) == other


@given(SEEDS)
@examples(40)
def test_a_limit_dropped_never_lowers_the_goals(seed: int) -> None:
    data, luck = made_data(seed, 10), np.random.default_rng(seed)
    limits = made_limits(problem(data, day_of(seed)), luck, MOVES[seed % 3], pins=0)
    names = [name for name, _ in limits.parts()]
    kept = run(data, seed, limits).solution.values[: len(GOALS)]
    for name in names[:3]:
        looser = run(data, seed, limits.only([other for other in names if other != name]))
        assert looser.solution.values[: len(GOALS)] >= kept


@given(SEEDS)
@examples(25)
def test_shuffled_rows_give_the_same_answer_under_limits(seed: int) -> None:
    data, luck = made_data(seed, 10), np.random.default_rng(seed)
    limits = made_limits(problem(data, day_of(seed)), luck, MOVES[seed % 3], pins=0)
    one, other = (proposals_told(run(rows, seed, limits)) for rows in (data, shuffled(data, seed)))
    assert one == other
