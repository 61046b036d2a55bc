"""Facts changed over the web: by the rules of imports, against a version, with an encrypted history."""

from datetime import date

import pytest
from sqlalchemy import text

from models.access import Role
from models.database import reading
from models.store import read_dataset
from models.store.audit import entries, flaws
from models.store.facts import sources_of_household
from tests.server.cases.people import households, largest_unit, share
from tests.server.conftest import AS_OF, Served

URL = "/api/v1/households"


@pytest.fixture
def desk(served: Served) -> tuple[Served, dict[str, str], str]:
    """A caseworker, and one of the unit's households that has a child."""
    unit = largest_unit(served)
    city = served.client.app.state.service.city()
    mine = [
        row.household_id
        for row in city.dataset.households
        if row.responsible_unit == unit and len(city.members[row.household_id]) > 1
    ]
    return served, served.as_(Role.CASEWORKER, unit), mine[0]


def opened(served: Served, headers: dict[str, str], household: str) -> tuple[dict[str, object], str]:
    answer = served.client.get(f"{URL}/{household}", headers=headers)
    return answer.json(), answer.headers["etag"]


def patch(
    served: Served, headers: dict[str, str], path: str, version: str | None, **body: object
) -> tuple[int, dict[str, object]]:
    sent = headers if version is None else {**headers, "If-Match": version}
    answer = served.client.patch(f"{URL}/{path}", json={"learnt_from": "household", **body}, headers=sent)
    return answer.status_code, answer.json()


def test_a_fact_is_changed_with_its_day_source_and_history(desk: tuple[Served, dict[str, str], str]) -> None:
    served, headers, household = desk
    before, version = opened(served, headers, household)
    facts = {"violence_exposed": "ja", "homeless_since": "2025-06-01", "preferred_districts": ["Farsta"]}
    status, after = patch(served, headers, household, version, facts=facts, dated="2026-01-10")
    assert status == 200, after
    assert after["household"]["violence_exposed"] == "yes"
    assert after["household"]["preferred_districts"] == ["Farsta"]
    assert opened(served, headers, household)[0] == after
    sources = sources_of_household(served.engine, household)
    assert sources["violence_exposed"] == (date(2026, 1, 10), "household")
    told = served.client.get(f"{URL}/{household}/history", headers=headers).json()["items"]
    wanted = {
        name: (before["household"][name], value)
        for name, value in {"violence_exposed": "yes", "homeless_since": "2025-06-01"}.items()
    }
    for one in told:
        if one["fact"] in wanted:
            assert (one["before"], one["after"]) == wanted[one["fact"]]
            assert (one["dated"], one["learnt_from"]) == ("2026-01-10", "household")
    assert {one["fact"] for one in told} == set(facts)
    with reading(served.engine) as connection:
        kept = connection.execute(text("SELECT before, after FROM fact_change")).all()
    assert not {"yes", "unknown", "Farsta", "2025-06-01"} & {value for row in kept for value in row}
    changed = [entry for entry in entries(served.engine) if entry.action == "case.change"]
    assert [entry.detail["facts"] for entry in changed] == [sorted(facts)]
    assert flaws(served.engine) == []


def test_every_fault_is_told_at_once_with_its_remedy_and_nothing_is_kept(
    desk: tuple[Served, dict[str, str], str],
) -> None:
    served, headers, household = desk
    before, version = opened(served, headers, household)
    faulty = {
        "situation": "somewhere",
        "homeless_since": "2026-02-30",
        "shis_months": -1,
        "pet": "perhaps",
        "preferred_forms": ["castle"],
        "current_pool_id": "P001",
        "nickname": "x",
        "avoid_districts": ["19121212-1212"],
        "mental_health": "some",
    }
    status, answer = patch(served, headers, household, version, facts=faulty)
    assert (status, answer["type"]) == (422, "/problems/facts_faulty")
    assert {fault["where"]: fault["what"] for fault in answer["errors"]} == {
        "situation": "unknown code",
        "homeless_since": "not a date",
        "shis_months": "out of range",
        "pet": "not yes, no or unknown",
        "preferred_forms": "unknown code",
        "current_pool_id": "unknown column",
        "nickname": "unknown column",
        "avoid_districts": "personal identity number",
        "dated": "required",
    }
    for fault in answer["errors"]:
        assert fault["remedy_sv"]
        assert fault["remedy_en"]
        assert fault["message_sv"]
    assert "1912" not in str(answer)
    assert "somewhere" not in str(answer)
    assert opened(served, headers, household)[0] == before
    assert not served.client.get(f"{URL}/{household}/history", headers=headers).json()["items"]


