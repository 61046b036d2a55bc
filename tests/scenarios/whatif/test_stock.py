"""The stock of each week: pools open, close, grow, shrink and change, and are known ahead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.stock import Pool
from scenarios.whatif.load import library
from scenarios.whatif.reform import Reform
from scenarios.whatif.stock_epochs import spread

from .made import AS_OF, OPEN, compiled, demo_city, made

WEEK = timedelta(weeks=1)


def stock(reform: Reform, week: int) -> dict[str, Pool]:
    """Pools of a week by id."""
    state = next(epoch.state for epoch in reversed(reform.stock) if epoch.from_week <= week)
    return {pool.pool_id: pool for pool in state}


def is_open(pool: Pool, week: int) -> bool:
    """Whether a pool stands on the first day of a week, as rule `open` reads its row."""
    day = AS_OF + week * WEEK
    return (pool.opens_on or date.min) <= day < (pool.closes_on or date.max)


def open_weeks(reform: Reform, pool_id: str) -> list[int]:
    """Weeks in which a pool stands."""
    return [week for week in range(reform.weeks) if is_open(stock(reform, week)[pool_id], week)]


def test_the_baseline_is_the_city_itself() -> None:
    (epoch,) = compiled().stock
    assert epoch.from_week == 0
    assert epoch.state == tuple(sorted(demo_city().pools, key=lambda pool: pool.pool_id))


def test_every_epoch_has_the_same_pools_sorted() -> None:
    reform = compiled(*library().values(), weeks=104)
    ids = [[pool.pool_id for pool in epoch.state] for epoch in reform.stock]
    assert len(ids) == 8
    assert all(row == sorted(row) and row == ids[0] for row in ids)
    assert [epoch.from_week for epoch in reform.stock] == sorted({e.from_week for e in reform.stock})


def test_a_new_pool_stands_from_its_lead_time_and_is_known_before() -> None:
    reform = compiled(
        made(OPEN + "from_week = 3\nlead_weeks = 7\nadmits = 'women'\npets = false\nmin_age = 20")
    )
    (epoch,) = reform.stock
    pool = {pool.pool_id: pool for pool in epoch.state}["S-NY"]
    assert (pool.opens_on, pool.closes_on) == (AS_OF + 10 * WEEK, None)
    assert (pool.capacity, pool.admits, pool.pets, pool.min_age, pool.children) == (
        7,
        "women",
        "no",
        20,
        "unknown",
    )
    assert open_weeks(reform, "S-NY") == list(range(10, 52))


def test_a_new_pool_may_close_again() -> None:
    reform = compiled(made(OPEN + "from_week = 3\nuntil_week = 9"))
    assert open_weeks(reform, "S-NY") == list(range(3, 9))
    assert len(reform.stock) == 1


def test_the_rows_own_dates_hold_too() -> None:
    reform = compiled(
        made(OPEN + f"from_week = 3\nopens_on = {AS_OF + 5 * WEEK}\ncloses_on = {AS_OF + 8 * WEEK}")
    )
    assert open_weeks(reform, "S-NY") == [5, 6, 7]
    never = compiled(made(OPEN + f"from_week = 9\ncloses_on = {AS_OF + 8 * WEEK}"))
    assert open_weeks(never, "S-NY") == []


def test_a_closing_is_known_from_the_start() -> None:
    reform = compiled(made("kind = 'close_pool'\npool = 'P-HVILAN'\nfrom_week = 13"))
    (epoch,) = reform.stock
    assert {pool.pool_id: pool.closes_on for pool in epoch.state}["P-HVILAN"] == AS_OF + 13 * WEEK
    assert open_weeks(reform, "P-HVILAN") == list(range(13))


def test_a_closing_for_a_while_says_when_it_opens_again() -> None:
    reform = compiled(made("kind = 'close_pool'\npool = 'P-HVILAN'\nfrom_week = 5\nuntil_week = 9"))
    assert open_weeks(reform, "P-HVILAN") == [week for week in range(52) if not 5 <= week < 9]
    assert stock(reform, 4)["P-HVILAN"].closes_on == AS_OF + 5 * WEEK
    assert stock(reform, 6)["P-HVILAN"].opens_on == AS_OF + 9 * WEEK
    assert stock(reform, 6)["P-HVILAN"].closes_on is None


def test_closings_add_up_with_the_citys_own_dates() -> None:
    two = made(
        "kind = 'close_pool'\npool = 'P-ASKEN'\nfrom_week = 2\nuntil_week = 4",
        "kind = 'close_pool'\npool = 'P-ASKEN'\nfrom_week = 3\nuntil_week = 6",
    )
    # The city closes it on 31 March, which is within week 10.
    assert open_weeks(compiled(two), "P-ASKEN") == [0, 1, 6, 7, 8, 9, 10]
    before = made("kind = 'close_pool'\npool = 'P-GB-10'")
    assert open_weeks(compiled(before), "P-GB-10") == []
    assert open_weeks(compiled(), "P-GB-10") == list(range(11, 52))


def test_what_is_converted_changes_for_its_weeks_only() -> None:
    entry = "kind = 'convert'\npool = 'P-SYRENEN'\ndrug_policy = 'tolerant'\nmax_persons = ''\n"
    reform = compiled(made(entry + "from_week = 8\nuntil_week = 20"))
    assert [epoch.from_week for epoch in reform.stock] == [0, 8, 20]
    before, then, after = (stock(reform, week)["P-SYRENEN"] for week in (7, 8, 20))
    assert (before.drug_policy, then.drug_policy, after.drug_policy) == ("drug_free", "tolerant", "drug_free")
    assert (before.max_persons, then.max_persons) == (1, None)
    assert then.model_copy(update={"drug_policy": before.drug_policy, "max_persons": 1}) == before
    others = {key: pool for key, pool in stock(reform, 8).items() if key != "P-SYRENEN"}
    assert all(pool == stock(reform, 0)[key] for key, pool in others.items())


def capacities(entry: str, week: int = 0) -> dict[str, int]:
    """Places that differ from today's, by pool."""
    base = {pool.pool_id: pool.capacity for pool in demo_city().pools}
    found = stock(compiled(made(entry)), week)
    return {key: pool.capacity for key, pool in found.items() if pool.capacity != base[key]}


