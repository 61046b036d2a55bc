"""The city's own login, against a provider in a process of its own: who gets in, and what does not hold."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx2
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.access.tokens import ACCESS_MINUTES
from api.server.app import build_server
from models.access import Role, User
from models.database import reading, writing
from models.store.access import add_user, user_by
from models.store.audit import entries, flaws
from tests.server import oidc_provider
from tests.server.conftest import Clock, Served, settings
from tests.server.oidc_provider import CLIENT, SECRET
from tests.server.processes import free_port

URL = "/api/v1/session/oidc"
HERE = f"http://127.0.0.1:8600{URL}/callback"


@dataclass
class Provider:
    """The provider's process, and how it is told to err."""

    port: int
    running: subprocess.Popen[bytes]

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def told(self, clock: Clock, **what: Any) -> None:
        httpx2.post(f"{self.issuer}/control", json={"now": clock().timestamp(), **what}, trust_env=False)

    def asked(self) -> list[str]:
        found: list[str] = httpx2.get(f"{self.issuer}/asked", trust_env=False).json()
        return found


@dataclass
class City:
    """A service whose city has a login, and a browser."""

    served: Served
    provider: Provider

    @property
    def client(self) -> TestClient:
        return self.served.client

    def enter(self, subject: str | None = None, **columns: Any) -> User:
        row: dict[str, Any] = {"username": "anna.lind", "role": Role.CASEWORKER, "unit": "Bromma"} | columns
        user = User(user_id=uuid4().hex, oidc_subject=subject, created_at=self.served.clock(), **row)
        with writing(self.served.engine) as connection:
            add_user(connection, user)
        return user

    def leave(self) -> str:
        answer = self.client.get(URL, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def authorised(self, address: str) -> str:
        """What the provider sends the browser back with."""
        sent = httpx2.get(address, follow_redirects=False, trust_env=False).headers["location"]
        assert sent.startswith(HERE)
        return str(sent).removeprefix("http://127.0.0.1:8600")

    def ticket(self) -> str:
        answer = self.client.get(self.authorised(self.leave()))
        assert answer.status_code == 200, answer.text
        return str(answer.json()["ticket"])

    def try_to_enter(self) -> Any:
        return self.client.post(URL, json={"ticket": self.ticket()})

    def acts(self) -> list[tuple[str, str]]:
        return [(entry.action, str(entry.outcome)) for entry in entries(self.served.engine)]


@pytest.fixture(scope="module")
def process() -> Iterator[Provider]:
    port = free_port()
    running = subprocess.Popen([sys.executable, str(Path(oidc_provider.__file__)), str(port)])
    provider = Provider(port, running)
    try:
        for _ in range(300):
            try:
                provider.asked()
                break
            except httpx2.HTTPError:
                time.sleep(0.1)
        yield provider
    finally:
        running.kill()
        running.wait()


@pytest.fixture
def city(engine: Engine, process: Provider) -> Iterator[City]:
    clock = Clock()
    process.told(clock)
    chosen = settings(oidc_issuer=process.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET)
    with TestClient(
        build_server(engine, chosen, clock), raise_server_exceptions=False, base_url="http://127.0.0.1:8600"
    ) as client:
        yield City(Served(engine, chosen, clock, client), process)


def test_somebody_known_by_subject_gets_the_same_session_as_with_a_local_account(city: City) -> None:
    user = city.enter(f"{city.provider.issuer}|person-1")
    told = city.try_to_enter()
    assert told.status_code == 201, told.text
    headers = {"Authorization": f"Bearer {told.json()['access_token']}"}
    me = city.client.get("/api/v1/session", headers=headers).json()
    assert (me["user_id"], me["role"], me["unit"]) == (user.user_id, "caseworker", "Bromma")
    city.served.clock.pass_by(minutes=ACCESS_MINUTES)
    again = city.client.post("/api/v1/session/refresh", json={"refresh_token": told.json()["refresh_token"]})
    assert again.status_code == 200
    headers = {"Authorization": f"Bearer {again.json()['access_token']}"}
    assert city.client.delete("/api/v1/session", headers=headers).status_code == 204
    assert city.client.get("/api/v1/session", headers=headers).status_code == 401
    assert told.json()["sign_out_address"] == f"{city.provider.issuer}/logout?client_id={CLIENT}"
    assert city.acts() == [("session.begin", "done"), ("session.end", "done")]
    assert flaws(city.served.engine) == []


def test_pages_alone_open_nothing_and_write_nothing(city: City) -> None:
    city.enter(f"{city.provider.issuer}|person-1")
    before = city.acts()
    city.ticket()
    assert city.acts() == before


def test_somebody_entered_beforehand_is_tied_at_the_first_time(city: City) -> None:
    user = city.enter()
    assert city.try_to_enter().status_code == 201
    with reading(city.served.engine) as connection:
        tied = user_by(connection, user_id=user.user_id)
    assert tied is not None
    assert tied.oidc_subject == f"{city.provider.issuer}|person-1"
    assert ("user.link", "done") in city.acts()
    # Somebody else who takes over the name later is somebody else.
    city.provider.told(city.served.clock, claims={"sub": "person-2"})
    assert city.try_to_enter().status_code == 403


def test_an_address_counts_only_once_it_is_confirmed(city: City) -> None:
    city.enter(username="anna@stad.se")
    claims = {"preferred_username": "x", "email": "Anna@stad.se", "email_verified": False}
    city.provider.told(city.served.clock, claims=claims)
    assert city.try_to_enter().status_code == 403
    city.provider.told(city.served.clock, claims=claims | {"email_verified": True})
    assert city.try_to_enter().status_code == 201


@pytest.mark.parametrize(
    "columns", [{"role": Role.ADMIN, "unit": None}, {"active": False}, {"username": "someone.else"}]
)
def test_who_is_not_let_in_is_told_kindly(city: City, columns: dict[str, Any]) -> None:
    city.enter(**columns)
    refused = city.try_to_enter()
    assert refused.status_code == 403
    assert "administratör" in refused.json()["detail"]
    assert city.acts() == [("session.begin", "refused")]


def test_an_account_with_a_password_is_not_taken_over(city: City) -> None:
    city.served.add(Role.COORDINATOR, username="anna.lind")
    assert city.try_to_enter().status_code == 403


def test_a_closed_account_stays_closed_though_it_is_tied(city: City) -> None:
    city.enter(f"{city.provider.issuer}|person-1", active=False)
    assert city.try_to_enter().status_code == 403


def test_an_administrator_ties_an_account_and_never_one_twice(city: City) -> None:
    headers = city.served.as_(Role.ADMIN)
    subject = f"{city.provider.issuer}|person-1"
    users = "/api/v1/users"
    body = {"username": "chef", "role": "admin"}
    made = city.client.post(users, json=body, headers=headers).json()["user_id"]
    tag = city.client.get(f"{users}/{made}", headers=headers).headers["etag"]
    change = {"oidc_subject": subject}
    answer = city.client.patch(f"{users}/{made}", json=change, headers=headers | {"If-Match": tag})
    assert (answer.status_code, answer.json()["city_login"]) == (200, True)
    assert city.try_to_enter().status_code == 201
    other = {"username": "annan", "role": "manager", "oidc_subject": subject}
    assert city.client.post(users, json=other, headers=headers).status_code == 409
    assert "person-1" not in str([entry.detail for entry in entries(city.served.engine)])


WRONG = {
    "nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": None}},
    "issuer": {"claims": {"iss": "https://login.elsewhere.se"}},
    "audience": {"claims": {"aud": "another"}},
    "audience of two, meant for the other": {"claims": {"aud": [CLIENT, "another"], "azp": "another"}},
    "expired": {"claims": {"exp": Clock().now.timestamp() - 61}},
    "from the future": {"claims": {"iat": Clock().now.timestamp() + 61}},
    "no subject": {"claims": {"sub": None}},
    "endless subject": {"claims": {"sub": "x" * 256}},
    "no expiry": {"claims": {"exp": None}},
    "unsigned": {"sign": "none"},
    "signed with the shared secret": {"sign": "shared"},
    "signed by somebody else": {"sign": "forged"},
}


