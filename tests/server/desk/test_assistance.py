"""Decisions on assistance: how long they hold, and whether they are carried out in time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from api.usecases.desk.granting import DecisionFigures, decision_figures
from models.assistance import AssistanceDecision, is_late, is_short
from models.database import reading
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
        whole = decision_figures(connection, date(2025, 1, 1), AS_OF, AS_OF)
        later = decision_figures(connection, date(2025, 10, 2), AS_OF, AS_OF)
        next_day = decision_figures(connection, date(2025, 1, 1), AS_OF, AS_OF + timedelta(days=1))
    assert (whole, later) == (DecisionFigures(2, 1, 1), DecisionFigures(1, 0, 0))
    assert next_day.late == 2
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
