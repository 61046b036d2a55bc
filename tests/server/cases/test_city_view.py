"""A view that is renewed is the view that is built afresh, whatever has changed, on each database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, event

from api.usecases.city_view import CityView, CityViews, read_view
from models.codes import Fact, Mobility, SharingBasis, Situation, SubstanceUse
from models.database import reading, writing
from models.households import Member
from models.store.datasets import read_rows
from models.store.homes import add_decline, change_household, household_by_id, move
from models.store.members import add_member, change_member, remove_member
from models.store.place_numbers import change_pool
from models.store.places import settle_places
from models.store.revision import revision_in, touch
from models.store.row_memory import RowMemory
from tests.server.conftest import AS_OF

CHANGES = 40


def same(renewed: CityView, fresh: CityView) -> None:
    assert renewed.revision == fresh.revision
    assert renewed.dataset == fresh.dataset
    for one, other in zip(renewed.dataset.households, fresh.dataset.households, strict=True):
        assert [type(value) for value in vars(one).values()] == [type(v) for v in vars(other).values()]
    for part in ("households", "pools"):
        here, there = (getattr(view.assessment.instance, part) for view in (renewed, fresh))
        assert here.keys() == there.keys()
        assert all(np.array_equal(here[name], there[name]) for name in here)
    here, there = (view.assessment.instance.declines for view in (renewed, fresh))
    assert all(np.array_equal(getattr(here, name), getattr(there, name)) for name in here.__slots__)
    for name in ("candidate", "tier", "points"):
        assert np.array_equal(getattr(renewed.priority, name), getattr(fresh.priority, name))
    for here, there in zip(
        (*renewed.compatible.eligible, *renewed.compatible.unknown),
        (*fresh.compatible.eligible, *fresh.compatible.unknown),
        strict=True,
    ):
        assert np.array_equal(here, there)


def something_changes(connection: Connection, chance: Random) -> None:
    """A change of the kind that people make: a fact, a member, a home, a no, a pool."""
    city = read_rows(connection)
    household = household_by_id(connection, chance.choice(city.households).household_id)
    assert household is not None
    day = AS_OF - timedelta(days=chance.randrange(400))
    what = chance.randrange(6)
    if what == 0:
        facts = {
            "pet": chance.choice(list(Fact)),
            "substance_use": chance.choice(list(SubstanceUse)),
            "mobility": chance.choice(list(Mobility)),
            "homeless_since": chance.choice([None, day]),
            "shis_months": chance.choice([None, 0, 59]),
            "preferred_districts": chance.choice([(), ("Farsta", "Älvsjö")]),
            "sharing_basis": chance.choice([None, SharingBasis.LAW]),
        }
        name = chance.choice(list(facts))
        change_household(connection, household, day, "test", **{name: facts[name]})
    elif what == 1:
        mine = [one for one in city.members if one.household_id == household.household_id]
        if len(mine) > 1 and chance.random() < 0.5:
            remove_member(connection, mine[-1])
        else:
            number = f"{chance.randrange(10**6)}"
            born = date(chance.randrange(1940, 2025), 2, 3)
            add_member(
                connection, Member(household_id=household.household_id, member_id=number, birth_date=born)
            )
    elif what == 2:
        change_member(connection, chance.choice(city.members), birth_date=date(1950, 1, 1))
    elif what == 3:
        full = [row.current_pool_id for row in city.households]
        free = [row.pool_id for row in city.pools if full.count(row.pool_id) < row.capacity]
        pool = chance.choice([None, *free])
        if pool != household.current_pool_id:
            move(connection, household, pool, Situation.SUPPORTED_HOUSING, day, "test")
            settle_places(connection)
    elif what == 4:
        add_decline(
            connection, household.household_id, chance.choice(city.pools).pool_id, day, "household", None
        )
    else:
        row = chance.choice(city.pools)
        change_pool(connection, row.pool_id, capacity=row.capacity + chance.randrange(3))
        settle_places(connection)
    touch(connection)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_renewed_view_is_the_view_built_afresh(engine: Engine, seed: int) -> None:
    chance, views = Random(seed), CityViews(engine)
    for _ in range(CHANGES):
        with writing(engine) as connection:
            for _some in range(chance.randrange(1, 4)):
                something_changes(connection, chance)
            within = views.within(connection, AS_OF)
            fresh = read_rows(connection)
        assert within.dataset == fresh
        if chance.random() < 0.7:
            same(views.on(AS_OF), read_view(engine, AS_OF))


def test_what_is_taken_back_is_not_remembered(engine: Engine) -> None:
    chance, views = Random(3), CityViews(engine)
    before = views.on(AS_OF)
    with writing(engine) as connection:
        something_changes(connection, chance)
        assert views.within(connection, AS_OF).revision == before.revision + 1
        connection.rollback()
    assert views.on(AS_OF) is before
    with writing(engine) as connection:
        something_changes(connection, Random(4))
    same(views.on(AS_OF), read_view(engine, AS_OF))


def test_what_the_policy_does_not_speak_of_leaves_the_view_as_it_was(engine: Engine) -> None:
    views = CityViews(engine)
    before = views.on(AS_OF)
    proposed, counted = before.proposed("none"), before.kept("counted", lambda: len(before.households))
    with writing(engine) as connection:
        touch(connection)
    after = views.on(AS_OF)
    assert after.revision == before.revision + 1
    assert after.proposed("none") is proposed
    assert after.kept("counted", lambda: -1) == counted
    with writing(engine) as connection:
        city = before.dataset
        pair = city.households[0].household_id, city.pools[0].pool_id
        add_decline(connection, *pair, AS_OF - timedelta(days=1), "household", None)
        touch(connection)
    same(views.on(AS_OF), read_view(engine, AS_OF))
    assert views.on(AS_OF).proposed("none") is not proposed


def test_a_view_is_never_older_than_what_it_is_asked_for(engine: Engine) -> None:
    views = CityViews(engine)
    old = views.on(AS_OF)
    with writing(engine) as connection:
        something_changes(connection, Random(5))
    # Whoever came before the change may be shown the city before it; whoever came after may not.
    assert views.on(AS_OF, old.revision) is old
    new = views.on(AS_OF, old.revision + 1)
    assert new.revision == old.revision + 1
    assert views.on(AS_OF, old.revision).revision == new.revision
    same(new, read_view(engine, AS_OF))


def test_many_who_ask_at_once_are_shown_one_view(engine: Engine) -> None:
    views = CityViews(engine)
    views.on(AS_OF)
    for seed in range(5):
        with writing(engine) as connection:
            something_changes(connection, Random(seed))
            number = revision_in(connection)
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: views.on(AS_OF, number), range(16)))  # noqa: B023
        assert {id(view) for view in found} == {id(views.on(AS_OF))}
        assert found[0].revision == number


def test_a_sheet_that_stands_is_not_read_again_on_postgresql(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite does not number the versions of rows")
    memory, asked = RowMemory(), list[str]()
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement))
    with reading(engine) as connection:
        first = memory.read(connection)
        asked.clear()
        assert memory.read(connection) == first
    assert len(asked) == 1
    changed = first.households[0]
    with writing(engine) as connection:
        pet = Fact.NO if changed.pet == Fact.YES else Fact.YES
        change_household(connection, changed, AS_OF, "test", pet=pet)
        asked.clear()
        second = memory.read(connection)
        assert sum("FROM household" in statement for statement in asked[1:]) == 1
        assert len(asked) == 2
        assert second.members is first.members
        # The same words again are another version, and the same row.
        change_household(connection, second.households[0], AS_OF, "test", pet=changed.pet)
        assert memory.read(connection) == first


def test_rows_that_stand_are_kept_and_others_built(engine: Engine) -> None:
    memory = RowMemory()
    with reading(engine) as connection:
        first, second = memory.read(connection), memory.read(connection)
    assert all(one is other for one, other in zip(first.households, second.households, strict=True))
    changed = first.households[0]
    with writing(engine) as connection:
        pet = Fact.NO if changed.pet == Fact.YES else Fact.YES
        change_household(connection, changed, AS_OF, "test", pet=pet)
    with reading(engine) as connection:
        third = memory.read(connection)
    assert third.households[0] is not changed
    assert third.households[0].pet is pet
    assert all(one is other for one, other in zip(first.households[1:], third.households[1:], strict=True))
