"""Databases of both kinds, fresh for each test, and copies of the sample cities to tamper with."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.database import open_database
from tests.postgres import a_server, create

AS_OF = date(2026, 1, 15)
cities = Path(__file__).parents[1] / "data"
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[str], str]]:
    """A real PostgreSQL server; called with a name, it gives the address of that database."""
    with a_server() as address:
        open_database(_created(address, "template_city")).dispose()
        yield address


def _created(address: Callable[[str], str], name: str, like: str = "template1") -> str:
    create(address("postgres"), name, like)
    return address(name)


@pytest.fixture(scope="session")
def empty_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file without rows, to copy: to lay out the tables takes its time."""
    file = tmp_path_factory.mktemp("empty") / "city.sqlite"
    open_database(str(file)).dispose()
    return file


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a database without any tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    return _created(request.getfixturevalue("postgres"), f"empty_{next(_numbers)}")


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An open database without rows, on each of the two systems."""
    if request.param == "sqlite":
        url = shutil.copy(request.getfixturevalue("empty_city"), tmp_path / "city.sqlite")
    else:
        url = _created(request.getfixturevalue("postgres"), f"city_{next(_numbers)}", "template_city")
    engine = open_database(str(url))
    yield engine
    engine.dispose()


@pytest.fixture
def lite(tmp_path: Path, empty_city: Path) -> Iterator[Engine]:
    """An open SQLite database, for tests in which the system makes no difference."""
    engine = open_database(str(shutil.copy(empty_city, tmp_path / "lite.sqlite")))
    yield engine
    engine.dispose()


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of the small city, to tamper with."""
    return Path(shutil.copytree(cities / "small-city", tmp_path / "small-city"))
