"""Pools, vacancies, candidates and the map of housing over the web."""

import pytest
from sqlalchemy import update

from models.access import Role
from models.database import writing
from models.forms import forms
from models.store import read_dataset
from models.store.audit import entries
from models.store.revision import touch
from models.store.vacancies import free_places
from models.tables import PlaceRecord
from optimiser.kleene import NO, YES
from tests.server.cases.people import households, largest_unit, named
from tests.server.conftest import Served

URL = "/api/v1"
READERS = (Role.CASEWORKER, Role.COORDINATOR, Role.PLANNER, Role.MANAGER)


def every(served: Served, path: str, headers: dict[str, str], **query: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    cursor = None
    while True:
        params = {**query, "limit": 3} | ({"cursor": cursor} if cursor else {})
        page = served.client.get(f"{URL}{path}", params=params, headers=headers).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            assert page["total"] == len(found)
            return found


def test_every_pool_once_in_every_order_with_its_places(served: Served) -> None:
    city = read_dataset(served.engine)
    headers = served.as_(Role.COORDINATOR)
    for order in ("id", "name", "form", "vacant", "cost"):
        lines = every(served, "/pools", headers, order=order)
        assert sorted(line["pool"]["pool_id"] for line in lines) == [row.pool_id for row in city.pools]
        for line in lines:
            lives = [h for h in city.households if h.current_pool_id == line["pool"]["pool_id"]]
            assert line["occupied"] == len(lives)
            assert line["occupied"] + line["held"] + line["vacant"] == line["capacity"]


def test_filters_leave_in_what_they_say(served: Served) -> None:
    headers, city = served.as_(Role.COORDINATOR), read_dataset(served.engine)
    for name, value in (
        ("form", city.pools[0].form),
        ("district", city.pools[0].district),
        ("drug_policy", "tolerant"),
        ("children", "yes"),
    ):
        lines = every(served, "/pools", headers, **{name: value})
        wanted = [row.pool_id for row in city.pools if str(getattr(row, name)) == value]
        assert sorted(line["pool"]["pool_id"] for line in lines) == wanted
    women = every(served, "/pools", headers, target="women", vacant=True)
    assert all(line["pool"]["admits"] == "women" and line["vacant"] > 0 for line in women)
    staffed = every(served, "/pools", headers, support="daily")
    assert {line["pool"]["staffing"] for line in staffed} <= {"daily", "around_the_clock", "care"}
    assert served.client.get(f"{URL}/pools", params={"support": "some"}, headers=headers).status_code == 422


def test_places_are_counted_by_district_for_those_who_see_cases(served: Served) -> None:
    headers = served.as_(Role.COORDINATOR)
    told = served.client.get(f"{URL}/vacancies/districts", headers=headers).json()
    lines = [line for line in every(served, "/pools", headers) if line["is_open"]]
    assert {one["district"] for one in told} == {line["pool"]["district"] for line in lines}
    for one in told:
        mine = [line for line in lines if line["pool"]["district"] == one["district"]]
        counted = {name: sum(line[name] for line in mine) for name in ("vacant", "held")}
        assert (one["pools"], one["places"]) == (len(mine), sum(line["capacity"] for line in mine))
        assert {name: one[name] for name in counted} == counted
    assert [one["vacant"] for one in told] == sorted((one["vacant"] for one in told), reverse=True)
    manager = served.as_(Role.MANAGER)
    assert served.client.get(f"{URL}/vacancies/districts", headers=manager).status_code == 403


def test_vacancies_are_open_pools_with_free_places_by_number(served: Served) -> None:
    headers = served.as_(Role.CASEWORKER, largest_unit(served))
    lines = every(served, "/vacancies", headers)
    assert lines
    for line in lines:
        assert line["is_open"]
        assert line["vacant"] == len(line["numbers"]) > 0
        shown = served.client.get(f"{URL}/pools/{line['pool']['pool_id']}", headers=headers).json()
        free = [place["number"] for place in shown["places"] if place["state"] == "vacant"]
        assert free == line["numbers"]


@pytest.mark.parametrize("role", [Role.PLANNER, Role.MANAGER])
def test_how_many_live_in_a_pool_is_not_told_to_those_who_see_counts(served: Served, role: Role) -> None:
    """Before anybody moves in and after, what they are answered is the same."""
    headers, coordinator = served.as_(role), served.as_(Role.COORDINATOR)
    pool = next(
        line["pool"]["pool_id"]
        for line in every(served, "/pools", coordinator)
        if line["capacity"] <= 5 and line["occupied"] and line["vacant"]
    )
    paths = ("/pools?limit=200", f"/pools/{pool}", "/boendekarta")

    def told() -> list[object]:
        return [served.client.get(URL + path, headers=headers).json() for path in paths]

    def told_who_places() -> list[object]:
        return [served.client.get(URL + path, headers=coordinator).json() for path in paths]

    before, all_before = told(), told_who_places()
    with writing(served.engine) as connection:
        homeless = next(h for h in read_dataset(served.engine).households if h.current_pool_id is None)
        one = {"pool_id": pool, "number": free_places(connection)[pool][0]}
        connection.execute(update(PlaceRecord).filter_by(**one).values(occupant=homeless.household_id))
        touch(connection)
    assert all(now != then for now, then in zip(told_who_places(), all_before, strict=True))
    assert told() == before
    for line in every(served, "/pools", headers):
        assert [line[name] for name in ("occupied", "held", "vacant")] == [None] * 3
    for query in ({"vacant": True}, {"order": "vacant"}):
        assert served.client.get(f"{URL}/pools", params=query, headers=headers).status_code == 403
    assert served.client.get(f"{URL}/vacancies", headers=headers).status_code == 403


def test_a_pool_is_shown_without_a_word_about_who_lives_there(served: Served) -> None:
    headers, known = served.as_(Role.PLANNER), set(households(served))
    for pool in read_dataset(served.engine).pools:
        answer = served.client.get(f"{URL}/pools/{pool.pool_id}", headers=headers)
        assert answer.headers["etag"]
        assert not named(answer.json(), known)
    assert served.client.get(f"{URL}/pools/nowhere", headers=headers).status_code == 404


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COORDINATOR])
def test_candidates_are_those_who_suit_and_others_are_counted(served: Served, role: Role) -> None:
    view, unit = served.client.app.state.service.city(), largest_unit(served)
    headers, units = served.as_(role, unit), households(served)
    ids = view.assessment.instance.household_ids
    for pool in view.dataset.pools:
        answer = served.client.get(
            f"{URL}/pools/{pool.pool_id}/candidates", params={"limit": 200}, headers=headers
        ).json()
        p = view.pool_at[pool.pool_id]
        suit = {
            ids[h]: eligible
            for eligible, (rows, pools) in (
                ("yes", view.compatible.eligible),
                ("unknown", view.compatible.unknown),
            )
            for h, at in zip(rows.tolist(), pools.tolist(), strict=True)
            if at == p and view.priority.candidate[h]
        }
        suit = {key: e for key, e in suit.items() if view.households[key].current_pool_id != pool.pool_id}
        assert {one["household_id"]: one["eligible"] for one in answer["items"]} == {
            key: eligible for key, eligible in suit.items() if units[key] == unit
        }
        assert answer["total"] + answer["others"] == len(suit)
        keys = [(one["tier"], -one["points"], one["household_id"]) for one in answer["items"]]
        assert keys == sorted(keys)
    listed = [entry for entry in entries(served.engine) if entry.action == "case.listed"]
    assert len(listed) == len(view.dataset.pools)


