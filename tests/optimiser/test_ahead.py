"""Who is ahead of a household: in a city spelled out, and recounted by hand in made ones."""

from hypothesis import given

from optimiser.instance_build import build_instance
from optimiser.match import Match, match
from optimiser.matching import Moves
from optimiser.policy.load import load_policy
from optimiser.reasons.ahead import ahead

from ..twin.cities import AS_OF
from ..twin.problem import problem
from . import rows
from .made import SEEDS, day_of, examples, made_data

Told = tuple[str, str, bool]


def told(run: Match, household: str) -> list[Told]:
    instance = run.assessment.instance
    found = ahead(run, instance.household_ids.index(household))
    return [(instance.household_ids[e.household], instance.pool_ids[e.pool], e.proposed) for e in found]


def test_who_is_proposed_comes_before_who_lives_there() -> None:
    group = {"social_problems": "yes", "homeless_since": "2025-12-01"}
    data = rows.city(
        rows.household("A", **group),
        rows.household("B", **{**group, "homeless_since": "2020-01-01"}),
        rows.household("C", **{**group, "homeless_since": "2021-01-01"}),
        rows.household("D", **group, situation="supported_housing", current_pool_id="full"),
        rows.household("E", **group, pet="yes"),
        rows.pool("full"),
        rows.pool("free", capacity=2, pets="no"),
    )
    run = match(load_policy(AS_OF), build_instance(data, AS_OF))
    assert told(run, "A") == [("B", "free", True), ("C", "free", True), ("D", "full", False)]
    assert told(run, "E") == [("D", "full", False)]
    assert told(run, "B") == [("D", "full", False)]
    assert told(run, "D") == []


@given(SEEDS)
@examples(60)
def test_ahead_as_counted_by_hand(seed: int) -> None:
    data, day = made_data(seed), day_of(seed)
    moves: Moves = "none" if seed % 2 else "unlimited"
    run = match(load_policy(day), build_instance(data, day), moves)
    twin, ids = problem(data, day), run.assessment.instance.household_ids
    pools = run.assessment.instance.pool_ids
    plan = {ids[h]: pools[p] for h, p in zip(run.plan.household, run.plan.pool, strict=True)}
    tier = dict(zip(ids, run.priority.tier.tolist(), strict=True))
    points = dict(zip(ids, run.priority.points.tolist(), strict=True))
    for me in twin.candidates:
        could = [pool for pool in sorted(twin.vacant) if twin.eligible.get((me, pool)) == "yes"]
        could = [pool for pool in could if pool != plan.get(me)]
        expected: list[Told] = []
        for proposed in (True, False):
            for pool in could:
                there = [
                    other
                    for other in ids
                    if (
                        plan.get(other) == pool
                        if proposed
                        else twin.home[other] == pool and other not in plan
                    )
                ]
                there.sort(key=lambda other: (tier[other], -points[other], other))
                expected += [(other, pool, proposed) for other in there if other != me]
        assert told(run, me) == expected