def test_a_change_names_the_version_it_is_made_to(desk: tuple[Served, dict[str, str], str]) -> None:
    served, headers, household = desk
    _, version = opened(served, headers, household)
    assert patch(served, headers, household, None, facts={"pet": "yes"})[0] == 428
    pet = "no" if opened(served, headers, household)[0]["household"]["pet"] == "yes" else "yes"
    assert patch(served, headers, household, version, facts={"pet": pet})[0] == 200
    status, answer = patch(served, headers, household, version, facts={"pet": "unknown"})
    assert status == 412
    assert answer["changed"]["household"]["pet"] == pet


def test_members_come_change_and_leave(desk: tuple[Served, dict[str, str], str]) -> None:
    served, headers, household = desk
    url = f"{URL}/{household}/members"
    child = {
        "member_id": "new",
        "facts": {"birth_date": "2020-02-01", "sex": "flicka"},
        "learnt_from": "household",
    }
    wrong = served.client.post(url, json=child, headers=headers)
    assert [fault["where"] for fault in wrong.json()["errors"]] == ["sex"]
    child["facts"] = {"birth_date": "2020-02-01", "sex": "kvinna"}
    before, _ = opened(served, headers, household)
    once = {**headers, "Idempotency-Key": "a"}
    for _again in range(2):
        assert served.client.post(url, json=child, headers=once).status_code == 201
    assert served.client.post(url, json=child, headers=headers).status_code == 409
    shown, version = opened(served, headers, household)
    assert shown["persons"] == before["persons"] + 1
    status, answer = patch(
        served,
        headers,
        f"{household}/members/new",
        version,
        facts={"school_id": "nowhere", "birth_date": "2027-01-01"},
    )
    assert status == 422
    assert {fault["what"] for fault in answer["errors"]} == {
        "unknown id",
        "after the as-of date or in the future",
    }
    school = read_dataset(served.engine).schools[0].school_id
    status, shown = patch(served, headers, f"{household}/members/new", version, facts={"school_id": school})
    assert status == 200, shown
    assert next(one for one in shown["members"] if one["member_id"] == "new")["school_id"] == school
    version = opened(served, headers, household)[1]
    gone = served.client.delete(f"{url}/new", headers={**headers, "If-Match": version})
    assert gone.json()["members"] == before["members"]
    told = served.client.get(f"{URL}/{household}/history", headers=headers).json()["items"]
    assert {one["member_id"] for one in told} == {"new"}


def test_a_household_keeps_an_adult(desk: tuple[Served, dict[str, str], str]) -> None:
    served, headers, _ = desk
    city = served.client.app.state.service.city()
    alone = next(
        key
        for key, unit in households(served).items()
        if unit == largest_unit(served) and len(city.members[key]) == 1
    )
    (member,) = city.members[alone]
    version = opened(served, headers, alone)[1]
    url = f"{URL}/{alone}/members/{member.member_id}"
    answer = served.client.delete(url, headers={**headers, "If-Match": version})
    assert (answer.status_code, answer.json()["errors"][0]["what"]) == (422, "no members")
    status, answer = patch(
        served, headers, f"{alone}/members/{member.member_id}", version, facts={"birth_date": "2015-01-01"}
    )
    assert (status, answer["errors"][0]["what"]) == (422, "no adult")


def test_a_case_is_begun_shared_and_closed_by_its_unit(desk: tuple[Served, dict[str, str], str]) -> None:
    served, headers, household = desk
    new = {
        "household_id": "H-NY-1",
        "facts": {"situation": "sover ute", "support_need": "inget"},
        "members": [{"member_id": "1", "facts": {"birth_date": "1990-01-01"}}],
        "learnt_from": "household",
    }
    undated = served.client.post(URL, json=new, headers=headers)
    assert [fault["where"] for fault in undated.json()["errors"]] == ["dated"]
    new["dated"] = str(AS_OF)
    childish = {**new, "members": [{"member_id": "1", "facts": {"birth_date": "2020-01-01"}}]}
    assert served.client.post(URL, json=childish, headers=headers).json()["errors"][0]["what"] == "no adult"
    assert served.client.post(URL, json=new, headers=headers).status_code == 201
    assert served.client.post(URL, json=new, headers=headers).status_code == 409
    taken = served.client.post(URL, json={**new, "household_id": household}, headers=headers)
    assert taken.json()["type"] == "/problems/reference_taken"
    shown, version = opened(served, headers, "H-NY-1")
    assert (shown["responsible_unit"], shown["candidate"]) == (largest_unit(served), True)

    coordinator = served.as_(Role.COORDINATOR)
    url = f"{URL}/H-NY-1/sharing"
    assert served.client.get(f"{URL}/H-NY-1", headers=coordinator).status_code == 404
    basis = {"basis": "consent", "on": str(AS_OF)}
    with_version = {**headers, "If-Match": version}
    assert served.client.put(url, json=basis, headers=headers).status_code == 428
    assert served.client.put(url, json=basis, headers=with_version).status_code == 200
    assert served.client.get(f"{URL}/H-NY-1", headers=coordinator).status_code == 200
    theirs = {**coordinator, "If-Match": "*"}
    assert served.client.delete(url, headers=theirs).json()["type"] == "/problems/not_your_unit"
    assert served.client.delete(url, headers={**headers, "If-Match": "*"}).status_code == 200
    assert served.client.get(f"{URL}/H-NY-1", headers=coordinator).status_code == 404

    closing = {"situation": "friends_temporary", "on": str(AS_OF)}
    closed = served.client.post(f"{URL}/H-NY-1/closing", json=closing, headers=headers)
    assert closed.status_code == 200
    shown, _ = opened(served, headers, "H-NY-1")
    assert (shown["household"]["active_case"], shown["candidate"]) == ("no", False)