def test_capacity_of_one_pool() -> None:
    assert capacities("kind = 'capacity'\npool = 'P-HVILAN'\nto = 5") == {"P-HVILAN": 5}
    assert capacities("kind = 'capacity'\npool = 'P-HVILAN'\nby = -3") == {"P-HVILAN": 25}
    assert capacities("kind = 'capacity'\npool = 'P-HVILAN'\nby = -99") == {"P-HVILAN": 0}
    assert capacities("kind = 'capacity'\npool = 'P-HVILAN'\nfactor = 1.1") == {"P-HVILAN": 31}
    assert capacities("kind = 'capacity'\npool = 'P-HVILAN'\nto = 5\nfrom_week = 3") == {}


def test_capacity_of_several_is_shared_out_by_size() -> None:
    women = capacities("kind = 'capacity'\nform = 'stodboende'\nadmits = 'women'\nby = 23")
    assert women == {"P-SYRENEN": 12, "P-ROSENLUND": 18, "P-VIOLEN": 16}
    assert sum(capacities("kind = 'capacity'\nform = 'famvux'\nto = 40").values()) == 40
    assert set(capacities("kind = 'capacity'\nform = 'famvux'\nto = 0").values()) == {0}


def test_nothing_is_added_to_a_house_that_closes() -> None:
    more = capacities("kind = 'capacity'\nform = 'upphandlad'\nby = 60")
    assert "P-UH-AVANGEN" not in more
    assert sum(more.values()) == 58 + 60
    only = capacities("kind = 'capacity'\npool = 'P-UH-AVANGEN'\nby = 2")
    assert only == {"P-UH-AVANGEN": 10}


def test_half_is_half_in_all_and_in_each() -> None:
    left = stock(compiled(made("kind = 'capacity'\nform = 'upphandlad'\nfactor = 0.5")), 0)
    pairs = [(left[p.pool_id].capacity, p.capacity) for p in demo_city().pools if p.form == "upphandlad"]
    assert sum(now for now, _ in pairs) == sum(then for _, then in pairs) / 2
    assert all(abs(now - then / 2) < 1 for now, then in pairs)


def test_later_changes_win_and_factors_multiply() -> None:
    both = made(
        "kind = 'capacity'\npool = 'P-HVILAN'\nto = 40",
        "kind = 'capacity'\npool = 'P-HVILAN'\nfactor = 0.5",
        "kind = 'capacity'\npool = 'P-HVILAN'\nfactor = 0.5",
        "kind = 'capacity'\npool = 'P-HVILAN'\nby = 1",
    )
    assert stock(compiled(both), 0)["P-HVILAN"].capacity == 11
    turned = made(
        "kind = 'convert'\npool = 'P-HVILAN'\nadmits = 'men'",
        "kind = 'convert'\npool = 'P-HVILAN'\nadmits = 'all'",
    )
    assert stock(compiled(turned), 0)["P-HVILAN"].admits == "all"


def test_a_selection_sees_what_earlier_changes_made() -> None:
    convert = made("kind = 'convert'\npool = 'P-SYRENEN'\ndrug_policy = 'tolerant'")
    grow = made("kind = 'capacity'\nform = 'stodboende'\nadmits = 'women'\ndrug_policy = 'tolerant'\nby = 4")
    assert stock(compiled(convert, grow), 0)["P-SYRENEN"].capacity == 10
    opened = made(OPEN + "admits = 'women'\ndrug_policy = 'tolerant'")
    assert stock(compiled(opened, grow), 0)["S-NY"].capacity == 11


def test_the_city_is_left_as_it_was() -> None:
    before = [pool.model_dump() for pool in demo_city().pools]
    compiled(*library().values(), weeks=104)
    assert [pool.model_dump() for pool in demo_city().pools] == before


@given(st.integers(0, 500), st.lists(st.integers(0, 60), min_size=1, max_size=9))
def test_shares_add_up_and_are_as_even_as_whole_places_allow(total: int, weights: list[int]) -> None:
    shares = spread(total, weights)
    assert sum(shares) == total
    whole = sum(weights) or len(weights)
    fair = weights if any(weights) else [1] * len(weights)
    assert all(abs(share - total * weight / whole) < 1 for share, weight in zip(shares, fair, strict=True))
    assert all(share >= 0 for share in shares)


@pytest.mark.parametrize(
    ("total", "weights", "shares"), [(2, [1, 1, 1], [1, 1, 0]), (3, [], []), (5, [0], [5])]
)
def test_ties_go_to_the_first(total: int, weights: list[int], shares: list[int]) -> None:
    assert spread(total, weights) == shares
