"""Everyone left without a proposal, with cause and what stands in the way, against a plain recount."""

from collections import Counter

import numpy as np
from hypothesis import given

from optimiser.compatibility import eligibility as grid_of
from optimiser.instance_build import build_instance
from optimiser.match import match
from optimiser.policy.load import load_policy
from optimiser.reasons.missing import missing_facts
from optimiser.reasons.unmatched import Unmatched, unmatched

from ..twin.cities import AS_OF
from ..twin.city import City
from ..twin.problem import Moves, Problem, problem
from ..twin.rules import eligibility, verdicts
from . import rows
from .made import SEEDS, day_of, examples, made_data, until_seen

CAUSES: Counter[str] = Counter()
MOVES: tuple[Moves, ...] = ("none", "unlimited")


def cause_by_hand(twin: Problem, household_id: str) -> str:
    city, household = twin.city, twin.city.households[household_id]
    if city.present_level(household) is not None:
        return "stays"
    seen = {eligibility(city, household, pool) for pool in city.data.pools}
    if "yes" in seen:
        return "outcompeted"
    return "needs_information" if "unknown" in seen else "no_eligible_pool"


def blocking_by_hand(city: City, household_id: str) -> list[str]:
    counts: Counter[str] = Counter()
    for pool in city.data.pools:
        found = verdicts(city, city.households[household_id], pool)
        if found["open"] == "pass":
            counts.update(rule for rule, verdict in found.items() if verdict == "fail")
    return sorted(counts, key=lambda rule: (-counts[rule], rule))


@given(SEEDS)
@examples(60)
def test_who_is_left_and_why(seed: int) -> None:
    data, day, moves = made_data(seed), day_of(seed), MOVES[seed % 2]
    twin = problem(data, day)
    run = match(load_policy(day), build_instance(data, day), moves)
    ids = run.assessment.instance.household_ids
    left = unmatched(run.assessment, run.priority, run.plan, moves)
    proposed = {ids[h] for h in run.plan.household.tolist()}
    waiting = [
        key
        for key in sorted(twin.candidates)
        if key not in proposed and (moves != "none" or twin.home[key] is None)
    ]
    assert [ids[one.household] for one in left] == waiting
    at = np.array([one.household for one in left], dtype=np.int64)
    facts = missing_facts(run.assessment, at, grid_of(run.assessment, at))
    assert [list(one.missing) for one in left] == facts
    for one in left:
        key = ids[one.household]
        assert one.cause == cause_by_hand(twin, key)
        assert list(one.blocking) == blocking_by_hand(twin.city, key)
        CAUSES[one.cause] += 1


def test_every_cause_was_seen() -> None:
    wanted = ("stays", "outcompeted", "needs_information", "no_eligible_pool")
    look = test_who_is_left_and_why.hypothesis.inner_test  # type: ignore[attr-defined]
    until_seen(CAUSES, wanted, look)
    assert set(CAUSES) == set(wanted)


def left_of(*people: object) -> list[Unmatched]:
    run = match(load_policy(AS_OF), build_instance(rows.city(*people), AS_OF))  # type: ignore[arg-type]
    return unmatched(run.assessment, run.priority, run.plan, "unlimited")


def test_closed_pools_block_nobody() -> None:
    closed = rows.pool("P", opens_on="2026-02-01", admits="men")
    (one,) = left_of(rows.household("A"), closed, rows.pool("Q", pets="no", admits="men"))
    assert one.blocking == ("admits", "staffed_group")
    assert one.cause == "no_eligible_pool"


def test_city_without_pools_leaves_everyone_without_an_eligible_one() -> None:
    (one,) = left_of(rows.household("A"))
    assert (one.cause, one.missing, one.blocking) == ("no_eligible_pool", (), ())


def test_who_takes_no_part_is_not_left() -> None:
    assert left_of(rows.household("A", situation="housed"), rows.household("B", acute_danger="yes")) == []
    assert np.array(left_of(rows.household("A"))).size == 1
