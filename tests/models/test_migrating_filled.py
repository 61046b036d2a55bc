"""A filled database of every earlier version is brought up to date with all that it holds."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Column, Connection, Engine, MetaData, Table, func, inspect, select
from sqlmodel import SQLModel

from api.access.actor import Actor
from api.usecases.matching import run_match
from api.usecases.offers.answering import Acceptance, accept
from api.usecases.offers.publishing import draft, publish
from api.usecases.offers.putting import put
from api.usecases.work import working_for
from models.access import Role, User
from models.database import open_as_it_is, open_database, reading, writing
from models.encryption import forget_keys, use_keys
from models.exchange import import_folder
from models.offers import OfferState
from models.schema import migrate, revision_of, revisions
from models.store import read_dataset
from models.store.access import add_user
from models.store.audit import flaws
from models.store.offers import offers
from tests.models.conftest import AS_OF, cities

NOW = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
SAID = Acceptance("Passar.", "Nära skolan.", "Vill.", None)
EMPTIED = {"done_request", "alembic_version"}
"""Answers kept for a day at most, which a migration may let go; and the version itself."""

Rows = dict[str, list[dict[str, Any]]]
EARLIER = revisions()[:-1]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rows]:
    """What a city at work holds: people, a run, a published plan, offers and decisions, and their record."""
    use_keys([Fernet.generate_key()])
    file: Path = tmp_path_factory.mktemp("held") / "city.sqlite"
    engine = open_database(str(file))
    assert not import_folder(engine, cities / "small-city", AS_OF).faults
    somebody = Actor("u-1", Role.COORDINATOR, None, "-")
    with writing(engine) as connection:
        add_user(connection, User(user_id="u-1", username="u", role=Role.COORDINATOR, created_at=NOW))
    run_id = run_match(engine, AS_OF, "none", None, NOW).answer["run"]["id"]
    with working_for(engine, somebody, NOW) as work:
        draft(work, run_id)
        publish(work, run_id)
        for offer in offers(work.connection, [OfferState.PROPOSED])[::4]:
            accept(work, put(work, offer, None), SAID, True, None)
    with reading(engine) as connection:
        yield {table.name: rows_of(connection, table) for table in SQLModel.metadata.sorted_tables}
    engine.dispose()
    forget_keys()


def rows_of(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


def as_then(connection: Connection) -> list[Table]:
    """The tables of a database as they are now, with the kinds of values that they are known to hold."""
    found, then = inspect(connection), MetaData()
    there = set(found.get_table_names()) - EMPTIED
    tables = []
    for table in SQLModel.metadata.sorted_tables:
        if table.name in there:
            names = [column["name"] for column in found.get_columns(table.name)]
            columns = [Column(name, table.c[name].type) for name in names]
            tables.append(Table(table.name, then, *columns))
    return tables


def fill(engine: Engine, held: Rows) -> list[Table]:
    """Put in of a city at work what a version has room for."""
    with writing(engine) as connection:
        tables = as_then(connection)
        for table in tables:
            rows = [{column.name: row[column.name] for column in table.columns} for row in held[table.name]]
            if rows:
                connection.execute(table.insert(), rows)
        if engine.dialect.name == "postgresql" and held["run"]:
            # The numbers were given here, and not by the counter.
            connection.execute(select(func.setval("run_id_seq", max(row["id"] for row in held["run"]))))
    return tables


def told(rows: list[Any]) -> list[str]:
    return sorted(str(sorted(dict(row).items())) for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("version", EARLIER)
def test_nothing_is_lost_on_the_way_up(empty_url: str, held: Rows, version: str) -> None:
    older = open_as_it_is(empty_url)
    with writing(older) as connection:
        migrate(connection, version)
    tables = fill(older, held)
    with reading(older) as connection:
        before = {table.name: told(rows_of(connection, table)) for table in tables}
    older.dispose()
    assert before["household"]
    engine = open_database(empty_url)
    with reading(engine) as connection:
        assert revision_of(connection) == revisions()[-1]
        after = {table.name: told(rows_of(connection, table)) for table in tables}
        everything = {table.name: rows_of(connection, table) for table in SQLModel.metadata.sorted_tables}
    assert after == before
    at_home = {row["household_id"] for row in held["household"] if row["current_pool_id"] is not None}
    assert {row["occupant"] for row in everything["place"]} - {None} == at_home
    assert len(everything["place"]) == len(held["place"])
    assert flaws(engine) == []
    assert len(read_dataset(engine).households) == len(held["household"])
    assert run_match(engine, AS_OF, "none", None, NOW).answer["run"]["status"] == "optimal"
    engine.dispose()


def test_the_oldest_version_gets_places_on_the_way_up(tmp_path: Path, held: Rows) -> None:
    """The fast one of those above, on SQLite."""
    nothing_is_lost: Callable[[str, Rows, str], None] = test_nothing_is_lost_on_the_way_up
    nothing_is_lost(f"sqlite:///{tmp_path / 'oldest.sqlite'}", held, EARLIER[0])
