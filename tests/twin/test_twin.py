"""The second reading against known goal values, and its model against complete enumeration."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from models.dataset import Dataset

from .answer import proposals_of
from .brute import enumerate_best, size
from .cities import AS_OF, random_city
from .conditional import solve_conditional
from .judge import judge, judge_conditional
from .load import load
from .matching import solve
from .problem import Moves, Problem, problem
from .splits import Split, all_splits, best_split

SAMPLES = Path(__file__).parents[1] / "data"
KNOWN = [
    (city, moves, record["goals"])
    for city in ("small-city", "chain-city")
    for moves, record in json.loads((SAMPLES / city / "expected.json").read_text("utf-8"))["moves"].items()
]
ALL_MOVES: tuple[Moves, ...] = ("none", 1, 2, 3, 4, "unlimited")
Options = dict[str, Any]
TIGHT: list[Options] = [
    {"seed": seed, "households": 9, "pools": 6, "largest": 2, "resident_share": 0.7} for seed in range(20)
]
SCARCE: list[Options] = [
    {"seed": seed, "households": 8, "pools": 5, "largest": 1, "conflicts": 4} for seed in range(20)
]


@cache
def sample(city: str) -> Problem:
    return problem(load(SAMPLES / city), date(2026, 1, 15))


def tiny(options: Options) -> Problem:
    return problem(random_city(**options, awkward=0.1, unknown=0.03), AS_OF)


def one_split(city: Problem, plan: list[tuple[str, str]], moves: Moves) -> Split:
    """A split of a small plan that is the best under the limit."""
    most = moves if isinstance(moves, int) else None
    best = best_split(city, plan, most)
    for split in all_splits(city, plan):
        if (len(split.chains), split.longest_chain()) == best and (most is None or split.longest() <= most):
            return split
    raise AssertionError("the best split is one of all splits")


@pytest.mark.parametrize(("city", "moves", "goals"), KNOWN, ids=[f"{known[0]}-{known[1]}" for known in KNOWN])
def test_known_goal_values(city: str, moves: str, goals: dict[str, int]) -> None:
    told: Moves = moves if moves in ("none", "unlimited") else int(moves)  # type: ignore[assignment]
    assert solve(sample(city), told).goals == goals


@pytest.mark.parametrize("options", TIGHT + SCARCE, ids=str)
def test_model_agrees_with_enumeration(options: Options) -> None:
    city = tiny(options)
    for moves in ALL_MOVES:
        if size(city, moves) <= 5000:
            assert solve(city, moves).goals == enumerate_best(city, moves).goals, moves


def test_most_tiny_cities_are_enumerated() -> None:
    counted = sum(size(tiny(options), "unlimited") <= 5000 for options in TIGHT + SCARCE)
    assert counted >= 30


def test_tiny_cities_need_chains_and_cycles() -> None:
    chains = cycles = 0
    for options in TIGHT + SCARCE:
        city = tiny(options)
        plan = solve(city, "unlimited").plan
        split = one_split(city, plan, "unlimited")
        chains += any(len(chain) > 1 for chain in split.chains)
        cycles += bool(split.cycles)
    assert chains >= 5
    assert cycles >= 3


@pytest.mark.parametrize("options", TIGHT[:10], ids=str)
def test_judge_accepts_best_plans(options: Options) -> None:
    city = tiny(options)
    for moves in ALL_MOVES:
        answer = solve(city, moves)
        told = proposals_of(city, one_split(city, answer.plan, moves))
        assert judge(city, moves, told, answer.goals) == []


def test_judge_accepts_conditional_goals() -> None:
    city = sample("chain-city")
    plan = solve(city, "none").plan
    later = solve_conditional(city, plan)
    told = [{"household": household_id, "pool": pool_id} for household_id, pool_id in later.plan]
    assert later.plan
    assert judge_conditional(city, plan, told, later.goals) == []
    assert judge_conditional(city, plan, [{"household": plan[0][0], "pool": plan[0][1]}]) != []


def first_with_chain() -> tuple[Problem, list[dict[str, Any]]]:
    """A tiny city and its best plan, told with a chain of at least two steps in it."""
    for options in TIGHT:
        city = tiny(options)
        split = one_split(city, solve(city, "unlimited").plan, "unlimited")
        if split.longest_chain() > 1:
            return city, proposals_of(city, split)
    raise AssertionError("no tiny city has a chain of two steps")


def test_judge_names_faults() -> None:
    city, told = first_with_chain()
    assert judge(city, "unlimited", told) == []
    assert "moves are none" in " ".join(judge(city, "none", told))
    assert "at most 1" in " ".join(judge(city, 1, told))
    assert "more than one proposal" in " ".join(judge(city, "unlimited", [*told, told[0]]))
    wrong_fit = [told[0] | {"fit": told[0]["fit"] + 1}, *told[1:]]
    assert "fit told as" in " ".join(judge(city, "unlimited", wrong_fit))
    later = next(proposal for proposal in told if proposal["step"] == 2)
    alone = len({proposal["chain"] for proposal in told}) + 1
    cut_off = [p | {"chain": alone, "step": 1} if p is later else p for p in told if p["step"] <= 2]
    assert judge(city, "unlimited", cut_off) != []
    refused = next(arc for arc, answer in city.eligible.items() if answer == "no")
    stray = told[0] | {"household": refused[0], "pool": refused[1]}
    assert "eligibility is no" in " ".join(judge(city, "unlimited", [stray]))
    assert "sum to" in " ".join(judge(city, "unlimited", told, city.value([])))


def test_cities_are_repeatable_and_valid() -> None:
    assert random_city(7) == random_city(7)
    assert random_city(7) != random_city(8)
    for seed in range(30):
        assert faults(random_city(seed, households=30, pools=8), AS_OF) == []


def faults(data: Dataset, as_of: date) -> list[str]:
    """What an import would refuse in a made-up city."""
    found = []
    city = problem(data, as_of)
    for household in data.households:
        if not city.city.adults(household):
            found.append(f"{household.household_id} has no adult")
    found += [f"{pool_id} is overfull" for pool_id, vacant in city.vacant.items() if vacant < 0]
    for member in data.members:
        if member.birth_date > as_of:
            found.append(f"{member.member_id} is not born")
    for pool in data.pools:
        if pool.drug_policy == "drug_free" and pool.form in OWN_FLATS:
            found.append(f"{pool.pool_id} is a drug-free own flat")
        if pool.opens_on is not None and pool.closes_on is not None and pool.closes_on < pool.opens_on:
            found.append(f"{pool.pool_id} closes before it opens")
    return found


OWN_FLATS = (
    "bostad_forst",
    "forsokslagenhet",
    "traningslagenhet",
    "jourlagenhet",
    "genomgangsbostad",
    "shis_avtalat",
    "shis_relationsvald",
    "seniorlagenhet",
)
