"""The auditor's list of the record: from either end, page by page, none left out."""

from typing import Any

import pytest

from models.access import Role
from tests.server.desk.conftest import Desk

ROWS = 3


def pages(auditor: Desk, **query: object) -> list[dict[str, Any]]:
    """All entries, page by page."""
    found: list[dict[str, Any]] = []
    after: int | None = 0
    while after is not None:
        told = auditor.get("/audit", limit=ROWS, after=after, **query).json()
        assert len(told["items"]) <= ROWS
        found += told["items"]
        after = told["next"]
    return found


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_record_is_read_from_either_end(desk: Desk) -> None:
    for _ in range(2 * ROWS):
        desk.get("/waitlist")
    auditor = Desk(desk.served, desk.served.as_(Role.AUDITOR))
    oldest = pages(auditor)
    assert len(oldest) > 2 * ROWS
    assert [entry["number"] for entry in oldest] == sorted(entry["number"] for entry in oldest)
    newest = pages(auditor, newest=True)
    assert [e["number"] for e in newest if e["number"] <= oldest[-1]["number"]] == [
        entry["number"] for entry in reversed(oldest)
    ]
    lists = pages(auditor, newest=True, action="case.list")
    assert {entry["action"] for entry in lists} == {"case.list"}
