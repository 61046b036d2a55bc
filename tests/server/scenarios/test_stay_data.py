"""Last year's stays over HTTP: costs side by side and the back-test, without small counts."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from models.access import Role
from models.database import reading, writing
from models.stock import Stay
from models.store.datasets import read_rows
from models.tables.stock import StayRecord
from tests.server.conftest import AS_OF, Served

BASE = "/api/v1"
REASONS = ("eget hem", "åter i hemlöshet", "lämnade själv")


@pytest.fixture
def lived_in(served: Served) -> Served:
    """Stays in two houses: ten of the first ended within the year, two of the second."""
    with reading(served.engine) as connection:
        city = read_rows(connection)
    first, second = (pool.pool_id for pool in city.pools[:2])
    houses = [first] * 18 + [second] * 6
    names = [row.household_id for row in city.households][: len(houses)]
    with writing(served.engine) as connection:
        for n, (name, pool_id) in enumerate(zip(names, houses, strict=True)):
            over = n < 10 or n >= 22
            row = Stay(
                household_id=name,
                pool_id=pool_id,
                started_on=AS_OF - timedelta(days=500 + n),
                ended_on=AS_OF - timedelta(days=20 + 5 * n) if over else None,
                end_reason=REASONS[n % 3] if over else None,
            )
            connection.execute(insert(StayRecord).values(**row.model_dump()))
    return served


def ask(served: Served, path: str, language: str) -> Any:
    headers = served.as_(Role.PLANNER) | {"Accept-Language": language}
    answer = served.client.get(f"{BASE}/{path}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_costs_stand_side_by_side(lived_in: Served) -> None:
    told = ask(lived_in, "stay-costs", "sv")
    assert [len(ask(lived_in, "stay-costs", "en")[part]) for part in ("rows", "about")] == [
        len(told[part]) for part in ("rows", "about")
    ]
    assert told["basis"]["days"] == "measured"
    assert told["basis"]["hotel_sek"] == "assumed"
    assert told["rows"][0]["form"] is None
    assert told["rows"][0]["stay_sek"] is not None
    for one in told["rows"]:
        parts = [one[part] for part in ("place_sek", "void_sek", "support_sek", "restoration_sek")]
        if one["stay_sek"] is not None:
            assert one["stay_sek"] == pytest.approx(sum(parts), abs=200)
            assert one["hotel_sek"] == pytest.approx(one["days"] * told["hotel_night_sek"], rel=0.05)
        assert one["stays"] is None or one["stays"] % 5 == 0


def test_the_back_test_tells_no_small_count(lived_in: Served) -> None:
    told = ask(lived_in, "stay-back-test", "sv")
    assert len(ask(lived_in, "stay-back-test", "en")["rows"]) == len(told["rows"])
    assert [one["end"] for one in told["rows"]][:4] == ["all", "own_home", "homeless", "left"]
    assert {one["seen_shown"] for one in told["rows"]} == {None, "<5"}
    assert told["rows"][0]["seen"] == 10
    for one in told["rows"]:
        assert one["stays"] is None or one["stays"] % 5 == 0
        assert one["seen"] is None or one["seen"] % 5 == 0
        if one["stays"] is None:
            assert (one["seen"], one["seen_shown"], one["assumed"], one["fitted"]) == (None,) * 4
        elif one["seen"] is None:
            assert one["seen_shown"] == "<5"
            assert one["assumed"]["within"] is None


def test_a_city_without_stays_is_told_what_to_do(served: Served) -> None:
    for path in ("stay-costs", "stay-back-test"):
        answer = served.client.get(f"{BASE}/{path}", headers=served.as_(Role.MANAGER))
        assert answer.status_code == 422
        assert "stays" in answer.json()["detail"]