def test_the_map_shows_every_form_with_the_rules_that_the_engine_reads(served: Served) -> None:
    headers, view = served.as_(Role.COORDINATOR), served.client.app.state.service.city()
    told = served.client.get(f"{URL}/boendekarta", headers=headers).json()
    assert [one["form"]["form"] for one in told["forms"]] == list(forms())
    a = view.assessment
    for one in told["forms"]:
        said = {
            rule["rule"] for part in (told["everywhere"], told["by_house"], one["rules"]) for rule in part
        }
        of_form = [row for row in view.dataset.pools if row.form == one["form"]["form"]]
        for pool in of_form:
            p = view.pool_at[pool.pool_id]
            speaks = {rule.rule_id for rule in a.policy.rules if a.selected(rule.applies_to)[p]}
            assert speaks <= said
            assert {rule["rule"] for part in (told["everywhere"], one["rules"]) for rule in part} <= (
                speaks | {rule["rule"] for rule in one["rules"] if rule["rule"] in _of_house_too(view)}
            )
        assert sum(cell["places"] for cell in one["cells"]) == sum(
            row.capacity for row in of_form if row.opens_on is None and row.closes_on is None
        )
    assert YES > NO


def _of_house_too(view: object) -> set[str]:
    rules = view.assessment.policy.rules  # type: ignore[attr-defined]
    return {
        rule.rule_id for rule in rules if {"admits", "drug_policy", "pets", "has_any"} & set(rule.applies_to)
    }


def test_who_may_not_see_the_stock_is_refused(served: Served) -> None:
    for role in (Role.AUDITOR, Role.ADMIN):
        headers = served.as_(role)
        for path in ("/pools", "/vacancies", "/boendekarta"):
            assert served.client.get(f"{URL}{path}", headers=headers).status_code == 403
    for role in READERS:
        headers = served.as_(role, "Bromma")
        assert served.client.get(f"{URL}/pools", headers=headers).status_code == 200
