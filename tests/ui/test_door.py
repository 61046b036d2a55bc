"""The door: strangers, signing in and out, the language, and what every page is sent with."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.ui.conftest import PASSWORD, Desks
from ui.desk_client import DeskClient
from ui.door.guard import Guard
from ui.door.routes import ROUTES, own_path
from ui.door.sessions import COOKIE, HOURS, LEFT_COOKIE, Session
from ui.here import DemoUser, Here, open_here

SHELL = '<html lang="en"><head><title>Streamlit</title></head></html>'
NAMES = {"username": "coordinator", "password": PASSWORD}

PAGES = frozenset({"places", "household"})


async def page(request: Request) -> HTMLResponse:
    return HTMLResponse(SHELL)


@pytest.fixture
def door(desks: Desks) -> Iterator[TestClient]:
    open_here(desks.here)
    app = Starlette(
        routes=[*ROUTES, Route("/{path:path}", page)], middleware=[Middleware(Guard, pages=PAGES)]
    )
    with TestClient(app, base_url="https://hemvist.example", follow_redirects=False) as client:
        yield client


def test_a_stranger_is_sent_to_the_door_and_comes_back_where_he_wanted(door: TestClient) -> None:
    sent = door.get("/household?id=A-1")
    assert sent.status_code == 303
    where = sent.headers["location"]
    assert where == "/sign-in?next=/household%3Fid%3DA-1"
    assert "/household?id=A-1" in door.get(where).text
    entered = door.post("/sign-in", data=NAMES | {"next": "/household?id=A-1"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/household?id=A-1")
    assert door.get("/household?id=A-1").status_code == 200


def test_the_cookie_is_closed_to_scripts_and_holds_no_token(door: TestClient, desks: Desks) -> None:
    cookie = door.post("/sign-in", data=NAMES).headers["set-cookie"]
    for part in ("HttpOnly", "Secure", "SameSite=lax"):
        assert part in cookie
    session = desks.here.sessions.find(door.cookies[COOKIE])
    assert session is not None
    assert session.client.tokens is not None
    assert session.client.tokens.access not in cookie
    assert session.client.tokens.refresh not in cookie


def test_a_wrong_password_is_told_on_the_page(door: TestClient) -> None:
    answer = door.post("/sign-in", data={"username": "coordinator", "password": "helt fel men långt"})
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert "Namnet eller lösenordet stämmer inte." in answer.text
    assert door.post("/sign-in", data={"username": "x"}).status_code == 422


def test_a_form_from_elsewhere_is_refused(door: TestClient) -> None:
    answer = door.post("/sign-in", data=NAMES, headers={"Origin": "https://annan.example"})
    assert answer.status_code == 403
    assert COOKIE not in door.cookies
    own = door.post("/sign-in", data=NAMES, headers={"Origin": "https://hemvist.example"})
    assert own.status_code == 303


def test_the_citys_ticket_is_in_no_address_and_opens_one_session(
    door: TestClient, desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = []

    def sign_in_with(client: DeskClient, ticket: str) -> None:
        brought.append(ticket)
        client.sign_in("coordinator", PASSWORD)

    monkeypatch.setattr(DeskClient, "sign_in_with", sign_in_with)
    ticket = {"ticket": "t-1"}
    assert door.post("/sign-in/city", data=ticket).status_code == 403
    assert door.get("/sign-in/city?next=/places&ticket=t-0").headers["location"].endswith("/oidc")
    arrival = door.get("/sign-in/city/back")
    assert (arrival.status_code, "/door/arrival.js" in arrival.text) == (200, True)
    assert "location.hash" in door.get("/door/arrival.js").text
    elsewhere = {"Origin": "https://annan.example"}
    assert door.post("/sign-in/city", data=ticket, headers=elsewhere).status_code == 403
    assert door.post("/sign-in/city", data={}).status_code == 403
    assert brought == []
    entered = door.post("/sign-in/city", data=ticket)
    assert (entered.status_code, entered.headers["location"], brought) == (303, "/places", ["t-1"])
    assert desks.here.sessions.find(door.cookies[COOKIE]) is not None
    assert door.post("/sign-in/city", data=ticket).status_code == 403


def test_signing_out_ends_the_session_at_the_api_too(door: TestClient, desks: Desks) -> None:
    door.post("/sign-in", data=NAMES)
    session = desks.here.sessions.find(door.cookies[COOKIE])
    assert session is not None
    assert door.get("/sign-out").status_code == 200
    assert desks.here.sessions.find(door.cookies[COOKIE]) is not None
    door.post("/sign-out")
    assert session.client.tokens is None
    assert door.get("/").status_code == 303


def test_a_page_left_open_goes_on_in_the_same_persons_next_session(door: TestClient, desks: Desks) -> None:
    door.post("/sign-in", data=NAMES)
    first = door.cookies[COOKIE]
    door.post("/sign-out")
    sessions = desks.here.sessions
    assert sessions.find(sessions.latest(first)) is None
    assert door.cookies[LEFT_COOKIE] == first
    door.post("/sign-in", data=NAMES)
    second = door.cookies[COOKIE]
    assert second != first
    assert sessions.latest(first) == second
    assert LEFT_COOKIE not in door.cookies
    # The cookie of a session that was ended lets nobody in.
    assert sessions.find(first) is None
    door.post("/sign-in", data=NAMES)
    assert sessions.latest(first) == door.cookies[COOKIE]


def test_a_page_left_open_goes_on_for_nobody_else(door: TestClient, desks: Desks) -> None:
    door.post("/sign-in", data=NAMES)
    first = door.cookies[COOKIE]
    door.post("/sign-out")
    door.post("/sign-in", data=NAMES | {"username": "manager"})
    sessions = desks.here.sessions
    assert sessions.latest(first) == first
    assert sessions.find(first) is None
    # From another browser the same person's page is not gone on with either.
    door.cookies.clear()
    door.post("/sign-in", data=NAMES)
    assert sessions.find(sessions.latest(first)) is None


def test_pages_carry_their_language_and_let_nothing_in_from_elsewhere(door: TestClient) -> None:
    door.post("/sign-in", data=NAMES)
    swedish = door.get("/")
    assert '<html lang="sv">' in swedish.text
    assert "<title>Hemvist</title>" in swedish.text
    assert "default-src 'self'" in swedish.headers["content-security-policy"]
    assert swedish.headers["x-frame-options"] == "DENY"
    back = door.get("/language/en?next=/places")
    assert back.headers["location"] == "/places"
    assert '<html lang="en">' in door.get("/").text
    assert "Skip" not in door.get("/door/door.css").text


@pytest.mark.parametrize("path", ["/plases", "/household/A-1", "/%E2%8C%82"])
def test_an_address_that_leads_nowhere_says_so_in_the_persons_language(door: TestClient, path: str) -> None:
    assert door.get(path).headers["location"].startswith("/sign-in")
    door.post("/sign-in", data=NAMES)
    swedish = door.get(path)
    assert (swedish.status_code, "<h1>Sidan finns inte</h1>" in swedish.text) == (404, True)
    assert "default-src 'self'" in swedish.headers["content-security-policy"]
    door.get("/language/en")
    assert "<h1>There is no such page</h1>" in door.get(path).text
    assert door.get("/places").status_code == door.get("/").status_code == 200


@pytest.mark.parametrize(
    "path", ["//annan.example", "https://annan.example", "/\\annan.example", "annan", "", None, "/a\nb"]
)
def test_nobody_is_led_away(path: str | None) -> None:
    assert own_path(path) == "/"


def test_the_demos_people_are_one_click_away_and_nobody_else_is(door: TestClient, desks: Desks) -> None:
    assert 'name="role"' not in door.get("/sign-in").text
    assert door.post("/sign-in", data={"role": "coordinator"}).status_code == 422
    demo = (DemoUser("coordinator", "coordinator", PASSWORD),)
    open_here(Here(desks.here.http, desks.here.sessions, demo))
    shown = door.get("/sign-in").text
    assert 'value="coordinator"' in shown
    assert PASSWORD not in shown
    assert door.post("/sign-in", data={"role": "coordinator"}).status_code == 303
    assert door.post("/sign-in", data={"role": "admin"}).status_code == 422


def test_whose_page_it_was_is_remembered_longer_than_the_session_lasts(desks: Desks) -> None:
    session = Session("anna", desks.client(), desks.client().me())
    left = session.until - datetime.now(UTC)
    assert left > timedelta(hours=HOURS + 1), "what is typed waits for a new sign-in"
    session.until = datetime.now(UTC)
    session.begin_again()
    assert session.until - datetime.now(UTC) > timedelta(hours=HOURS + 1)
