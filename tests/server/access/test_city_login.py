"""The city's own login, against a provider in a process of its own: who gets in."""

from typing import Any

import pytest

from api.access.tokens import ACCESS_MINUTES
from models.access import Role
from models.database import reading
from models.store.access import user_by
from models.store.audit import entries, flaws
from tests.server.oidc_provider import CLIENT

from .city import City


def test_somebody_known_by_subject_gets_the_same_session_as_with_a_local_account(city: City) -> None:
    user = city.enter(f"{city.provider.issuer}|person-1")
    told = city.try_to_enter()
    assert told.status_code == 201, told.text
    headers = {"Authorization": f"Bearer {told.json()['access_token']}"}
    me = city.client.get("/api/v1/session", headers=headers).json()
    assert (me["user_id"], me["role"], me["unit"]) == (user.user_id, "caseworker", "Bromma")
    city.served.clock.pass_by(minutes=ACCESS_MINUTES)
    again = city.client.post("/api/v1/session/refresh", json={"refresh_token": told.json()["refresh_token"]})
    assert again.status_code == 200
    headers = {"Authorization": f"Bearer {again.json()['access_token']}"}
    assert city.client.delete("/api/v1/session", headers=headers).status_code == 204
    assert city.client.get("/api/v1/session", headers=headers).status_code == 401
    assert told.json()["sign_out_address"] == f"{city.provider.issuer}/logout?client_id={CLIENT}"
    assert city.acts() == [("session.begin", "done"), ("session.end", "done")]
    assert flaws(city.served.engine) == []


def test_pages_alone_open_nothing_and_write_nothing(city: City) -> None:
    city.enter(f"{city.provider.issuer}|person-1")
    before = city.acts()
    city.ticket()
    assert city.acts() == before


def test_somebody_entered_beforehand_is_tied_at_the_first_time(city: City) -> None:
    user = city.enter()
    assert city.try_to_enter().status_code == 201
    with reading(city.served.engine) as connection:
        tied = user_by(connection, user_id=user.user_id)
    assert tied is not None
    assert tied.oidc_subject == f"{city.provider.issuer}|person-1"
    assert ("user.link", "done") in city.acts()
    # Somebody else who takes over the name later is somebody else.
    city.provider.told(city.served.clock, claims={"sub": "person-2"})
    assert city.try_to_enter().status_code == 403


def test_an_address_counts_only_once_it_is_confirmed(city: City) -> None:
    city.enter(username="anna@stad.se")
    claims = {"preferred_username": "x", "email": "Anna@stad.se", "email_verified": False}
    city.provider.told(city.served.clock, claims=claims)
    assert city.try_to_enter().status_code == 403
    city.provider.told(city.served.clock, claims=claims | {"email_verified": True})
    assert city.try_to_enter().status_code == 201


@pytest.mark.parametrize(
    "columns", [{"role": Role.ADMIN, "unit": None}, {"active": False}, {"username": "someone.else"}]
)
def test_who_is_not_let_in_is_told_kindly(city: City, columns: dict[str, Any]) -> None:
    city.enter(**columns)
    refused = city.try_to_enter()
    assert refused.status_code == 403
    assert "administratör" in refused.json()["detail"]
    assert city.acts() == [("session.begin", "refused")]


def test_an_account_with_a_password_is_not_taken_over(city: City) -> None:
    city.served.add(Role.COORDINATOR, username="anna.lind")
    assert city.try_to_enter().status_code == 403


def test_a_closed_account_stays_closed_though_it_is_tied(city: City) -> None:
    city.enter(f"{city.provider.issuer}|person-1", active=False)
    assert city.try_to_enter().status_code == 403


def test_an_administrator_ties_an_account_and_never_one_twice(city: City) -> None:
    headers = city.served.as_(Role.ADMIN)
    subject = f"{city.provider.issuer}|person-1"
    users = "/api/v1/users"
    body = {"username": "chef", "role": "admin"}
    made = city.client.post(users, json=body, headers=headers).json()["user_id"]
    tag = city.client.get(f"{users}/{made}", headers=headers).headers["etag"]
    change = {"oidc_subject": subject}
    answer = city.client.patch(f"{users}/{made}", json=change, headers=headers | {"If-Match": tag})
    assert (answer.status_code, answer.json()["city_login"]) == (200, True)
    assert city.try_to_enter().status_code == 201
    other = {"username": "annan", "role": "manager", "oidc_subject": subject}
    assert city.client.post(users, json=other, headers=headers).status_code == 409
    assert "person-1" not in str([entry.detail for entry in entries(city.served.engine)])
