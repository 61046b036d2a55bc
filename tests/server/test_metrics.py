"""Figures for Prometheus: of routes and statuses, for those who may see them, and about nobody."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine

from api.server.app import build_server
from api.server.metrics import Metrics
from api.server.routes.metrics import FORWARDED
from models.access import Role
from models.database import open_database
from tests.server.conftest import Clock, Served, settings

URL = "/metrics"
HERE = ("127.0.0.1", 50000)


def read(text: str) -> dict[tuple[str, ...], float]:
    """Each figure by its name and the values of its labels."""
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_only_who_may_see_the_settings_sees_the_figures(served: Served) -> None:
    assert served.client.get(URL).status_code == 401
    for role in Role:
        unit = "Bromma" if role == Role.CASEWORKER else None
        status = served.client.get(URL, headers=served.as_(role, unit)).status_code
        assert status == (200 if role == Role.ADMIN else 403)


@pytest.fixture
def engine_here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_database(str(tmp_path_factory.mktemp("here") / "city.sqlite"))
    yield engine
    engine.dispose()


@pytest.fixture
def scraper(engine_here: Engine) -> Iterator[TestClient]:
    """A client on the service's own machine."""
    with TestClient(build_server(engine_here, settings(), Clock()), client=HERE) as client:
        yield client


def test_a_scraper_on_this_machine_needs_no_account(scraper: TestClient) -> None:
    answer = scraper.get(URL)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("header", FORWARDED)
def test_what_a_proxy_sends_on_is_not_from_here(scraper: TestClient, header: str) -> None:
    assert scraper.get(URL, headers={header: "127.0.0.1"}).status_code == 401


@pytest.mark.parametrize("address", ["::1", "127.8.8.8"])
def test_this_machine_has_several_addresses(engine_here: Engine, address: str) -> None:
    with TestClient(build_server(engine_here, settings(), Clock()), client=(address, 1)) as client:
        assert client.get(URL).status_code == 200


def test_requests_are_counted_by_template_and_status(scraper: TestClient) -> None:
    for reference in ("H1", "H2", "H3"):
        scraper.get(f"/api/v1/households/{reference}?a={reference}")
    scraper.get("/no/such/place")
    scraper.get("/api/v1/health")
    text = scraper.get(URL).text
    found = read(text)
    seconds = "hemvist_request_seconds_count"
    assert found[seconds, "GET", "/api/v1/households/{household_id}", "401"] == 3
    assert found[seconds, "GET", "none", "404"] == 1
    assert found[seconds, "GET", "/api/v1/health", "200"] == 1
    # The one that asks is under way itself.
    assert found["hemvist_requests_under_way",] == 1
    assert "H1" not in text
    assert "such" not in text


def test_methods_nobody_knows_share_one_name(scraper: TestClient) -> None:
    for method in ("BREW", "ANNA"):
        assert scraper.request(method, "/api/v1/health").status_code == 405
    found = read(scraper.get(URL).text)
    assert {key[1] for key in found if key[0] == "hemvist_request_seconds_count"} == {"other"}


def test_connections_in_use(engine_here: Engine) -> None:
    metrics = Metrics(engine_here)
    with engine_here.connect():
        found = read(metrics.shown().decode())
    assert found["hemvist_database_connections", "in_use"] == 1
    assert read(metrics.shown().decode())["hemvist_database_connections", "in_use"] == 0


def test_jobs_by_state(engine_here: Engine) -> None:
    asked = []

    def jobs() -> dict[str, int]:
        asked.append(1)
        return {"running": 2, "failed": 1}

    metrics = Metrics(engine_here, jobs)
    assert not asked
    found = read(metrics.shown().decode())
    assert (found["hemvist_jobs", "running"], found["hemvist_jobs", "failed"]) == (2, 1)


def test_two_services_in_a_process_count_apart(engine_here: Engine) -> None:
    one, other = (build_server(engine_here, settings(), Clock()) for _ in range(2))
    with TestClient(one, client=HERE) as client:
        client.get("/api/v1/health")
    assert "health" in one.state.metrics.shown().decode()
    assert "health" not in other.state.metrics.shown().decode()
