"""The second wall: on PostgreSQL the database itself shows a person no other unit's households."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine, create_engine, make_url, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlmodel import SQLModel

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.matching import run_match
from api.usecases.offers.answering import Acceptance, accept
from api.usecases.offers.publishing import draft, publish
from api.usecases.offers.putting import put
from api.usecases.work import reading_for, working_for
from models import walls
from models.access import Role
from models.codes import SharingBasis
from models.database import open_database, reading, writing
from models.encryption import use_keys
from models.exchange import import_folder
from models.offers import OfferState
from models.problems import DatabaseProblem
from models.store import read_dataset
from models.store.homes import change_household
from models.store.offers import offers
from models.store.places import settle_places
from models.walls import Person, city_wide, see_as
from tests.server.conftest import AS_OF, SMALL_CITY

NOW = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
TOMORROW = AS_OF + timedelta(days=1)
SAID = Acceptance("Passar.", "Nära skolan.", "Vill.", None)


@pytest.fixture(scope="module")
def address(new_postgres: Callable[[], str]) -> str:
    """A city at work on PostgreSQL: a published plan, and an offer accepted in some units."""
    url = new_postgres()
    use_keys([Fernet.generate_key()])
    engine = open_database(url)
    assert not import_folder(engine, SMALL_CITY, AS_OF).faults
    somebody = Actor("u-1", Role.COORDINATOR, None, "-")
    run_id = run_match(engine, AS_OF, "none", None, NOW).answer["run"]["id"]
    with working_for(engine, somebody, NOW) as work:
        draft(work, run_id)
        publish(work, run_id)
        with work.city_wide():
            for offer in offers(work.connection, [OfferState.PROPOSED])[::3]:
                accept(work, put(work, offer, None), SAID, True, None)
    with writing(engine) as connection:
        for household in read_dataset(engine).households[::5]:
            basis: dict[str, Any] = {"sharing_basis": SharingBasis.LAW, "sharing_basis_on": AS_OF}
            change_household(connection, household, AS_OF, "test", **basis)
        for household in read_dataset(engine).households[1::5]:
            basis = {"sharing_basis": SharingBasis.CONSENT, "sharing_basis_on": TOMORROW}
            change_household(connection, household, AS_OF, "test", **basis)
        for household in read_dataset(engine).households[2::5]:
            change_household(connection, household, AS_OF, "test", sharing_basis=SharingBasis.LAW)
    engine.dispose()
    return url


@pytest.fixture
def pg(address: str) -> Iterator[Engine]:
    engine = open_database(address)
    yield engine
    engine.dispose()


@pytest.fixture
def unit(pg: Engine) -> str:
    """A unit with several households, and with some that live somewhere."""
    units = [row.responsible_unit for row in read_dataset(pg).households if row.responsible_unit]
    return max(set(units), key=units.count)


def person(role: Role, unit: str | None) -> Person:
    return Person("u-9", str(role), unit, AS_OF)


def visible(pg: Engine, who: Person) -> set[str]:
    """Households that the program says a person may see."""
    actor = Actor(who.user_id, Role(who.role), who.unit, "-", who.today)
    return {row.household_id for row in read_dataset(pg).households if may_see(actor, row)}


PEOPLE = [(Role.CASEWORKER, True), (Role.COORDINATOR, False), (Role.COORDINATOR, True)]
NOBODY = [(Role.PLANNER, False), (Role.MANAGER, True), (Role.ADMIN, False)]


@pytest.mark.parametrize(("role", "in_unit"), [*PEOPLE, *NOBODY])
def test_select_everything_gives_own_and_shared_rows_alone(
    pg: Engine, unit: str, role: Role, in_unit: bool
) -> None:
    who = person(role, unit if in_unit else None)
    allowed = visible(pg, who) if (role, in_unit) in PEOPLE else set()
    references = {row.household_id for row in read_dataset(pg).households}
    others = references - allowed
    with pg.connect() as connection:
        see_as(connection, who)
        for table in SQLModel.metadata.sorted_tables:
            for row in connection.execute(text(f"SELECT * FROM {table.name}")):
                words = set(str(tuple(row)).replace("'", " ").replace('"', " ").replace(",", " ").split())
                assert not words & others, (table.name, row)
        seen = set(connection.execute(text("SELECT household_id FROM household")).scalars())
    assert seen == allowed
    assert bool(allowed) is ((role, in_unit) in PEOPLE)


@pytest.mark.parametrize(("after", "shares"), [(-1, 0), (0, 1), (1, 2)])
def test_a_ground_opens_the_wall_from_its_day(pg: Engine, after: int, shares: int) -> None:
    """None on the day before, the first grounds on their day, the others a day later; undated ones never."""
    households = read_dataset(pg).households
    each = [len(households[first::5]) for first in (0, 1)]
    actor = Actor("u-9", Role.COORDINATOR, None, "-", AS_OF + timedelta(days=after))
    with reading_for(pg, actor) as connection:
        seen = set(connection.execute(text("SELECT household_id FROM household")).scalars())
    assert len(seen) == sum(each[:shares])
    assert seen == {row.household_id for row in households if may_see(actor, row)}


@pytest.mark.parametrize(("role", "in_unit"), PEOPLE)
def test_update_and_delete_everything_touch_own_and_shared_rows_alone(
    pg: Engine, unit: str, role: Role, in_unit: bool
) -> None:
    who = person(role, unit if in_unit else None)
    allowed = visible(pg, who)
    columns = {
        "household": "pet",
        "member": "sex",
        "offer": "state",
        "fact_source": "dated",
        "decision": "note",
    }
    for name, column in columns.items():
        with pg.connect() as connection, connection.begin() as transaction:
            of_city = connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            see_as(connection, who)
            changed = connection.execute(text(f"UPDATE {name} SET {column} = {column}")).rowcount
            mine = connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            assert changed == mine < of_city
            connection.execute(text(f"DELETE FROM {'decision' if name == 'offer' else name} WHERE false"))
            transaction.rollback()
    with pg.connect() as connection, connection.begin() as transaction:
        see_as(connection, who)
        gone = connection.execute(text("DELETE FROM member RETURNING household_id")).scalars()
        assert set(gone) <= allowed
        transaction.rollback()


def test_nobody_is_moved_into_another_unit_or_out_of_sight(pg: Engine, unit: str) -> None:
    households = SQLModel.metadata.tables["household"]
    with pg.connect() as connection:
        see_as(connection, person(Role.CASEWORKER, unit))
        with pytest.raises((DatabaseProblem, ProgrammingError)):
            connection.execute(update(households).values(responsible_unit="Annan"))
    member = {"household_id": "?", "member_id": "ny", "birth_date": date(1990, 1, 1), "sex": "woman"}
    stranger = next(row for row in read_dataset(pg).households if row.responsible_unit not in (None, unit))
    row = member | {"household_id": stranger.household_id, "special_stability_need": "no"}
    with pg.connect() as connection:
        see_as(connection, person(Role.CASEWORKER, unit))
        with pytest.raises((DatabaseProblem, ProgrammingError)):
            connection.execute(SQLModel.metadata.tables["member"].insert().values(row))


def test_a_use_case_that_forgets_to_ask_leaks_nothing(pg: Engine, unit: str) -> None:
    actor = Actor("u-9", Role.CASEWORKER, unit, "-")
    allowed = visible(pg, person(Role.CASEWORKER, unit))
    with working_for(pg, actor, NOW) as work:
        found = {offer.household_id for offer in offers(work.connection)}
        with work.city_wide():
            everybody = {offer.household_id for offer in offers(work.connection)}
        again = {offer.household_id for offer in offers(work.connection)}
    with reading_for(pg, actor) as connection:
        read = {offer.household_id for offer in offers(connection)}
    assert found == again == read
    assert found <= allowed
    assert found < everybody


def test_the_record_can_be_added_to_by_all_and_read_by_the_auditor(pg: Engine, unit: str) -> None:
    with working_for(pg, Actor("u-9", Role.CASEWORKER, unit, "-"), NOW) as work:
        work.record("test.wall")
        assert work.connection.execute(text("SELECT count(*) FROM audit")).scalar() == 0
    with pg.connect() as connection:
        see_as(connection, person(Role.AUDITOR, None))
        assert connection.execute(text("SELECT count(*) FROM audit")).scalar_one() > 0
        assert connection.execute(text("SELECT count(*) FROM household")).scalar() == 0


def test_work_on_places_sees_the_whole_city_whoever_asks(pg: Engine, unit: str) -> None:
    """Places kept in step by somebody who saw few residents would put the others out."""
    everything = text("SELECT pool_id, number, occupant FROM place ORDER BY 1, 2")
    with reading(pg) as connection:
        before = connection.execute(everything).all()
    with working_for(pg, Actor("u-9", Role.CASEWORKER, unit, "-"), NOW) as work:
        settle_places(work.connection)
        seen = work.connection.execute(everything).all()
    with reading(pg) as connection:
        assert connection.execute(everything).all() == before
    assert len(seen) < len(before)
    assert {row for row in seen if row.occupant is None} <= set(before)


def fall(more_than_mine: int) -> None:
    assert more_than_mine > 0
    raise ZeroDivisionError


def test_a_failure_inside_leaves_the_wall_standing(pg: Engine, unit: str) -> None:
    with pg.connect() as connection:
        see_as(connection, person(Role.CASEWORKER, unit))
        count = "SELECT count(*) FROM household"
        mine = connection.execute(text(count)).scalar_one()
        with pytest.raises(ZeroDivisionError), city_wide(connection):
            fall(connection.execute(text(count)).scalar_one() - mine)
        assert connection.execute(text(count)).scalar_one() == mine
        with pytest.raises(ProgrammingError), city_wide(connection):
            connection.execute(text("SELECT nothing"))


def test_a_persons_sight_ends_with_the_transaction(pg: Engine, unit: str) -> None:
    count = text("SELECT count(*) FROM household")
    with pg.connect() as connection:
        with connection.begin():
            see_as(connection, person(Role.CASEWORKER, unit))
            assert connection.execute(text("SELECT current_user")).scalar() == walls.ROLE
            mine = connection.execute(count).scalar_one()
        with connection.begin():
            assert connection.execute(count).scalar_one() > mine
            assert connection.execute(text("SELECT current_user")).scalar() != walls.ROLE


def test_a_connection_that_says_nothing_sees_nobody(address: str, unit: str) -> None:
    plain = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with plain.connect() as connection:
        connection.execute(text(f"SET LOCAL ROLE {walls.ROLE}"))
        for name in walls.walls():
            if name != "place":
                assert connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() == 0, name
        assert connection.execute(text("SELECT count(occupant) FROM place")).scalar() == 0
    plain.dispose()


def test_somebody_without_a_unit_does_not_see_those_without_one(pg: Engine) -> None:
    with pg.connect() as connection, connection.begin() as transaction:
        connection.execute(text("UPDATE household SET responsible_unit = ''"))
        connection.execute(text("UPDATE household SET responsible_unit = NULL WHERE pet = 'no'"))
        for unit in (None, ""):
            see_as(connection, person(Role.CASEWORKER, unit))
            assert connection.execute(text("SELECT count(*) FROM household")).scalar() == 0
        transaction.rollback()


def test_every_table_that_speaks_of_households_stands_behind_the_wall() -> None:
    behind = walls.walls()
    for table in SQLModel.metadata.sorted_tables:
        speaks = any("household" in column.name for column in table.columns) or any(
            key.column.table.name in ("household", "offer") for key in table.foreign_keys
        )
        assert not speaks or table.name in behind, table.name


def test_the_walls_are_put_up_again_when_they_have_changed(address: str) -> None:
    first = open_database(address)
    with writing(first) as connection:
        assert walls.stand(connection)
        connection.execute(text("DROP POLICY wall ON household"))
        connection.execute(text("COMMENT ON FUNCTION hemvist_in_city() IS 'of an earlier version'"))
        assert not walls.stand(connection)
    first.dispose()
    second = open_database(address)
    with reading(second) as connection:
        assert walls.stand(connection)
        names = connection.execute(text("SELECT tablename FROM pg_policies WHERE policyname = 'wall'"))
        assert set(names.scalars()) == set(walls.walls())
    second.dispose()


@pytest.mark.parametrize("may_make_roles", [True, False])
def test_an_owner_who_is_no_superuser_stands_behind_the_wall_too(
    new_postgres: Callable[[], str], may_make_roles: bool
) -> None:
    url = new_postgres()
    name, owner = str(make_url(url).database), f"owner_{int(may_make_roles)}"
    admin = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        rights = "CREATEROLE" if may_make_roles else "NOCREATEROLE"
        connection.execute(text(f"CREATE ROLE {owner} LOGIN NOSUPERUSER {rights}"))
        connection.execute(text(f"ALTER DATABASE {name} OWNER TO {owner}"))
        connection.execute(text("ALTER SCHEMA public OWNER TO " + owner))
    admin.dispose()
    engine = open_database(url.replace("postgres:@", f"{owner}:@"))
    try:
        assert engine.url.username == owner
        assert not import_folder(engine, SMALL_CITY, AS_OF).faults
        found = read_dataset(engine).households
        unit = next(row.responsible_unit for row in found if row.responsible_unit)
        with engine.connect() as connection:
            see_as(connection, person(Role.CASEWORKER, unit))
            households = SQLModel.metadata.tables["household"]
            seen = set(connection.execute(select(households.c.responsible_unit)).scalars())
            assert seen == {unit}
    finally:
        engine.dispose()