@pytest.mark.parametrize("flaw", WRONG)
def test_a_token_that_does_not_hold_opens_nothing(city: City, flaw: str) -> None:
    city.enter(f"{city.provider.issuer}|person-1")
    city.provider.told(city.served.clock, **WRONG[flaw])
    refused = city.try_to_enter()
    assert refused.status_code == 401, flaw
    assert refused.json()["type"] == "/problems/city_login_refused"
    assert city.acts() == [("session.begin", "refused")]


def test_a_ticket_opens_one_session(city: City) -> None:
    city.enter(f"{city.provider.issuer}|person-1")
    ticket = {"ticket": city.ticket()}
    assert [city.client.post(URL, json=ticket).status_code for _ in range(2)] == [201, 401]


def test_a_ticket_is_soon_too_old(city: City) -> None:
    city.enter(f"{city.provider.issuer}|person-1")
    ticket = {"ticket": city.ticket()}
    city.served.clock.pass_by(minutes=3)
    assert city.client.post(URL, json=ticket).status_code == 401
    assert city.client.post(URL, json={"ticket": "påhittad"}).status_code == 401


def test_a_code_used_before_is_refused_by_the_provider(city: City) -> None:
    city.enter(f"{city.provider.issuer}|person-1")
    address = city.leave()
    note = city.client.cookies["hemvist_oidc"]
    back = city.authorised(address)
    tickets = []
    for _ in range(2):
        answer = city.client.get(back, headers={"Cookie": f"hemvist_oidc={note}"})
        tickets.append(answer.json()["ticket"])
    assert [city.client.post(URL, json={"ticket": one}).status_code for one in tickets] == [201, 401]


