"""Experiments and finished replications at rest, and the way there from the first schema."""

from datetime import UTC, date, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, insert, make_url
from sqlalchemy.exc import IntegrityError

from models.database import open_database, reading, writing
from models.dataset import Dataset
from models.experiments import Experiment
from models.runs import Run, RunStatus
from models.schema import revision_of, revisions
from models.store import (
    ReplicationShelf,
    list_experiments,
    load_experiment,
    load_frozen,
    load_run,
    read_dataset,
    save_experiment,
    save_run,
)
from models.store.datasets import records, stored_values, table_of
from models.store.places import places_of
from models.tables import ExperimentRecord, ReplicationRecord

from .test_store import AS_OF, small_dataset


def experiment(**changes: object) -> Experiment:
    values: dict[str, object] = {
        "created_at": datetime(2026, 1, 15, 9, 30, tzinfo=UTC),
        "as_of": date(2026, 1, 15),
        "scenarios": ["baseline", "fler_platser+större_inflöde"],
        "weeks": 260,
        "replications": 20,
        "seed": 1,
        "moves": "none",
        "policy_hash": "p",
        "inputs_hash": "i",
        "assumptions_hash": "a",
        "edition": "e",
        "seconds": 12.5,
        "options": {"uncertain": True},
        "assumptions": {"refusal.base": {"value": 0.1, "basis": "assumed"}},
        "versions": {"python": "3.11"},
    }
    return Experiment.model_validate({**values, **changes})


def test_an_experiment_comes_back_whole(database: Engine) -> None:
    answer = {"scenarios": [{"name": "baseline", "measures": {"waiting": {"mean": [1.5, None]}}}]}
    kept = {"i": b"the city", "p": b"the policy"}
    first = save_experiment(database, experiment(), answer, kept)
    second = save_experiment(database, experiment(seed=2), answer, kept)
    assert second > first
    loaded = load_experiment(database, first)
    assert loaded is not None
    assert loaded[0].model_dump() == experiment(id=first).model_dump()
    assert loaded[1] == answer
    assert load_frozen(database, "i") == b"the city"
    assert load_experiment(database, 999) is None


def test_the_newest_experiments_first(database: Engine) -> None:
    ids = [save_experiment(database, experiment(seed=seed), {}) for seed in (1, 2, 3)]
    assert [found.id for found in list_experiments(database)] == ids[::-1]
    assert [found.seed for found in list_experiments(database, 2)] == [3, 2]


def test_an_answer_that_is_no_number_is_not_stored(lite: Engine) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        save_experiment(lite, experiment(), {"total": float("nan")})
    assert list_experiments(lite) == ()


def test_replications_are_kept_until_the_code_changes(database: Engine) -> None:
    shelf = ReplicationShelf(database, "old")
    shelf["k1"] = b"\x00one"
    shelf["k1"] = b"\x00one again"
    assert shelf.get("k1") == b"\x00one again"
    assert shelf.get("k2") is None
    new = ReplicationShelf(database, "new")
    new["k2"] = b"two"
    assert new.clear_out() == 1
    assert new.get("k1") is None
    assert new.get("k2") == b"two"


@pytest.mark.parametrize(
    "changes",
    [{"weeks": 0}, {"replications": 0}, {"seed": -1}, {"seconds": -1.0}, {"moves": ""}, {"edition": ""}],
    ids=str,
)
def test_the_database_refuses_nonsense(database: Engine, changes: dict[str, object]) -> None:
    values = {**vars(experiment()), **changes, "answer": b""}
    del values["id"]
    with pytest.raises(IntegrityError), writing(database) as connection:
        connection.execute(insert(ExperimentRecord).values(values))


def test_a_replication_needs_its_key(database: Engine) -> None:
    with pytest.raises(IntegrityError), writing(database) as connection:
        connection.execute(insert(ReplicationRecord).values(key="", edition="e", content=b""))


def test_forwards_from_a_filled_database_of_the_first_schema(empty_url: str) -> None:
    engine = at_revision(empty_url, "0001")
    fill(engine, small_dataset())
    run = Run(
        created_at=datetime(2026, 1, 15, tzinfo=UTC),
        as_of=AS_OF,
        moves="none",
        policy_hash="p",
        inputs_hash="i",
        engine="flow",
        status=RunStatus.OPTIMAL,
        seconds=1,
    )
    run_id = save_run(engine, run, (), {"i": b"the city"})
    engine.dispose()
    opened = open_database(empty_url)
    with reading(opened) as connection:
        assert revision_of(connection) == revisions()[-1]
        lives_in = {
            place.occupant: place.pool_id
            for pool in small_dataset().pools
            for place in places_of(connection, pool.pool_id)
        }
    assert read_dataset(opened) == small_dataset()
    residents = {h.household_id: h.current_pool_id for h in small_dataset().households if h.current_pool_id}
    assert {household: pool for household, pool in lives_in.items() if household} == residents
    loaded = load_run(opened, run_id)
    assert loaded is not None
    assert loaded[0].inputs_hash == "i"
    assert load_frozen(opened, "i") == b"the city"
    assert save_experiment(opened, experiment(), {}) == 1
    opened.dispose()


def fill(engine: Engine, dataset: Dataset) -> None:
    """Put a city into a schema that later versions of the code no longer write to."""
    with engine.begin() as connection:
        for sheet, record in records.items():
            rows = [stored_values(sheet, row) for row in getattr(dataset, sheet)]
            if rows:
                connection.execute(insert(table_of(record)), rows)


def at_revision(url: str, revision: str) -> Engine:
    """A database whose schema is of an earlier version."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address)
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine
