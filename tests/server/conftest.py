"""A served city on each kind of database, its people, and a clock that stands still until told to move."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from shutil import copy
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from fastapi.testclient import TestClient
from sqlalchemy import Engine, make_url

from api.access.passwords import hashed
from api.settings import Settings
from api.usecases.city_view import read_view
from api.usecases.counts.publication import take
from api.usecases.signing_in import begin_for
from models.access import Credential, Role, User
from models.codes import SharingBasis
from models.database import open_database, reading, writing
from models.encryption import forget_keys, use_keys
from models.exchange import import_folder
from models.store.access import add_user, user_by
from models.store.datasets import read_rows
from models.store.homes import change_household
from tests.postgres import a_server, create
from tests.server.putting_together import put_together

AS_OF = date(2026, 1, 15)
PASSWORD = "en lång mening som lösenord"
HASH = hashed(PASSWORD)
SMALL_CITY = Path(__file__).parents[1] / "data" / "small-city"


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime = field(default_factory=lambda: datetime(2026, 1, 15, 8, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Served:
    """The web API over a database, and the people who use it."""

    engine: Engine
    settings: Settings
    clock: Clock
    client: TestClient

    def add(self, role: Role, unit: str | None = None, username: str | None = None) -> str:
        name = username or f"{role}-{uuid4().hex[:6]}"
        user = User(user_id=uuid4().hex, username=name, role=role, unit=unit, created_at=self.clock())
        credential = Credential(user_id=user.user_id, password_hash=HASH, changed_at=self.clock())
        with writing(self.engine) as connection:
            add_user(connection, user, credential)
        return name

    def sign_in(self, username: str, password: str = PASSWORD) -> dict[str, str]:
        answer = self.client.post("/api/v1/session", json={"username": username, "password": password})
        assert answer.status_code == 201, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def let_in(self, username: str) -> dict[str, str]:
        """A session as the sign-in opens it, without the password, whose check takes its time on purpose."""
        with reading(self.engine) as connection:
            user = user_by(connection, username=username)
        assert user is not None
        tokens = begin_for(self.engine, self.settings.secret.get_secret_value(), user, self.clock())
        return {"Authorization": f"Bearer {tokens.access}"}

    def as_(self, role: Role, unit: str | None = None) -> dict[str, str]:
        return self.let_in(self.add(role, unit))


def settings(**values: object) -> Settings:
    given: dict[str, object] = {
        "secret": "0123456789abcdefghijklmnopqrstuvwxyzåäö",
        "keys": Fernet.generate_key().decode(),
        "requests_per_minute": 10**6,
        "sign_ins_per_minute": 10**6,
    }
    return Settings(_env_file=None, **(given | values))  # type: ignore[arg-type]


def share_with_the_city(engine: Engine) -> None:
    """Let every unit share its households with the city's placement function."""
    with writing(engine) as connection:
        for household in read_rows(connection).households:
            basis = {"sharing_basis": SharingBasis.CONSENT, "sharing_basis_on": AS_OF}
            change_household(connection, household, AS_OF, "test", **basis)


@pytest.fixture(autouse=True)
def keys() -> Iterator[None]:
    """Keys for texts at rest, as the service has them."""
    use_keys([Fernet.generate_key()])
    yield
    forget_keys()


@pytest.fixture
def served(engine: Engine) -> Iterator[Served]:
    clock, chosen = Clock(), settings()
    app = put_together(engine, chosen, clock)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield Served(engine, chosen, clock, client)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """The small city in a database of each kind; `counted` is one whose figures of the day are taken."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("postgres_city")()
    else:
        file = request.getfixturevalue("counted_file" if request.param == "counted" else "city_file")
        url = str(copy(file, tmp_path / "city.sqlite"))
    engine = open_database(url)
    yield engine
    engine.dispose()


def fill(url: str) -> None:
    """Fill a new database with the small city."""
    opened = open_database(url)
    assert not import_folder(opened, SMALL_CITY, AS_OF).faults
    opened.dispose()


@pytest.fixture(scope="session")
def city_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database to copy, with the small city."""
    file = tmp_path_factory.mktemp("small") / "city.sqlite"
    fill(str(file))
    return file


@pytest.fixture(scope="session")
def counted_file(city_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database to copy, with the figures of its day: counting and hiding take their time, so it is once."""
    file = Path(copy(city_file, tmp_path_factory.mktemp("counted") / "city.sqlite"))
    opened = open_database(str(file))
    assert take(opened, read_view(opened, AS_OF), AS_OF, Clock()(), "system").new
    opened.dispose()
    return file


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[..., str]]:
    """Addresses of fresh databases on a real PostgreSQL server: empty, or as another at the address given."""
    with a_server() as address:

        def fresh(like: str | None = None) -> str:
            name = f"city_{uuid4().hex[:12]}"
            pattern = "template1" if like is None else str(make_url(like).database)
            create(address("postgres"), name, pattern)
            return address(name)

        yield fresh


@pytest.fixture(scope="session")
def postgres_city(new_postgres: Callable[..., str]) -> Callable[[], str]:
    """Addresses of fresh databases on PostgreSQL, with the small city."""
    filled = new_postgres()
    fill(filled)
    return partial(new_postgres, filled)
