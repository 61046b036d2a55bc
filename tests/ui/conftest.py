"""The desks over the real API in this process: the small city, all its cases shared, and a published plan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from cryptography.fernet import Fernet
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from api.access.actor import Actor
from api.access.passwords import hashed
from api.access.tokens import ACCESS_MINUTES
from api.usecases.matching import run_match
from api.usecases.offers.publishing import draft, publish
from api.usecases.signing_in import begin_for
from api.usecases.work import working_for
from models.access import Credential, Role, User
from models.codes import SharingBasis
from models.database import open_database, reading, writing
from models.encryption import forget_keys, use_keys
from models.exchange import import_folder
from models.store import read_dataset, set_setting
from models.store.access import add_user, user_by
from models.store.homes import change_household
from models.store.settings import AS_OF as STORED_DAY
from tests.server.conftest import AS_OF, SMALL_CITY, Clock, settings
from tests.server.putting_together import put_together
from ui.desk_client import DeskClient
from ui.door.sessions import Session
from ui.frame.desk import LANGUAGE, NUMBER
from ui.here import Here, open_here

SECONDS = 60
PASSWORD = "en lång mening som lösenord"
SYSTEM = Actor("system", Role.COORDINATOR, None, "-")


@dataclass
class Desks:
    """The desks, their API and its clock."""

    here: Here
    clock: Clock
    engine: Engine
    secret: str

    def client(self, role: Role = Role.COORDINATOR, language: str = "sv") -> DeskClient:
        """Somebody with a session as the sign-in opens it, without the password: its check takes its time."""
        with reading(self.engine) as connection:
            user = user_by(connection, username=str(role))
        assert user is not None
        begun = begin_for(self.engine, self.secret, user, self.clock())
        client = self.here.client(language)
        client.take_over(
            {"access_token": begun.access, "refresh_token": begun.refresh, "expires_in": ACCESS_MINUTES * 60}
        )
        return client

    def session(self, role: Role = Role.COORDINATOR, language: str = "sv") -> str:
        """The number of somebody's session."""
        client = self.client(role, language)
        return self.here.sessions.open(Session(str(role), client, client.me()))


def run_page(where: str, name: str) -> None:
    """A page as the frame runs it; where another page is asked for, nothing is gone to."""
    import importlib

    import streamlit as st

    from ui.frame.desk import desk_here
    from ui.frame.faults import told
    from ui.frame.opened import enter
    from ui.frame.saying import say_now

    st.session_state["went_to"] = None
    desk = desk_here()
    if desk is not None:
        enter(name)
        say_now()
        with told(desk):
            importlib.import_module(f"ui.{where}.{name}").show(desk)


def drawn(desks: Desks, where: str, name: str, role: Role, language: str = "sv", **query: str) -> AppTest:
    """A page of a desk, drawn for somebody in a role without a fault."""
    at = AppTest.from_function(run_page, args=(where, name), default_timeout=SECONDS)
    at.session_state[NUMBER] = desks.session(role, language)
    at.session_state[LANGUAGE] = language
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def html_of(at: AppTest) -> str:
    """All HTML of a page."""
    return "\n".join(str(element.proto.body) for element in at.get("html"))


@pytest.fixture(scope="session", autouse=True)
def components_found_once() -> Iterator[None]:
    """What is installed is looked through for components once, not for every page that is drawn."""
    found = cache(manifest_scanner.scan_component_manifests)
    with patch.object(manifest_scanner, "scan_component_manifests", found):
        yield


@pytest.fixture
def view(desks: Desks) -> Callable[..., AppTest]:
    """A page of the coordinator's desk."""

    def shown(name: str, role: Role = Role.COORDINATOR, language: str = "sv", **query: str) -> AppTest:
        return drawn(desks, "coordinator", name, role, language, **query)

    return shown


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    use_keys([Fernet.generate_key()])
    file: Path = tmp_path_factory.mktemp("city") / "city.sqlite"
    engine = open_database(f"sqlite:///{file}")
    assert not import_folder(engine, SMALL_CITY, AS_OF).faults
    # The city stands on its day, whatever day it is where the tests run; tokens run out by the real clock.
    set_setting(engine, STORED_DAY, AS_OF.isoformat())
    clock = Clock(datetime.now(UTC))
    password = hashed(PASSWORD)
    with writing(engine) as connection:
        for household in read_dataset(engine).households:
            basis = {"sharing_basis": SharingBasis.CONSENT, "sharing_basis_on": AS_OF}
            change_household(connection, household, AS_OF, "test", **basis)
        for role in Role:
            unit = "Järva" if role == Role.CASEWORKER else None
            user = User(user_id=f"u-{role}", username=str(role), role=role, unit=unit, created_at=clock())
            secret = Credential(user_id=user.user_id, password_hash=password, changed_at=clock())
            add_user(connection, user, secret)
    run = run_match(engine, AS_OF, 4, None, clock()).answer["run"]["id"]
    with working_for(engine, SYSTEM, clock()) as work:
        draft(work, run)
        publish(work, run)
    chosen = settings()
    app = put_together(engine, chosen, clock)
    with TestClient(app, raise_server_exceptions=False) as http:
        yield Desks(open_here(Here(http)), clock, engine, chosen.secret.get_secret_value())
    engine.dispose()
    forget_keys()


@pytest.fixture
def page(desks: Desks) -> Callable[..., AppTest]:
    """The planner's pages, or another desk's, drawn for a role."""

    def shown(
        name: str, role: Role = Role.PLANNER, language: str = "sv", where: str = "planner", **query: str
    ) -> AppTest:
        return drawn(desks, where, name, role, language, **query)

    return shown
