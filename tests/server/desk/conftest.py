"""A coordinator at the desk: every case shared but those of one unit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import Engine, insert
from sqlmodel import SQLModel

from models.access import Role
from models.codes import SharingBasis
from models.database import open_database, writing
from models.households import Household
from models.store import read_dataset
from models.store.audit import entries, flaws
from models.store.homes import change_household
from models.store.revision import touch
from tests.server.conftest import AS_OF, Served

CLOSED_UNIT = "Järva"
API = "/api/v1"


@dataclass
class Desk:
    """What a person at the desk sends and is answered."""

    served: Served
    headers: dict[str, str]

    def get(self, path: str, **query: object) -> Response:
        params: dict[str, Any] = query
        return self.served.client.get(API + path, params=params, headers=self.headers)

    def post(self, path: str, body: object = None, **headers: str) -> Response:
        return self.served.client.post(API + path, json=body or {}, headers=self.headers | headers)

    def patch(self, path: str, body: object, etag: str | None) -> Response:
        match = {} if etag is None else {"If-Match": etag}
        return self.served.client.patch(API + path, json=body, headers=self.headers | match)

    def delete(self, path: str) -> Response:
        return self.served.client.delete(API + path, headers=self.headers)

    def items(self, path: str, **query: object) -> list[dict[str, Any]]:
        answer = self.get(path, **{"limit": 200, **query})
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    def acts(self) -> list[str]:
        assert flaws(self.served.engine) == []
        return [entry.action for entry in entries(self.served.engine, most=1000)]

    def days_pass(self, days: int) -> None:
        """Let days pass; who comes back signs in anew."""
        self.served.clock.pass_by(days=days)
        self.headers = self.served.as_(Role.COORDINATOR)

    def alter(self, household_id: str, **facts: object) -> None:
        """Change facts of a household, as an import would."""
        with writing(self.served.engine) as connection:
            household = next(
                h for h in read_dataset(self.served.engine).households if h.household_id == household_id
            )
            change_household(connection, household, AS_OF, "test", **facts)
            touch(connection)

    def put_in(self, table: str, **values: object) -> None:
        """Put a row into a table."""
        with writing(self.served.engine) as connection:
            connection.execute(insert(SQLModel.metadata.tables[table]).values(**values))
            touch(connection)

    def households(self) -> list[Household]:
        return list(read_dataset(self.served.engine).households)

    def mine(self, suits: Callable[[Household], bool] = lambda _: True) -> Household:
        """A household that the coordinator may see."""
        return next(h for h in self.households() if h.responsible_unit != CLOSED_UNIT and suits(h))

    def closed(self) -> Household:
        """A household that the coordinator may not see."""
        return next(h for h in self.households() if h.responsible_unit == CLOSED_UNIT)


def share(url: str) -> None:
    """Share every case of the small city but those of one unit."""
    filled = open_database(url)
    with writing(filled) as connection:
        for household in read_dataset(filled).households:
            if household.responsible_unit != CLOSED_UNIT:
                basis = {"sharing_basis": SharingBasis.CONSENT, "sharing_basis_on": AS_OF}
                change_household(connection, household, AS_OF, "test", **basis)
        touch(connection)
    filled.dispose()


@pytest.fixture(scope="session")
def shared_file(city_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file to copy, filled once."""
    file = copy(city_file, tmp_path_factory.mktemp("shared") / "city.sqlite")
    share(str(file))
    return Path(file)


@pytest.fixture(scope="session")
def shared_postgres(new_postgres: Callable[..., str], postgres_city: Callable[[], str]) -> Callable[[], str]:
    """Addresses of databases like one on PostgreSQL, filled once."""
    filled = postgres_city()
    share(filled)
    return partial(new_postgres, filled)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A copy of the filled city in a database of each kind."""
    if request.param == "sqlite":
        url = str(copy(request.getfixturevalue("shared_file"), tmp_path / "city.sqlite"))
    else:
        url = request.getfixturevalue("shared_postgres")()
    opened = open_database(url)
    yield opened
    opened.dispose()


@pytest.fixture
def desk(served: Served) -> Desk:
    return Desk(served, served.as_(Role.COORDINATOR))
