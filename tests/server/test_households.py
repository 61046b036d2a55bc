"""Households over the web: each person sees their own, in order, in pages, and each opening is recorded."""

from models.access import Role
from models.store.audit import entries, flaws
from tests.server.conftest import Served

URL = "/api/v1/households"


def everything(served: Served, headers: dict[str, str], **query: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    cursor: str | None = None
    while True:
        params = {**query, "limit": 3} | ({"cursor": cursor} if cursor else {})
        page = served.client.get(URL, params=params, headers=headers).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            assert page["total"] == len(found)
            return found


def test_a_caseworker_sees_the_own_unit_alone(served: Served) -> None:
    city = served.client.app.state.service.city()
    units = {row.responsible_unit for row in city.dataset.households if row.responsible_unit}
    for unit in sorted(units)[:3]:
        seen = {line["household_id"] for line in everything(served, served.as_(Role.CASEWORKER, unit))}
        assert seen == {h.household_id for h in city.dataset.households if h.responsible_unit == unit}


def test_order_by_need_and_every_household_once(served: Served) -> None:
    unit = _largest_unit(served)
    lines = everything(served, served.as_(Role.CASEWORKER, unit))
    keys = [(line["tier"], -int(str(line["points"])), line["household_id"]) for line in lines]
    assert keys == sorted(set(keys))


def test_those_without_cases_are_refused(served: Served) -> None:
    for role in (Role.PLANNER, Role.MANAGER, Role.AUDITOR, Role.ADMIN):
        assert served.client.get(URL, headers=served.as_(role)).status_code == 403


def test_another_units_case_is_not_there(served: Served) -> None:
    unit = _largest_unit(served)
    city = served.client.app.state.service.city()
    other = next(h for h in city.dataset.households if h.responsible_unit != unit)
    headers = served.as_(Role.CASEWORKER, unit)
    hidden = served.client.get(f"{URL}/{other.household_id}", headers=headers)
    absent = served.client.get(f"{URL}/nobody", headers=headers)
    assert hidden.status_code == absent.status_code == 404
    assert {**hidden.json(), "instance": ""} == {**absent.json(), "instance": ""}


def test_opening_a_case_is_recorded(served: Served) -> None:
    unit = _largest_unit(served)
    headers = served.as_(Role.CASEWORKER, unit)
    first = everything(served, headers)[0]["household_id"]
    opened = served.client.get(f"{URL}/{first}", headers=headers)
    assert opened.status_code == 200
    assert opened.headers["etag"]
    read = [entry for entry in entries(served.engine) if entry.action == "case.read"]
    assert [entry.subject_id for entry in read] == [first]
    assert flaws(served.engine) == []


def test_a_cursor_of_nobodys_is_refused(served: Served) -> None:
    headers = served.as_(Role.CASEWORKER, _largest_unit(served))
    for cursor in ("x", "bm9uc2Vuc2U=", "eyJhIjoxfQ==", "WyJ0ZXh0Il0=", "WzEsMl0="):
        answer = served.client.get(URL, params={"cursor": cursor}, headers=headers)
        assert answer.status_code in (200, 422), cursor


def _largest_unit(served: Served) -> str:
    households = served.client.app.state.service.city().dataset.households
    units = [row.responsible_unit for row in households if row.responsible_unit]
    return max(sorted(set(units)), key=units.count)
