"""The city's own login: tokens, tickets, attempts and providers that do not hold."""

import json
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.server.app import build_server
from models.access import Role
from tests.ports import free_port
from tests.server.conftest import Clock, Served, settings
from tests.server.oidc_provider import CLIENT, SECRET

from .city import URL, City, Provider

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
    page, _, behind = back.headers["location"].partition("#")
    # What stands before the # comes into logs and Referers.
    assert page == "https://hemvist.stad.se/?sida=in"
    assert list(parse_qs(behind)) == ["ticket"]
    assert parse_qs(behind)["ticket"][0] not in str(back.headers.get_list("set-cookie")) + page


def test_settings_ask_for_an_encrypted_provider() -> None:
    with pytest.raises(ValueError, match="oidc_issuer"):
        settings(oidc_issuer="http://login.stad.se")
    assert json.loads(settings(oidc_issuer="https://login.stad.se").model_dump_json())["oidc_return"] == ""
