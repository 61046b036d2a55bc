"""Which facts are worth asking for: each answer written into the rows and solved again."""

from collections import Counter
from dataclasses import replace

from hypothesis import given

from optimiser.instance_build import build_instance
from optimiser.match import Match, match
from optimiser.matching import GOALS, Moves
from optimiser.policy.load import load_policy
from optimiser.reasons.asking import worth_asking
from optimiser.reasons.changes import Change

from ..twin.cities import AS_OF
from ..twin.city import City
from ..twin.matching import solve
from ..twin.problem import problem
from . import rows
from .made import SEEDS, day_of, examples, made_data
from .test_remedies import changed
from .told import goals_told

SEEN: Counter[str] = Counter()
GROUP = {"situation": "friends_temporary", "homeless_since": "2025-12-01"}


def solved_again(run: Match) -> Match:
    """The same run, said to be no flow, so that every answer is solved again for."""
    return replace(run, solution=replace(run.solution, engine="mip"))


def test_the_fact_that_opens_most_comes_first() -> None:
    data = rows.city(
        rows.household("A", **GROUP, social_problems="unknown"),
        rows.household("B", **GROUP, social_problems="yes"),
        rows.household("C", **GROUP, social_problems="yes", situation_ends_on="2026-01-20", pet="unknown"),
        rows.household("D", **GROUP, social_problems="unknown", support_need="care"),
        rows.pool("P", capacity=2),
        rows.pool("Q", form="bostad_forst"),
    )
    run = match(load_policy(AS_OF), build_instance(data, AS_OF), "none")
    told: list[tuple[int, int]] = []
    found = worth_asking(run, progress=lambda *step: told.append(step))
    assert found == worth_asking(solved_again(run))
    assert [(q.fact, q.answer) for q in found.ranked] == []
    more = rows.city(*data.households, rows.pool("P", capacity=3), rows.pool("Q", form="bostad_forst"))
    run = match(load_policy(AS_OF), build_instance(more, AS_OF), "none")
    found = worth_asking(run, progress=lambda *step: told.append(step))
    (question,) = found.ranked
    assert (question.household, question.fact, question.answer, question.gets) == (
        0,
        "social_problems",
        "yes",
        0,
    )
    assert question.effect.placements == question.effect.goals["tier_4"] == 1
    assert found.facts() == [("social_problems", 1, 1)]
    assert told == [(n, len(told)) for n in range(1, len(told) + 1)] != []


def test_the_cap_is_told() -> None:
    people = [rows.household(name, **GROUP, social_problems="unknown") for name in "ABCD"]
    run = match(load_policy(AS_OF), build_instance(rows.city(*people, rows.pool("P")), AS_OF), "none")
    assert worth_asking(run, most=0) == worth_asking(run)
    everything, some = worth_asking(solved_again(run)), worth_asking(solved_again(run), most=1)
    assert everything.tried == everything.possible > some.tried
    assert some.possible == everything.possible
    assert len(some.ranked) == 1


@given(SEEDS)
@examples(30)
def test_every_answer_counts_what_the_rows_say(seed: int) -> None:
    check_city(seed)


def check_city(seed: int) -> None:
    data, day, policy = made_data(seed, 10), day_of(seed), load_policy(day_of(seed))
    moves: Moves = ("none", "unlimited", 2)[seed % 3]
    run = match(policy, build_instance(data, day), moves)
    instance, city, before = run.assessment.instance, City(data, day), goals_told(run.solution.values)
    found = worth_asking(run, most=10**6)
    assert found == worth_asking(solved_again(run), most=10**6)
    assert found.tried == found.possible
    order = [(-q.effect.placements, [-value for value in q.effect.rank]) for q in found.ranked]
    assert order == sorted(order)
    for question in found.ranked[:4]:
        SEEN["household" if question.household is not None else "pools"] += 1
        household = instance.household_ids[question.household or 0]
        rebuilt = changed(data, city, household, Change("fact", question.fact, "unknown", question.answer))
        twin = solve(problem(rebuilt, day), moves).goals
        assert question.effect.goals == {goal: twin[goal] - before[goal] for goal in GOALS}
        again = match(policy, build_instance(rebuilt, day), moves)
        assert question.effect.placements == len(again.plan.household) - len(run.plan.household)
        if question.household is not None:
            got = again.plan.pool[again.plan.household == question.household].tolist()
            assert got == ([] if question.gets is None else [question.gets])


def test_the_cities_had_questions() -> None:
    seed = 0
    while not SEEN["household"] and seed < 60:
        check_city(seed)
        seed += 1
    assert SEEN["household"]
