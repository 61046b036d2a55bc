"""`demo`: the same city however often, and never mixed with a real one."""

from pathlib import Path

from models.database import open_database
from models.store import read_dataset, stored_as_of

from .conftest import DATA, DAY, Command


def test_demo_twice_is_the_same_city(demo_city: Command, database: Path) -> None:
    engine = open_database(str(database))
    before = read_dataset(engine)
    again = demo_city("demo", "--no-serve", "--moves", "none", "--lang", "en")
    assert again.status == 0
    assert "Nobody in it exists" in again.out
    assert read_dataset(engine) == before
    assert str(stored_as_of(engine)) == "2026-01-15"
    engine.dispose()


def test_the_demo_city_has_its_own_day(demo_city: Command) -> None:
    run = demo_city("match", "--moves", "none", "--json", "-").data["run"]
    assert run["as_of"] == "2026-01-15"
    assert (
        demo_city("match", "--moves", "none", "--as-of", "2026-02-01", "--json", "-").data["run"]["as_of"]
        == "2026-02-01"
    )


def test_the_demo_ends_where_it_is_told_to(hemvist: Command) -> None:
    said = hemvist("demo", "--moves", "none", "--no-serve")
    assert said.status == 0
    assert "127.0.0.1" not in said.out
    assert "Trängst för" in said.out


def test_a_program_that_reads_the_answer_is_not_kept_waiting(hemvist: Command) -> None:
    assert hemvist("demo", "--moves", "none", "--json", "-").data["run"]["status"] == "optimal"


def test_real_data_in_the_demo_city_is_warned_of(demo_city: Command) -> None:
    said = demo_city("import", str(DATA / "small-city"), *DAY)
    assert said.status == 0
    assert "innehåller demostaden" in said.err


def test_the_demo_city_is_not_put_into_another(small_city: Command, database: Path) -> None:
    engine = open_database(str(database))
    before = read_dataset(engine)
    said = small_city("demo", "--no-serve")
    assert said.status == 2
    assert "annan stad" in said.err
    assert read_dataset(engine) == before
    engine.dispose()
