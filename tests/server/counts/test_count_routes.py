"""Counts over the web: for planners and managers alone, each with its definition, the same all day."""

import pytest

from api.usecases.counts.publication import take
from models.access import Role
from models.database import reading, writing
from models.snapshots import Snapshot
from models.store.revision import touch
from models.store.snapshots import snapshots
from tests.server.conftest import Served

PATHS = (
    *("/gap", "/gap/history", "/bottlenecks", "/equity", "/occupancy", "/missing"),
    *("/figures/homelessness", "/indicators", "/manager"),
)


counted = pytest.mark.parametrize("engine", ["counted"], indirect=True)
"""What does not depend on the database is tried on one, whose figures are taken already."""


@counted
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_table_says_what_it_counts(served: Served, language: str) -> None:
    headers = {**served.as_(Role.PLANNER), "Accept-Language": language}
    for path in PATHS:
        answer = served.client.get(f"/api/v1{path}", headers=headers)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert body["origin"]["day"] == "2026-01-15"
        assert body["tables"]
        for table in body["tables"]:
            said = [table[key] for key in ("title", "definition", "unit", "source", "since", "until")]
            assert all(said), table["table_id"]
            assert all(column["unit"] and column["name"] for column in table["columns"])
            assert all(len(row["cells"]) == len(table["columns"]) for row in table["rows"])


@counted
def test_no_small_count_is_sent(served: Served) -> None:
    headers = served.as_(Role.MANAGER)
    kept = _snapshot(served, headers)
    small = {key for key, shown in kept.pattern.items() if shown == "small"}
    assert small
    for path in PATHS:
        for table in served.client.get(f"/api/v1{path}", headers=headers).json()["tables"]:
            for row in table["rows"]:
                for cell, column in zip(row["cells"], table["columns"], strict=True):
                    number = column["unit"] in ("plats", "år", "ordning", "turordning", "boenden", "dygn")
                    if cell["shown"] == "exact" and column["column_id"] not in ABOUT_NOBODY and not number:
                        assert cell["value"] not in (1, 2, 3, 4), (path, table["table_id"], row["name"])


ABOUT_NOBODY = {"share", "rank", "first_tier", "pools", "base_year", "base", "places", "days", "empty_days"}
"""Columns of shares, of ranks, and of what everyone knows."""


def again(served: Served) -> Snapshot:
    """The day's figures once more, as the operator asks for them."""
    here = served.client.app.state.service
    return take(here.engine, here.city(), here.as_of(), here.now(), "operator", again=True).snapshot


def _snapshot(served: Served, headers: dict[str, str]) -> Snapshot:
    assert served.client.get("/api/v1/gap", headers=headers).status_code == 200
    with reading(served.engine) as connection:
        return snapshots(connection)[0]


def test_the_figures_stand_all_day(served: Served) -> None:
    headers = served.as_(Role.MANAGER)
    before = served.client.get("/api/v1/equity", headers=headers).json()
    with writing(served.engine) as connection:
        touch(connection)
    assert served.client.get("/api/v1/equity", headers=headers).json() == before
    same = served.client.post("/api/v1/snapshots", headers=headers)
    assert (same.status_code, same.json()["number"]) == (200, 1)
    assert again(served).number == 2
    assert served.client.get("/api/v1/equity", headers=headers).json()["origin"]["number"] == 2


@counted
def test_a_snapshot_lets_go_of_who_waited_in_the_one_before(served: Served) -> None:
    headers = served.as_(Role.MANAGER)
    first = _snapshot(served, headers)
    assert first.waiting["taking_part"]
    with writing(served.engine) as connection:
        touch(connection)
    assert again(served).number == 2
    with reading(served.engine) as connection:
        newest, oldest = snapshots(connection)
    assert newest.waiting["taking_part"]
    assert oldest.waiting == {}


@counted
def test_no_case_reference_leaves(served: Served) -> None:
    headers = served.as_(Role.MANAGER)
    references = {one.household_id for one in served.client.app.state.service.city().dataset.households}
    for path in PATHS:
        text = served.client.get(f"/api/v1{path}", headers=headers).text
        assert not [one for one in references if f'"{one}"' in text]


@counted
@pytest.mark.parametrize(("month", "key"), [("2026-02", "month_ahead"), ("2025-11", "no_figures_then")])
def test_a_month_without_figures_is_refused_before_anybody_waits(
    served: Served, month: str, key: str
) -> None:
    headers = served.as_(Role.MANAGER)
    answer = served.client.post("/api/v1/reports", json={"month": month}, headers=headers)
    assert answer.status_code == 422, answer.text
    assert answer.json()["type"].endswith(key)
    assert served.client.get("/api/v1/reports", headers=headers).json()["total"] == 0


@counted
def test_the_month_under_way_is_taken_on(served: Served) -> None:
    headers = served.as_(Role.MANAGER)
    answer = served.client.post("/api/v1/reports", json={"month": "2026-01"}, headers=headers)
    assert answer.status_code == 202, answer.text


def test_snapshots_are_listed(served: Served) -> None:
    headers = served.as_(Role.PLANNER)
    assert served.client.get("/api/v1/snapshots", headers=headers).json()["total"] == 0
    served.client.get("/api/v1/gap", headers=headers)
    page = served.client.get("/api/v1/snapshots", headers=headers).json()
    assert [item["day"] for item in page["items"]] == ["2026-01-15"]
    refused = served.client.post("/api/v1/snapshots", headers=headers)
    assert refused.status_code == 403