def test_a_reference_may_have_a_slash_and_stands_on_one_line(
    desk: tuple[Served, dict[str, str], str],
) -> None:
    served, headers, _ = desk
    new = {
        "household_id": "2026/0815\r\nX: y",
        "facts": {"situation": "hotel_hostel", "support_need": "none"},
        "members": [{"member_id": "1", "facts": {"birth_date": "1990-01-01"}}],
        "learnt_from": "household",
        "dated": str(AS_OF),
    }
    assert served.client.post(URL, json=new, headers=headers).status_code == 201
    answer = served.client.get(f"{URL}/2026%2f0815%20X:%20y", headers=headers)
    assert answer.json()["household_id"] == "2026/0815 X: y"
    history = served.client.get(f"{URL}/2026%2F0815%20X:%20y/history", headers=headers)
    assert history.status_code == 200
    assert served.client.get(f"{URL}/2026/0815 X: y", headers=headers).status_code == 404


def test_a_new_case_is_looked_at_before_it_is_begun(desk: tuple[Served, dict[str, str], str]) -> None:
    served, headers, household = desk
    url = "/api/v1/case-checks"
    city = served.client.app.state.service.city()
    alike = [
        {"member_id": f"N{at}", "facts": {"birth_date": str(one.birth_date), "sex": str(one.sex)}}
        for at, one in enumerate(city.members[household])
    ]
    facts = {"situation": "hotel_hostel", "support_need": "none"}
    new = {"household_id": "H-NY-2", "facts": facts, "members": alike, "learnt_from": "household"}
    new["dated"] = str(AS_OF)
    found = served.client.post(url, json=new, headers=headers)
    assert found.status_code == 200
    (twin,) = [pair for pair in found.json()["likely"] if pair["household_id"] == household]
    assert {"same_birth_date", "all_members_alike"} <= set(twin["reasons"])
    assert served.client.get(f"{URL}/H-NY-2", headers=headers).status_code == 404

    # Another unit's household is not told of, however alike.
    stranger = served.client.post(url, json=new, headers=served.as_(Role.CASEWORKER, "Farsta"))
    assert stranger.json() == {"likely": []}
    assert served.client.post(url, json=new, headers=served.as_(Role.COORDINATOR)).status_code == 422

    born = [*alike, {"member_id": "N9", "facts": {"birth_date": "2199-01-01", "sex": "kanske"}}]
    faulty = served.client.post(url, json={**new, "members": born}, headers=headers).json()["errors"]
    last = f"members.{len(alike)}"
    assert {fault["where"] for fault in faulty} == {f"{last}.birth_date", f"{last}.sex"}
    (undated,) = served.client.post(url, json={**new, "dated": None}, headers=headers).json()["errors"]
    assert undated["where"] == "dated"


def test_who_lives_in_a_place_is_not_closed_away(served: Served) -> None:
    city = served.client.app.state.service.city()
    resident = next(row for row in city.dataset.households if row.current_pool_id and row.responsible_unit)
    headers = served.as_(Role.CASEWORKER, resident.responsible_unit)
    closing = {"situation": "housed", "on": str(AS_OF)}
    answer = served.client.post(f"{URL}/{resident.household_id}/closing", json=closing, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/lives_in_a_place")


def test_another_units_case_is_neither_changed_nor_told_of(served: Served) -> None:
    unit, units = largest_unit(served), households(served)
    foreign = next(key for key, own in units.items() if own not in (unit, None))
    headers = {**served.as_(Role.CASEWORKER, unit), "If-Match": "*"}
    for path in (foreign, "nobody", f"{foreign}/members/1", "nobody/members/1"):
        status, answer = patch(served, headers, path, "*", facts={})
        assert (status, answer["type"]) == (404, "/problems/unknown_household")
    share(served, foreign)
    coordinator = {**served.as_(Role.COORDINATOR), "If-Match": "*"}
    assert patch(served, coordinator, foreign, "*", facts={"pet": "yes"})[0] == 200
