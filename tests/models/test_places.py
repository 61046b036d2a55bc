"""Places one by one follow the pools and their residents, and go to one household each."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from models.database import reading, writing
from models.exchange import import_folder
from models.offers import Offer, OfferState
from models.store import read_dataset
from models.store.offers import add_offers
from models.store.places import (
    PlaceTaken,
    enter_place,
    held,
    hold_place,
    leave_places,
    places_of,
    release_place,
    settle_places,
)

AS_OF = date(2026, 1, 15)
NOW = datetime(2026, 1, 15, 8, tzinfo=UTC)


@pytest.fixture
def filled(database: Engine, city: Path) -> Engine:
    assert not import_folder(database, city, AS_OF).faults
    return database


def lived_in(connection: Connection, pool_id: str) -> list[str]:
    return sorted(place.occupant for place in places_of(connection, pool_id) if place.occupant)


def put(connection: Connection, offer_id: str, household_id: str, pool_id: str) -> None:
    add_offers(
        connection,
        [
            Offer(
                offer_id=offer_id,
                household_id=household_id,
                pool_id=pool_id,
                state=OfferState.OFFERED,
                created_at=NOW,
                changed_at=NOW,
            )
        ],
    )


def test_every_resident_has_a_place_and_every_place_a_number(filled: Engine) -> None:
    dataset = read_dataset(filled)
    with reading(filled) as connection:
        for pool in dataset.pools:
            places = places_of(connection, pool.pool_id)
            assert [place.number for place in places] == list(range(1, pool.capacity + 1))
            wanted = sorted(h.household_id for h in dataset.households if h.current_pool_id == pool.pool_id)
            assert lived_in(connection, pool.pool_id) == wanted


def test_places_follow_a_change_of_homes(filled: Engine) -> None:
    resident = next(h for h in read_dataset(filled).households if h.current_pool_id)
    with writing(filled) as connection:
        connection.execute(
            text("UPDATE household SET current_pool_id = NULL WHERE household_id = :h"),
            {"h": resident.household_id},
        )
        settle_places(connection)
        assert resident.household_id not in lived_in(connection, str(resident.current_pool_id))


def test_places_follow_the_capacity_but_never_drop_a_hold(filled: Engine) -> None:
    pool, household = _free(filled)
    with writing(filled) as connection:
        put(connection, "O1", household, pool)
        number = hold_place(connection, pool, "O1", household)
        connection.execute(
            text("UPDATE pool SET capacity = :c WHERE pool_id = :p"), {"c": number - 1, "p": pool}
        )
        settle_places(connection)
        assert [(p.number, p.held_for) for p in held(connection)] == [(number, household)]
        release_place(connection, "O1")
        settle_places(connection)
        assert len(places_of(connection, pool)) == number - 1


def test_a_place_is_held_once(filled: Engine) -> None:
    pool, household = _free(filled)
    others = [h.household_id for h in read_dataset(filled).households if h.household_id != household]
    with writing(filled) as connection:
        empty = [place for place in places_of(connection, pool) if place.occupant is None]
        for i, who in enumerate([household, *others][: len(empty)]):
            put(connection, f"O{i}", who, pool)
            hold_place(connection, pool, f"O{i}", who)
        put(connection, "late", others[-1], pool)
        with pytest.raises(PlaceTaken) as refused:
            hold_place(connection, pool, "late", others[-1])
        assert not refused.value.household


def test_a_household_holds_one_place_whatever_the_code_says(filled: Engine) -> None:
    pools = _with_room(filled)
    household = next(h.household_id for h in read_dataset(filled).households if not h.current_pool_id)
    with writing(filled) as connection:
        put(connection, "O1", household, pools[0])
        put(connection, "O2", household, pools[1])
        hold_place(connection, pools[0], "O1", household)
        with pytest.raises(PlaceTaken) as refused:
            hold_place(connection, pools[1], "O2", household)
        assert refused.value.household
    table = SQLModel.metadata.tables["place"]
    with pytest.raises(IntegrityError), writing(filled) as connection:
        connection.execute(
            insert(table).values(pool_id=pools[1], number=999, held_for=household, offer_id="O2")
        )


def test_moving_in_waits_until_the_place_is_left(filled: Engine) -> None:
    resident = next(h for h in read_dataset(filled).households if h.current_pool_id)
    household = next(h.household_id for h in read_dataset(filled).households if not h.current_pool_id)
    pool = str(resident.current_pool_id)
    with writing(filled) as connection:
        put(connection, "O1", household, pool)
        hold_place(connection, pool, "O1", household, left_by=resident.household_id)
        assert not enter_place(connection, "O1", household)
        leave_places(connection, [resident.household_id])
        assert enter_place(connection, "O1", household)
        assert household in lived_in(connection, pool)


def _with_room(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return [
            pool.pool_id
            for pool in read_dataset(engine).pools
            if any(place.occupant is None for place in places_of(connection, pool.pool_id))
        ]


def _free(engine: Engine) -> tuple[str, str]:
    household = next(h.household_id for h in read_dataset(engine).households if not h.current_pool_id)
    return _with_room(engine)[0], household
