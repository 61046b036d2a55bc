"""Stays and waits that end: by chance, by the limits of a stay, with the pool, and what follows."""

from datetime import timedelta

import numpy as np
import pytest

from models.dataset import Dataset
from optimiser.instance import HOUSEHOLD_CODES, MISSING, NONE
from scenarios.segments import SEGMENTS
from scenarios.simulation.population import State
from scenarios.simulation.week import GONE, HOMELESS, OWN_HOME

from ...optimiser.rows import adult, child, city, household, pool
from .cities import AS_OF, simulation

SITUATIONS = [str(value) for value in HOUSEHOLD_CODES["situation"]]


def living(
    form: str = "stodboende", many: int = 1, members: tuple[object, ...] = (), **of_pool: object
) -> Dataset:
    """Residents of one pool, there for a month, who may not move in again: they are paused."""
    rows = [
        household(
            f"R{n:03d}",
            current_pool_id="P",
            moved_in_on=AS_OF - timedelta(days=31),
            homeless_since=AS_OF - timedelta(days=900),
            unavailable_until=AS_OF + timedelta(days=4000),
        )
        for n in range(many)
    ]
    return city(*rows, *members, pool("P", form=form, capacity=many, **of_pool))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("way", "outcome", "state"),
    [("own_home", OWN_HOME, State.HOUSED), ("homeless", HOMELESS, State.WAITING), ("left", GONE, State.LEFT)],
)
def test_how_a_stay_ends(way: str, outcome: int, state: State) -> None:
    run = simulation(living(), 3, {f"stays.stodboende.{way}": 1.0})
    week = run.week(0)
    assert week.ended.row.tolist() == [0]
    assert week.ended.pool.tolist() == [0]
    assert week.ended.outcome.tolist() == [outcome]
    assert run.city.people["state"].tolist() == [state]
    assert run.city.people["current_pool"].tolist() == [NONE]
    assert run.week(1).ended.row.size == 0


@pytest.mark.parametrize(("form", "since"), [("stodboende", -900), ("bostad_forst", 7)])
def test_back_in_homelessness(form: str, since: int) -> None:
    """Below the lasting level nobody has stopped being homeless; from a lasting home it begins anew."""
    run = simulation(living(form), 3, {f"stays.{form}.homeless": 1.0})
    people = run.city.people
    people["current_pool"][:] = NONE
    people["state"][:] = State.HOUSED
    run.week(0)
    people["current_pool"][:] = 0
    people["state"][:] = State.PLACED
    run.week(1)
    assert people["homeless_since"].tolist() == [since]
    assert people["since"].tolist() == [7]
    assert SITUATIONS[people["situation"][0]] in (
        "hotel_hostel",
        "friends_temporary",
        "rough_sleeping",
        "emergency_shelter",
    )
    assert people["situation_ends_on"][0] == people["moved_in"][0] == MISSING


def test_families_never_end_up_outdoors() -> None:
    members = [row for n in range(60) for row in (adult(f"R{n:03d}"), child(f"R{n:03d}"))]
    data = living("jourlagenhet", 60, tuple(members), children="yes")
    run = simulation(data, 3, {"stays.jourlagenhet.homeless": 1.0})
    run.week(0)
    found = {SITUATIONS[code] for code in run.city.people["situation"].tolist()}
    assert found == {"hotel_hostel", "friends_temporary", "emergency_flat"}


def test_chances_come_out_right() -> None:
    many = 3000
    run = simulation(
        living(many=many), 3, {"stays.stodboende.own_home": 0.1, "stays.stodboende.homeless": 0.2}
    )
    counts = np.bincount(run.week(0).ended.outcome, minlength=3)
    assert counts[GONE] == 0
    assert counts[:2] / many == pytest.approx([0.1, 0.2], abs=0.03)


def test_a_factor_on_stays_keeps_who_leaves_anyway() -> None:
    rate = {"stays.stodboende.homeless": 0.1}
    few = simulation(living(many=500), 3, rate).week(0).ended.row
    more = simulation(living(many=500), 3, rate, stays={"stodboende": np.full(3, 2.0)}).week(0).ended.row
    assert set(few.tolist()) < set(more.tolist())


def test_beyond_the_longest_stay() -> None:
    run = simulation(living(max_stay_months=2), 10, {"overstay.ends": 1.0})
    ends = [run.week(week).ended for week in range(8)]
    # Two months are 60.9 days; 31 of them had passed.
    assert [end.row.size for end in ends] == [0, 0, 0, 0, 0, 1, 0, 0]
    assert ends[5].outcome.tolist() == [HOMELESS]


def test_a_pool_that_closes() -> None:
    run = simulation(living(many=3, closes_on=AS_OF + timedelta(days=14)), 5)
    ends = [run.week(week).ended for week in range(4)]
    assert [end.row.size for end in ends] == [0, 0, 3, 0]
    assert ends[2].outcome.tolist() == [HOMELESS] * 3


def test_a_lease_taken_over_leaves_the_stock_for_a_time() -> None:
    changed = {
        "stays.forsokslagenhet.own_home": 1.0,
        "lease_takeover.share": 1.0,
        "lease_takeover.replaced_after": 3.0,
    }
    run = simulation(living("forsokslagenhet", 2), 8, changed)
    weeks = [run.week(number) for number in range(5)]
    assert [week.capacity.tolist() for week in weeks] == [[0], [0], [0], [2], [2]]
    lost = simulation(living("forsokslagenhet", 2), 8, changed | {"lease_takeover.replaced": 0.0})
    assert [lost.week(number).capacity.tolist() for number in range(5)] == [[0]] * 5
    kept = simulation(living("forsokslagenhet", 2), 8, changed | {"lease_takeover.share": 0.0})
    assert kept.week(0).capacity.tolist() == [2]


@pytest.mark.parametrize(("way", "state"), [("own_home", State.HOUSED), ("left", State.LEFT)])
def test_who_waits_may_solve_it_or_leave(way: str, state: State) -> None:
    changed = {f"leaving.{segment}.{way}": 1.0 for segment in SEGMENTS}
    run = simulation(city(household("A"), household("B", current_pool_id="P"), pool("P")), 3, changed)
    week = run.week(0)
    assert week.solved.row.tolist() == [0]
    assert week.solved.outcome.tolist() == [OWN_HOME if way == "own_home" else GONE]
    assert run.city.people["state"].tolist() == [state, State.PLACED]


def test_who_is_evicted() -> None:
    data = city(
        household(
            "A",
            current_pool_id="P",
            situation="eviction_risk",
            situation_ends_on=AS_OF + timedelta(days=10),
            unavailable_until=AS_OF + timedelta(days=100),
        ),
        pool("P", form="bostad_forst"),
    )
    run = simulation(data, 4)
    assert [run.week(week).ended.row.size for week in range(4)] == [0, 0, 1, 0]
