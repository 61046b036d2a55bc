"""Ways to ask: HEAD as GET without a body, what an address takes, and what kind of content it takes."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine

from api.server.methods import begins_something
from models.access import Role
from models.database import open_database
from models.store.audit import entries
from tests.server.conftest import Clock, Served, settings
from tests.server.permissions import CALLS, TABLE
from tests.server.putting_together import put_together

HEALTH, SESSION, IMPORTS = "/api/v1/health", "/api/v1/session", "/api/v1/imports"
ME = {"username": "någon", "password": "en lång mening som lösenord"}


def address(path: str) -> str:
    for name, value in CALLS.items():
        path = path.replace("{" + name + "}", value)
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_database(str(tmp_path_factory.mktemp("methods") / "city.sqlite"))
    yield engine
    engine.dispose()


@pytest.fixture
def client(empty: Engine) -> Iterator[TestClient]:
    with TestClient(put_together(empty, settings(), Clock()), client=("127.0.0.1", 1)) as client:
        yield client


def test_head_is_let_in_where_get_is_and_brings_no_body(client: TestClient) -> None:
    tried = 0
    for method, path in TABLE:
        if method != "GET" or begins_something(path):
            continue
        got, asked = client.get(address(path)), client.head(address(path))
        assert asked.content == b""
        assert asked.status_code == got.status_code, path
        for name in ("content-type", "content-security-policy"):
            assert asked.headers[name] == got.headers[name], path
        tried += 1
    assert tried > 50


def test_a_head_that_is_refused_at_the_door_has_no_body_either(empty: Engine) -> None:
    with TestClient(put_together(empty, settings(requests_per_minute=1), Clock())) as client:
        assert [client.head(HEALTH).status_code for _ in range(2)] == [200, 429]
        assert client.head(HEALTH).content == b""


@pytest.mark.parametrize("path", ["session/oidc", "session/oidc/callback", "jobs/none/events"])
def test_what_a_get_begins_answers_no_head(client: TestClient, path: str) -> None:
    refused = client.head(f"/api/v1/{path}")
    assert (refused.status_code, refused.content) == (405, b"")
    assert refused.headers["allow"].split(", ")[0] == "GET"
    assert "HEAD" not in refused.headers["allow"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_head_on_a_case_is_recorded_like_a_look_at_it(served: Served) -> None:
    headers = served.as_(Role.CASEWORKER, "Bromma")
    (case,) = served.client.get("/api/v1/households?limit=1", headers=headers).json()["items"]
    before = len(entries(served.engine))
    answer = served.client.head(f"/api/v1/households/{case['household_id']}", headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"]
    new = entries(served.engine)[before:]
    assert [(entry.action, entry.subject_id) for entry in new] == [("case.read", case["household_id"])]


def test_a_head_is_counted_as_what_it_is(client: TestClient) -> None:
    client.head(HEALTH)
    samples = {
        (sample.labels["method"], sample.labels["route"])
        for family in text_string_to_metric_families(client.get("/metrics").text)
        for sample in family.samples
        if sample.name == "hemvist_request_seconds_count"
    }
    assert ("HEAD", HEALTH) in samples
    assert ("GET", HEALTH) not in samples


def test_options_tells_what_an_address_takes(client: TestClient) -> None:
    for path in {path for _, path in TABLE}:
        answer = client.options(address(path))
        told = set(answer.headers["allow"].split(", "))
        ours = {method for method, other in TABLE if other == path}
        assert answer.status_code == 204
        assert answer.headers["x-frame-options"] == "DENY"
        # Another route may fit the address too: a name may be any word.
        assert ours | {"OPTIONS"} <= told, path
    assert client.options("/api/v1/nowhere").status_code == 404


def test_a_wrong_method_is_told_all_the_right_ones(client: TestClient) -> None:
    for refused in (client.put(SESSION, json=ME), client.request("BREW", SESSION)):
        assert refused.status_code == 405
        assert refused.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, POST"
        assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "jason/json"])
def test_content_of_another_kind_is_refused_as_such(client: TestClient, kind: str | None) -> None:
    headers = {"Accept-Language": "en"} | ({} if kind is None else {"Content-Type": kind})
    body = b'{"username": "me", "password": "a long sentence as password"}'
    refused = client.post(SESSION, content=body, headers=headers)
    assert (refused.status_code, refused.headers["accept"]) == (415, "application/json")
    assert refused.json()["type"] == "/problems/wrong_media_type"
    assert refused.json()["title"] == "Wrong kind of content"
    swedish = client.post(SESSION, content=body, headers=headers | {"Accept-Language": "sv"})
    assert swedish.json()["title"] == "Fel slags innehåll"


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=UTF-8", "application/a+json"]
)
def test_faults_in_json_are_no_wrong_kind(client: TestClient, kind: str) -> None:
    for body in (b'{"username": "me"}', b'{"username": "me"', b"[]"):
        assert client.post(SESSION, content=body, headers={"Content-Type": kind}).status_code == 422


def test_nothing_at_all_is_no_wrong_kind(client: TestClient) -> None:
    assert client.post(SESSION, headers={"Content-Type": "text/plain"}).status_code == 422


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_files_come_in_a_form_and_strangers_are_told_nothing(served: Served) -> None:
    refused = served.client.post(IMPORTS, json={"files": []}, headers=served.as_(Role.COORDINATOR))
    assert (refused.status_code, refused.headers["accept"]) == (415, "multipart/form-data")
    assert served.client.post(IMPORTS, json={"files": []}).status_code == 401
