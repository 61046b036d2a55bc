"""First come and priority-greedy: in a city spelled out, retold by hand, within every limit, never better."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given

from models.households import Conflict
from models.stock import Quota
from optimiser.chains import split
from optimiser.instance_build import build_instance
from optimiser.match import Match, match
from optimiser.matching import GOALS, Moves, matching_problem, plan_of
from optimiser.policy.load import load_policy
from optimiser.problem import NO_HOME, Problem
from optimiser.reasons.baselines import baselines, first_come, priority_greedy

from ..twin.cities import AS_OF
from ..twin.judge import judge
from ..twin.problem import problem as twin_problem
from . import rows
from .made import SEEDS, day_of, examples, made_data
from .told import goals_told, proposals_told

GROUP = {"social_problems": "yes"}
LONG, LATE = "2020-01-01", "2025-12-01"


def run_of(data: Any, moves: Moves = "none") -> Match:
    return match(load_policy(AS_OF), build_instance(data, AS_OF), moves)


def problem_of(run: Match) -> Problem:
    return matching_problem(run.assessment, run.priority, run.compatible.eligible, run.moves)


def chosen_by(run: Match) -> dict[str, np.ndarray]:
    """The pairs that each of the two ways chooses."""
    problem, instance = problem_of(run), run.assessment.instance
    since = instance.households["homeless_since"].astype(np.int64)
    waited = np.where(since < -(10**6), 1, since)
    fit = problem.goals[GOALS.index("fit")]
    return {
        "first_come": first_come(problem, waited, fit, run.moves),
        "priority_greedy": priority_greedy(problem, run.moves),
    }


def told(run: Match, chosen: np.ndarray) -> dict[str, str]:
    problem, instance = problem_of(run), run.assessment.instance
    return {
        instance.household_ids[h]: instance.pool_ids[p]
        for h, p in zip(problem.seeker[chosen].tolist(), problem.pool[chosen].tolist(), strict=True)
    }


def test_first_come_overlooks_need_and_greedy_gives_the_scarce_place_first() -> None:
    data = rows.city(
        rows.household("A", **GROUP, homeless_since=LONG, situation="friends_temporary"),
        rows.household("B", **GROUP, homeless_since=LATE, situation="rough_sleeping"),
        rows.household("C", **GROUP, homeless_since=LATE, pet="yes", situation="friends_temporary"),
        rows.pool("any"),
        rows.pool("no-pets", pets="no", capacity=1),
    )
    run = run_of(data)
    ways = {name: told(run, chosen) for name, chosen in chosen_by(run).items()}
    assert ways["first_come"] == {"A": "any", "B": "no-pets"}
    assert ways["priority_greedy"] == {"B": "no-pets", "A": "any"}
    found = {one.name: one for one in baselines(run)}
    assert found["first_come"].proposed == found["priority_greedy"].proposed == 2
    assert found["priority_greedy"].goals["tier_2"] == 1
    assert found["first_come"].goals["points"] == int(run.priority.points[:2].sum())


def test_where_scarcity_is_total_the_optimum_places_no_more_people() -> None:
    people = [rows.household(name, **GROUP, situation="friends_temporary") for name in "ABCDE"]
    run = run_of(rows.city(*people, rows.pool("one")))
    assert [one.proposed for one in baselines(run)] == [1, 1]
    assert len(run.plan.household) == 1


def test_a_place_left_is_handed_on_as_far_as_chains_may_go() -> None:
    lives = {**GROUP, "situation": "supported_housing", "situation_ends_on": "2026-01-20"}
    data = rows.city(
        rows.household("A", **lives, current_pool_id="first", homeless_since=LONG),
        rows.household("B", **GROUP, pet="yes", situation="friends_temporary", homeless_since=LATE),
        rows.pool("first"),
        rows.pool("second", pets="no"),
    )
    assert [one.proposed for one in baselines(run_of(data, 1))] == [1, 1]
    assert [one.proposed for one in baselines(run_of(data, 2))] == [2, 2]


def test_conflicts_and_quotas_stop_a_pair() -> None:
    people = [rows.household(name, **GROUP, situation="friends_temporary") for name in "AB"]
    two = rows.pool("two", capacity=2)
    apart = rows.city(*people, two, conflicts=(Conflict(household_id_a="A", household_id_b="B"),))
    assert [one.proposed for one in baselines(run_of(apart))] == [1, 1]
    few = rows.city(*people, two, quotas=(Quota(year=2026, form=("stodboende",), places=1),))
    assert [one.proposed for one in baselines(run_of(few))] == [1, 1]


@given(SEEDS)
@examples(60)
def test_both_keep_every_limit_and_never_beat_the_optimum(seed: int) -> None:
    data, day = made_data(seed), day_of(seed)
    moves: Moves = ("none", "unlimited", 1 + seed // 3 % 4)[seed % 3]
    run = match(load_policy(day), build_instance(data, day), moves)
    twin, problem = twin_problem(data, day), problem_of(run)
    most = moves if isinstance(moves, int) else None
    named = {one.name: one for one in baselines(run)}
    for name, chosen in chosen_by(run).items():
        plan = plan_of(problem, chosen)
        steps = split(plan, problem.vacant, most)
        assert steps is not None, name
        as_run = replace(run, plan=plan, steps=tuple(steps))
        assert judge(twin, moves, proposals_told(as_run), named[name].goals) == []
        values = tuple(int(value) for value in problem.goals[: len(GOALS)][:, chosen].sum(axis=1))
        assert goals_told(values) == named[name].goals
        assert values <= run.solution.values[: len(GOALS)]


@given(SEEDS)
@examples(40)
def test_greedy_as_retold_by_hand(seed: int) -> None:
    data, day = made_data(seed), day_of(seed)
    moves: Moves = "none" if seed % 2 else "unlimited"
    run = match(load_policy(day), build_instance(data, day), moves)
    problem = problem_of(run)
    assert np.flatnonzero(chosen_by(run)["priority_greedy"]).tolist() == sorted(by_hand(problem))


def by_hand(problem: Problem) -> list[int]:
    """Priority-greedy one place at a time, everything counted afresh before each."""
    taken: list[int] = []
    worth = [tuple(goal) for goal in problem.goals.T.tolist()]

    def may(pair: int) -> bool:
        chosen = np.zeros(len(problem.seeker), dtype=bool)
        chosen[[*taken, pair]] = True
        touched = [side for side in problem.sides if pair in side.pairs]
        placed = {int(problem.seeker[other]) for other in taken}
        return int(problem.seeker[pair]) not in placed and all(s.load(chosen) <= s.most for s in touched)

    while True:
        free = problem.vacant.astype(int).copy()
        for pair in taken:
            free[problem.pool[pair]] -= 1
            home = problem.home[problem.seeker[pair]]
            if home != NO_HOME:
                free[home] += 1
        open_to = {
            pool: [pair for pair in np.flatnonzero(problem.pool == pool).tolist() if may(pair)]
            for pool in np.flatnonzero(free > 0).tolist()
        }
        waiting = [(len(pairs) / int(free[pool]), pool) for pool, pairs in open_to.items() if pairs]
        if not waiting:
            return taken
        taken.append(max(open_to[min(waiting)[1]], key=lambda pair: worth[pair]))