def test_a_browser_that_did_not_begin_does_not_come_back(city: City) -> None:
    city.enter(f"{city.provider.issuer}|person-1")
    back = city.authorised(city.leave())
    state = parse_qs(urlsplit(back).query)["state"][0]
    city.client.cookies.clear()
    assert city.client.get(back).status_code == 401
    city.leave()
    # A cookie of another attempt is no better.
    assert city.client.get(back).status_code == 401
    assert city.client.get(f"{URL}/callback?state={state}").status_code == 401
    assert city.client.get(f"{URL}/callback").status_code == 401


def test_an_attempt_is_soon_too_old_and_another_issuer_is_refused(city: City) -> None:
    back = city.authorised(city.leave())
    stranger = back.replace("iss=", "iss=https%3A%2F%2Fstranger.se&was=")
    assert city.client.get(stranger).status_code == 401
    city.served.clock.pass_by(minutes=11)
    assert city.client.get(back).status_code == 401


def test_a_no_at_the_provider_is_a_no_here(city: City) -> None:
    city.provider.told(city.served.clock, error="access_denied")
    assert city.client.get(city.authorised(city.leave())).status_code == 401


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
def test_keys_that_change_are_looked_for_again(city: City, algorithm: str) -> None:
    city.enter(f"{city.provider.issuer}|person-1")
    assert city.try_to_enter().status_code == 201
    before = city.provider.asked().count("/keys")
    assert city.try_to_enter().status_code == 201
    assert city.provider.asked().count("/keys") == before
    city.provider.told(city.served.clock, turn=algorithm)
    assert city.try_to_enter().status_code == 201
    assert city.provider.asked().count("/keys") == before + 1
    city.provider.told(city.served.clock, turn="RS256")


def test_a_provider_that_calls_itself_something_else_is_none(city: City) -> None:
    for told in ({"discovered_issuer": "https://annan.se"}, {"token_endpoint": "http://utanfor.se/token"}):
        city.provider.told(city.served.clock, **told)
        assert city.client.get(URL, follow_redirects=False).status_code == 503


def test_the_state_and_the_proof_are_fresh_each_time_and_sealed(city: City) -> None:
    first, second = (parse_qs(urlsplit(city.leave()).query) for _ in range(2))
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
    assert second["state"][0] not in city.client.cookies["hemvist_oidc"]


def test_without_an_answer_from_the_provider_local_accounts_go_on(served: Served) -> None:
    assert served.client.get(URL).status_code == 404
    gone = f"http://127.0.0.1:{free_port()}"
    chosen = settings(oidc_issuer=gone, oidc_client_id=CLIENT)
    with TestClient(build_server(served.engine, chosen, served.clock)) as client:
        refused = client.get(URL, follow_redirects=False)
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/city_login_away")
        here = Served(served.engine, chosen, served.clock, client)
        assert client.get("/api/v1/session", headers=here.as_(Role.MANAGER)).status_code == 200


def test_a_page_of_the_citys_is_given_the_ticket(engine: Engine, process: Provider) -> None:
    clock = Clock()
    process.told(clock)
    chosen = settings(
        oidc_issuer=process.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_return="https://hemvist.stad.se/?sida=in",
        oidc_redirect="https://hemvist.stad.se/api/v1/session/oidc/callback",
    )
    with TestClient(build_server(engine, chosen, clock), base_url="https://hemvist.stad.se") as client:
        left = client.get(URL, follow_redirects=False)
        assert "secure" in left.headers["set-cookie"].lower()
        sent = httpx2.get(left.headers["location"], follow_redirects=False, trust_env=False)
        back = client.get(sent.headers["location"], follow_redirects=False)
    assert back.status_code == 303
    assert back.headers["location"].startswith("https://hemvist.stad.se/?sida=in&ticket=")


def test_settings_ask_for_an_encrypted_provider() -> None:
    with pytest.raises(ValueError, match="oidc_issuer"):
        settings(oidc_issuer="http://login.stad.se")
    assert json.loads(settings(oidc_issuer="https://login.stad.se").model_dump_json())["oidc_return"] == ""
