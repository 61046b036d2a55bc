"""The city's own login in a browser: there and back, with the real provider and service in processes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from cryptography.fernet import Fernet
from playwright.sync_api import Browser

from models.access import Role, User
from models.database import open_database, writing
from models.encryption import forget_keys, use_keys
from models.exchange import import_folder
from models.store.access import add_user
from tests.browser.served_demo import answers
from tests.browser.visits import visit
from tests.ports import free_port
from tests.server import oidc_provider
from tests.server.conftest import AS_OF, SMALL_CITY
from tests.server.oidc_provider import CLIENT, SECRET
from tests.server.processes import serving
from ui.texts import Texts

pytestmark = pytest.mark.slow

PATIENCE = 180.0
CALLBACK = "/api/v1/session/oidc/callback"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The city's login in a process of its own; its address."""
    port = free_port()
    running = subprocess.Popen([sys.executable, str(Path(oidc_provider.__file__)), str(port)])
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield address
    finally:
        running.kill()
        running.wait()


@pytest.fixture(scope="module")
def desks(browser: Browser, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The desks of a small city with that login, where one caseworker is known."""
    folder = tmp_path_factory.mktemp("city")
    keys, port = Fernet.generate_key(), free_port()
    address = f"http://127.0.0.1:{port}"
    use_keys([keys])
    engine = open_database(f"sqlite:///{folder / 'city.sqlite'}")
    assert not import_folder(engine, SMALL_CITY, AS_OF).faults
    known = User(
        user_id="u-anna",
        username="anna.lind",
        role=Role.CASEWORKER,
        unit="Bromma",
        oidc_subject=f"{provider}|person-1",
        created_at=datetime.now(UTC),
    )
    with writing(engine) as connection:
        add_user(connection, known)
    engine.dispose()
    forget_keys()
    told = {
        "HEMVIST_KEYS": keys.decode(),
        "HEMVIST_OIDC_ISSUER": provider,
        "HEMVIST_OIDC_CLIENT_ID": CLIENT,
        "HEMVIST_OIDC_CLIENT_SECRET": SECRET,
        "HEMVIST_OIDC_REDIRECT": f"{address}{CALLBACK}",
        "HEMVIST_OIDC_RETURN": f"{address}/sign-in/city/back",
        "PATH": os.environ["PATH"],
    }
    more = ("--desks", "--desks-port", str(port))
    with serving(folder, folder / "city.sqlite", *more, **told):
        until = time.monotonic() + PATIENCE
        while not answers(address):
            assert time.monotonic() < until
            time.sleep(0.2)
        yield address


def tell(provider: str, **what: object) -> None:
    """Tell the city's login the time, and how it is to err."""
    httpx2.post(f"{provider}/control", json={"now": time.time(), **what}, trust_env=False)


def test_a_caseworker_comes_in_by_the_citys_login_and_back_to_the_page(
    browser: Browser, provider: str, desks: str
) -> None:
    said = Texts("sv")
    tell(provider)
    with visit(browser, desks, also=provider) as here:
        here.page.goto(f"{desks}/households")
        here.page.get_by_role("link", name=said("door.city_login")).click()
        here.page.wait_for_url(f"{desks}/households")
        here.settle()
        here.page.get_by_role("heading", level=1, name=said("page.households")).wait_for()
        assert "ticket" not in here.page.url
        assert "Bromma" in here.page.locator(".hv-account").inner_text()
        cookies = {one["name"]: one for one in here.page.context.cookies()}
        assert cookies["hemvist_session"]["httpOnly"]


def test_whoever_the_city_does_not_know_is_told_so(browser: Browser, provider: str, desks: str) -> None:
    tell(provider, claims={"sub": "person-2", "preferred_username": "Okänd"})
    with visit(browser, desks, also=provider) as here:
        here.page.goto(f"{desks}/sign-in/city")
        here.page.get_by_role("alert").wait_for()
        assert "/sign-in" in here.page.url
        # The refusal is a page with its own status, which the browser notes in its console.
        assert all("403" in told for told in here.wrong)
        here.wrong.clear()
