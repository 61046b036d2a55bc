"""Who asks too often waits a while, and what is too large stays outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.server.app import build_server
from api.server.limits import Buckets, is_sign_in
from models.access import Role
from tests.server.conftest import Clock, Served, settings

SESSION = "/api/v1/session"
WRONG = {"username": "ingen", "password": "fel lösenord som är långt"}


@contextmanager
def limited(served: Served, address: str = "10.0.0.1", **limits: int) -> Iterator[Served]:
    chosen = settings(**limits)
    app = build_server(served.engine, chosen, served.clock)
    with TestClient(app, client=(address, 1)) as client:
        yield Served(served.engine, chosen, served.clock, client)


def test_a_session_has_so_many_requests_a_minute(served: Served) -> None:
    with limited(served, requests_per_minute=5) as here:
        mine, others = here.as_(Role.MANAGER), here.as_(Role.MANAGER)
        statuses = [here.client.get(SESSION, headers=mine).status_code for _ in range(7)]
        assert statuses == [200] * 5 + [429] * 2
        assert here.client.get(SESSION, headers=others).status_code == 200
        refused = here.client.get(SESSION, headers=mine | {"Accept-Language": "en"})
        assert refused.headers["retry-after"] == "12"
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["x-frame-options"] == "DENY"
        assert refused.json()["title"] == "Too many requests"
        here.clock.pass_by(seconds=12)
        assert [here.client.get(SESSION, headers=mine).status_code for _ in range(2)] == [200, 429]


def test_tries_to_sign_in_are_counted_by_address(served: Served) -> None:
    with limited(served, sign_ins_per_minute=3) as here:
        tries = [here.client.post(SESSION, json=WRONG).status_code for _ in range(4)]
        assert tries == [401, 401, 401, 429]
        assert here.client.get("/api/v1/health").status_code == 200
        here.clock.pass_by(seconds=20)
        assert here.client.post(SESSION, json=WRONG).status_code == 401
        # A token of one's own, true or not, opens no other door.
        again = here.client.post(SESSION, json=WRONG, headers={"Authorization": "Bearer x"})
        assert again.status_code == 429


def test_carrying_a_session_on_is_no_try_to_sign_in(served: Served) -> None:
    with limited(served, sign_ins_per_minute=1) as here:
        for _ in range(3):
            answer = here.client.post(f"{SESSION}/refresh", json={"refresh_token": "x"})
            assert answer.status_code == 401


def test_a_made_up_token_is_counted_by_address(served: Served) -> None:
    with limited(served, requests_per_minute=2) as here:
        statuses = [
            here.client.get(SESSION, headers={"Authorization": f"Bearer {n}"}).status_code for n in range(3)
        ]
        assert statuses == [401, 401, 429]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", SESSION, True),
        ("POST", f"{SESSION}/", True),
        ("GET", SESSION, False),
        ("DELETE", SESSION, False),
        ("POST", f"{SESSION}/refresh", False),
        ("GET", f"{SESSION}/city", True),
        ("POST", "/api/v1/sessions", False),
        ("GET", "/api/v1/households", False),
    ],
)
def test_what_counts_as_a_try(method: str, path: str, expected: bool) -> None:
    assert is_sign_in(method, path) is expected


@given(most=st.integers(1, 50), gaps=st.lists(st.floats(0, 30), max_size=80))
def test_never_more_than_the_bucket_and_what_flowed_in(most: int, gaps: list[float]) -> None:
    buckets, clock = Buckets(most), Clock()
    let_through, passed = 0, 0.0
    for gap in gaps:
        clock.pass_by(seconds=gap)
        passed += gap
        wait = buckets.take("a", clock.now)
        let_through += wait == 0
        assert let_through <= most + passed * most / 60 + 1e-6
        if wait > 0:
            assert buckets.take("a", clock.now + timedelta(seconds=wait + 1e-3)) == 0
            let_through += 1
            clock.pass_by(seconds=wait + 1e-3)
            passed += wait + 1e-3


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    buckets, clock = Buckets(1), Clock()
    assert buckets.take("a", clock.now) == 0
    clock.pass_by(hours=-1)
    assert buckets.take("a", clock.now) > 0


def test_addresses_without_end_take_no_room_without_end() -> None:
    buckets, clock = Buckets(2), Clock()
    for number in range(3 * Buckets.KEPT):
        buckets.take(f"{number}", clock.now)
        clock.pass_by(milliseconds=1)
    assert len(buckets._by_key) <= Buckets.KEPT
    assert buckets.take(f"{number}", clock.now) == 0
    assert buckets.take(f"{number}", clock.now) > 0


def test_a_body_that_is_too_large_is_not_read(served: Served) -> None:
    with limited(served, largest_body=2000, largest_import=4000) as here:
        big = {"username": "x" * 3000, "password": "y"}
        answer = here.client.post(SESSION, json=big)
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too_large")
        told = {"Content-Length": "9" * 30, "Content-Type": "application/json"}
        assert here.client.post(SESSION, content=b"{}", headers=told).status_code == 413


def test_a_body_that_does_not_say_its_size_is_counted(served: Served) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"username": "'
        for _ in range(100):
            yield b"x" * 100
        yield b'"}'

    with limited(served, largest_body=2000) as here:
        answer = here.client.post(SESSION, content=pieces(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too_large")


def test_imports_may_be_larger(served: Served) -> None:
    with limited(served, largest_body=2000, largest_import=4000) as here:
        for path, size, too_large in (
            ("/api/v1/imports", 3000, False),
            ("/api/v1/imports", 5000, True),
            ("/api/v1/offers", 3000, True),
        ):
            status = here.client.post(path, content=b"x" * size).status_code
            assert (status == 413) is too_large, path


def test_nothing_that_no_database_can_hold_comes_in(served: Served) -> None:
    headers = served.as_(Role.COORDINATOR)
    for path in ("/api/v1/households/a%00b", "/api/v1/households?reference=%00"):
        assert served.client.get(path, headers=headers).status_code == 422
    body = '{"username": "a\\u0000b", "password": "x"}'
    json = {"Content-Type": "application/json"}
    assert served.client.post(SESSION, content=body, headers=json).status_code == 422

    def one_at_a_time() -> Iterator[bytes]:
        for letter in body:
            yield letter.encode()

    assert served.client.post(SESSION, content=one_at_a_time(), headers=json).status_code == 422


@pytest.mark.parametrize(
    "body",
    ["[" * 100_000, '{"a":' * 50_000, "\ud800".encode("utf-16-le", "surrogatepass"), b"\xff", "1" * 10_000],
)
def test_a_body_that_cannot_be_read_is_refused(served: Served, body: str | bytes) -> None:
    answer = served.client.post(SESSION, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_head_from_far_ahead_is_answered_shortly(served: Served) -> None:
    asked = {"number": 2**31 - 1, "digest": "0" * 64}
    told = served.client.get("/api/v1/audit/verification", params=asked, headers=served.as_(Role.AUDITOR))
    flaws = told.json()["flaws"]
    assert len(flaws) < 200
    assert flaws[-1] == {"number": 2**31 - 1, "kind": "missing"}
