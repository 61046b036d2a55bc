"""Decisions on assistance: how long they hold, and whether they are carried out in time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from api.usecases.counts.book import Book
from api.usecases.counts.manager import Work, count_decisions
from models.assistance import AssistanceDecision, is_late, is_short
from models.database import reading
from models.store.casework import assistance_decisions
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import Desk

URL = "/assistance-decisions"


def decision(**of: object) -> AssistanceDecision:
    given = {
        "assistance_id": "a",
        "household_id": "h",
        "form": "stodboende",
        "from_on": date(2026, 1, 1),
        "decided_on": date(2026, 1, 1),
        "made_by": "u",
        "made_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return AssistanceDecision(**(given | of))


def counted(made: list[AssistanceDecision], day: date) -> dict[str, tuple[int, int]]:
    """How many of which decisions the manager reads on a day, by figure."""
    book = Book(day)
    count_decisions(book, Work([], made))
    of = book.figures.values
    names = ("not_carried_out", "a_month_or_less")
    return {name: (of[f"decisions.{name}"], of[f"decisions.{name}.of"]) for name in names}


@pytest.mark.parametrize(
    ("from_on", "to_on", "short"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), True),
        (date(2026, 1, 1), date(2026, 2, 1), False),
        (date(2026, 1, 15), date(2026, 2, 14), True),
        (date(2026, 1, 15), date(2026, 2, 15), False),
        (date(2026, 1, 31), date(2026, 2, 27), True),
        (date(2026, 1, 31), date(2026, 2, 28), False),
        (date(2026, 1, 1), None, False),
    ],
)
def test_a_month_or_less_to_the_day(from_on: date, to_on: date | None, short: bool) -> None:
    assert is_short(decision(from_on=from_on, to_on=to_on)) == short


def test_late_is_after_three_months_and_not_on_the_day() -> None:
    made = decision(decided_on=date(2025, 11, 30))
    assert not is_late(made, date(2026, 2, 28))
    assert is_late(made, date(2026, 3, 1))
    assert not is_late(
        decision(decided_on=date(2025, 11, 30), carried_out_on=date(2026, 3, 1)), date(2026, 3, 1)
    )
    assert is_late(decision(decided_on=date(2025, 11, 30), carried_out_on=date(2026, 3, 2)), date(2026, 3, 1))
    assert not is_late(decision(decided_on=date(2025, 11, 30), ended_on=date(2026, 1, 1)), date(2026, 3, 1))


def test_decisions_are_made_listed_changed_and_counted(desk: Desk) -> None:
    who = desk.mine().household_id
    body = {"household_id": who, "form": "stodboende", "from_on": "2025-10-01", "decided_on": "2025-10-01"}
    one = desk.post(URL, body | {"to_on": "2025-10-31"})
    assert one.status_code == 201, one.text
    assert (one.json()["month_or_less"], one.json()["late"]) == (True, True)
    two = desk.post(URL, body | {"decided_on": "2025-10-15", "to_on": "2026-09-30"}).json()
    assert (two["month_or_less"], two["late"]) == (False, False)
    assert len(desk.items(URL)) == 2
    assert [d["decision"]["decided_on"] for d in desk.items(URL, late=True)] == ["2025-10-01"]
    with reading(desk.served.engine) as connection:
        made = assistance_decisions(connection)
    assert counted(made, AS_OF) == {"not_carried_out": (1, 2), "a_month_or_less": (1, 2)}
    assert counted(made, AS_OF + timedelta(days=1))["not_carried_out"] == (2, 2)
    assert counted(made, date(2025, 10, 1)) == {"not_carried_out": (0, 1), "a_month_or_less": (1, 1)}
    url = f"{URL}/{one.json()['decision']['assistance_id']}"
    shown = desk.get(url)
    carried = desk.patch(url, {"carried_out_on": "2026-01-02", "to_on": None}, shown.headers["etag"])
    assert (carried.json()["late"], carried.json()["month_or_less"]) == (False, False)
    assert desk.items(URL, late=True) == []
    assert {"assistance.decide", "assistance.change", "case.read"} <= set(desk.acts())


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    body = {"household_id": desk.mine().household_id, "form": "stodboende"}
    days = {"from_on": "2026-01-10", "decided_on": "2026-01-10"}
    assert desk.post(URL, body | days | {"form": "villa"}).status_code == 422
    assert desk.post(URL, body | days | {"to_on": "2026-01-09"}).status_code == 422
    assert desk.post(URL, body | days | {"household_id": desk.closed().household_id}).status_code == 404
    made = desk.post(URL, body | days).json()["decision"]
    url = f"{URL}/{made['assistance_id']}"
    assert desk.patch(url, {"to_on": "2026-01-09"}, "*").status_code == 422
    assert desk.patch(url, {"note": "x"}, None).status_code == 428
    desk.alter(made["household_id"], sharing_basis=None, sharing_basis_on=None)
    assert desk.get(url).status_code == 404
    assert desk.items(URL) == []
