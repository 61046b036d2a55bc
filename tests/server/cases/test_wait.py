"""The expected wait over the web: read from a forecast that was made, never a promise."""

import pytest

from api.usecases.advice.wait import keep_forecast, kept_forecast, make_forecast
from models.access import Role
from models.database import reading, writing
from tests.server.cases.people import change, households, largest_unit
from tests.server.conftest import AS_OF, Served
from tests.server.jobs.working import work_off

URL = "/api/v1/households"

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_a_wait_is_told_once_a_forecast_is_there(served: Served) -> None:
    unit = largest_unit(served)
    headers = served.as_(Role.CASEWORKER, unit)
    mine = [key for key, own in households(served).items() if own == unit]
    first = served.client.get(f"{URL}/{mine[0]}/expected-wait", headers=headers)
    assert (first.status_code, first.json()["type"]) == (409, "/problems/no_forecast")
    forecast = make_forecast(served.engine, AS_OF, replications=2)
    with writing(served.engine) as connection:
        keep_forecast(connection, forecast, served.clock())
    told = 0
    for household in mine[:5]:
        answer = served.client.get(f"{URL}/{household}/expected-wait", headers=headers)
        lives = served.client.app.state.service.city().households[household].current_pool_id
        if lives is not None:
            assert answer.json()["type"] == "/problems/not_waiting"
            continue
        wait = answer.json()
        assert wait["promise"] is False
        assert wait["replications"] == 2
        for chance in (*wait["any_place"]["chances"], *wait["otherwise"]):
            assert 0 <= chance["low"] <= chance["value"] <= chance["high"] <= 1
        told += 1
    assert told


def test_a_forecast_is_made_by_a_job_that_a_coordinator_asks_for(served: Served) -> None:
    headers = served.as_(Role.COORDINATOR)
    asked = served.client.post("/api/v1/expected-waits", json={"replications": 2}, headers=headers)
    assert asked.status_code == 202
    assert work_off(served) == 1
    job = served.client.get(asked.headers["Location"], headers=headers).json()
    assert (job["state"], job["done"], job["total"]) == ("done", 2, 2)
    with reading(served.engine) as connection:
        kept = kept_forecast(connection)
    assert kept is not None
    assert kept.as_of == AS_OF


def test_a_forecast_is_kept_as_it_was_made_and_read_in_a_city_that_has_changed(served: Served) -> None:
    forecast = make_forecast(served.engine, AS_OF, replications=1)
    with writing(served.engine) as connection:
        keep_forecast(connection, forecast, served.clock())
    with reading(served.engine) as connection:
        kept = kept_forecast(connection)
    assert kept is not None
    assert kept.household_ids == forecast.household_ids
    for name in ("row", "weeks", "ended", "form", "replication"):
        assert (getattr(kept.spells, name) == getattr(forecast.spells, name)).all()
    fewer = forecast.household_ids[3:]
    spells = kept.in_city(fewer)
    assert {fewer[row] for row in spells.row} == {
        forecast.household_ids[row] for row in forecast.spells.row if row >= 3
    }


def test_a_household_that_came_to_wait_later_is_told_by_those_like_it(served: Served) -> None:
    forecast = make_forecast(served.engine, AS_OF, replications=2)
    with writing(served.engine) as connection:
        keep_forecast(connection, forecast, served.clock())
    view = served.client.app.state.service.city()
    resident = next(
        row for row in view.dataset.households if row.current_pool_id is not None and row.responsible_unit
    )
    change(served, resident.household_id, current_pool_id=None, situation="rough_sleeping")
    headers = served.as_(Role.CASEWORKER, resident.responsible_unit)
    answer = served.client.get(f"{URL}/{resident.household_id}/expected-wait", headers=headers)
    assert answer.status_code == 200
    assert answer.json()["spells"] > 0
