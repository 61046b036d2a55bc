"""The answer as data: the shape of `match --json`, judged whole by the twin."""

import json
from typing import Any

import pytest
from hypothesis import given

from models.dataset import Dataset
from optimiser.answer import answer
from optimiser.facts import FACTS
from optimiser.instance_build import build_instance
from optimiser.match import match
from optimiser.policy.load import load_policy

from ..twin.cities import AS_OF
from ..twin.judge import judge_answer
from ..twin.problem import GOALS, Moves, problem
from . import rows
from .made import SEEDS, day_of, examples, made_data

MOVES: tuple[Moves, ...] = ("none", "unlimited", 3)
RUN = {"as_of", "moves", "policy", "inputs", "engine", "status", "goals", "conditional_goals"}
PROPOSAL = {"household", "pool", "from_pool", "tier", "points", "fit", "monthly_cost_sek"} | {
    "chain",
    "step",
    "ask",
}
UNMATCHED = {"household", "tier", "points", "cause", "missing", "blocking", "other_help"}


def told(data: Dataset, seed: int = 0, moves: Moves = "unlimited", **options: Any) -> dict[str, Any]:
    day = day_of(seed)
    return answer(match(load_policy(day), build_instance(data, day), moves, **options), "inputs-hash")


@given(SEEDS)
@examples(80)
def test_shape_and_sense(seed: int) -> None:
    data, moves = made_data(seed), MOVES[seed % 3]
    found = told(data, seed, moves)
    assert json.loads(json.dumps(found)) == found
    assert set(found) == {"run", "proposals", "conditional", "unmatched"}
    assert set(found["run"]) == RUN
    for goals in (found["run"]["goals"], found["run"]["conditional_goals"]):
        assert [goal["name"] for goal in goals] == list(GOALS)
        assert all(set(goal) == {"name", "value", "bound"} for goal in goals)
        assert all(goal["value"] == goal["bound"] for goal in goals)
        assert next(goal for goal in goals if goal["name"] == "cost")["value"] >= 0
    assert all(set(proposal) == PROPOSAL for proposal in found["proposals"])
    assert all(set(one) == {"household", "pool", "tier", "needs"} for one in found["conditional"])
    assert all(one["needs"] and set(one["needs"]) <= set(FACTS) for one in found["conditional"])
    for left in found["unmatched"]:
        assert set(left) == UNMATCHED
        assert bool(left["other_help"]) == (left["cause"] == "no_eligible_pool")
    assert found["run"]["status"] == "optimal"
    assert judge_answer(problem(data, day_of(seed)), found) == []


@given(SEEDS)
@examples(40)
def test_everyone_who_takes_part_is_answered_once(seed: int) -> None:
    data = made_data(seed)
    found = told(data, seed)
    answered = [row["household"] for row in (*found["proposals"], *found["unmatched"])]
    assert sorted(answered) == sorted(problem(data, day_of(seed)).candidates)
    proposed = {row["household"] for row in found["proposals"]}
    assert not proposed & {row["household"] for row in found["conditional"]}


def test_run_is_named_by_its_day_policy_and_inputs() -> None:
    run = told(made_data(2), 2)["run"]
    assert (run["as_of"], run["inputs"], run["moves"]) == ("2026-01-15", "inputs-hash", "unlimited")
    assert run["policy"] == load_policy(AS_OF).digest


@pytest.mark.parametrize("seed", range(4))
def test_equal_input_equal_answer_to_the_byte(seed: int) -> None:
    assert json.dumps(told(made_data(seed), seed)) == json.dumps(told(made_data(seed), seed))


def test_proposals_stand_by_chain_and_step() -> None:
    for seed in range(12):
        order = [(row["chain"], row["step"]) for row in told(made_data(seed), seed)["proposals"]]
        assert order == sorted(order)


@given(SEEDS)
@examples(30)
def test_out_of_time_is_told_as_feasible_with_bounds_that_hold(seed: int) -> None:
    data = made_data(seed)
    late, best = told(data, seed, time_limit=0.0), told(data, seed)
    for name in ("goals", "conditional_goals"):
        for goal in late["run"][name]:
            assert holds(goal["bound"], goal["value"], goal["name"]), goal
    for goal, known in zip(late["run"]["goals"], best["run"]["goals"], strict=True):
        assert holds(goal["bound"], known["value"], goal["name"]), goal
    complaints = judge_answer(problem(data, day_of(seed)), late)
    assert [text for text in complaints if not text.startswith("split")] == []
    assert late["run"]["status"] == "feasible"


def holds(bound: int, value: int, goal: str) -> bool:
    """Whether a value is no better than a bound."""
    return bound <= value if goal == "cost" else bound >= value


def test_city_without_pools_or_people() -> None:
    empty = told(rows.city())
    assert (empty["proposals"], empty["conditional"], empty["unmatched"]) == ([], [], [])
    (left,) = told(rows.city(rows.household("A")))["unmatched"]
    assert left["cause"] == "no_eligible_pool"
    assert len(left["other_help"]) >= 3
