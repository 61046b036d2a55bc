"""Signing in: what opens a session, what closes it, and what is never told."""

import pytest

from api.access.passwords import LOCKED_MINUTES, MISTAKES_BEFORE_LOCK
from api.access.tokens import ACCESS_MINUTES, SESSION_HOURS
from models.access import Role
from models.store.audit import entries, flaws
from tests.server.conftest import PASSWORD, Served

URL = "/api/v1/session"


def test_who_signs_in_is_told_who_they_are(served: Served) -> None:
    headers = served.as_(Role.CASEWORKER, "Bromma")
    me = served.client.get(URL, headers=headers).json()
    assert (me["role"], me["unit"]) == ("caseworker", "Bromma")
    assert "case.read" in me["permissions"]
    assert "user.manage" not in me["permissions"]


def test_without_a_token_nothing_opens(served: Served) -> None:
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic abc"}):
        answer = served.client.get(URL, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == "Bearer"


def test_wrong_name_and_wrong_password_sound_the_same(served: Served) -> None:
    name = served.add(Role.MANAGER)
    said = [
        served.client.post(URL, json={"username": who, "password": "fel lösenord som är långt"}).json()
        for who in (name, "nobody")
    ]
    assert said[0] == said[1]
    assert said[0]["detail"].startswith("Namnet eller lösenordet stämmer inte.")


def test_language_of_a_refusal(served: Served) -> None:
    body = {"username": "nobody", "password": "x"}
    for language, word in (("en-GB,en", "password"), ("de, sv;q=0.5", "lösenordet"), ("", "lösenordet")):
        answer = served.client.post(URL, json=body, headers={"Accept-Language": language})
        assert word in answer.json()["detail"]


def test_short_tokens_end_and_long_ones_carry_on(served: Served) -> None:
    name = served.add(Role.MANAGER)
    first = served.client.post(URL, json={"username": name, "password": PASSWORD}).json()
    served.clock.pass_by(minutes=ACCESS_MINUTES)
    assert _get(served, first["access_token"]) == 401
    second = served.client.post(f"{URL}/refresh", json={"refresh_token": first["refresh_token"]})
    assert second.status_code == 200
    assert _get(served, second.json()["access_token"]) == 200


def test_a_long_token_used_twice_ends_the_session(served: Served) -> None:
    name = served.add(Role.MANAGER)
    first = served.client.post(URL, json={"username": name, "password": PASSWORD}).json()
    second = served.client.post(f"{URL}/refresh", json={"refresh_token": first["refresh_token"]}).json()
    stolen = served.client.post(f"{URL}/refresh", json={"refresh_token": first["refresh_token"]})
    assert stolen.status_code == 401
    assert _get(served, second["access_token"]) == 401
    again = served.client.post(f"{URL}/refresh", json={"refresh_token": second["refresh_token"]})
    assert again.status_code == 401
    assert "session.stolen" in {entry.action for entry in entries(served.engine)}


def test_a_session_ends_with_the_day(served: Served) -> None:
    name = served.add(Role.MANAGER)
    tokens = served.client.post(URL, json={"username": name, "password": PASSWORD}).json()
    served.clock.pass_by(hours=SESSION_HOURS)
    over = served.client.post(f"{URL}/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert over.status_code == 401


def test_signing_out_ends_the_session_at_once(served: Served) -> None:
    headers = served.as_(Role.MANAGER)
    assert served.client.delete(URL, headers=headers).status_code == 204
    assert served.client.get(URL, headers=headers).status_code == 401


def test_many_mistakes_lock_the_account_for_a_while(served: Served) -> None:
    name = served.add(Role.MANAGER)
    wrong = {"username": name, "password": "fel lösenord som är långt"}
    for _ in range(MISTAKES_BEFORE_LOCK):
        assert served.client.post(URL, json=wrong).status_code == 401
    right = {"username": name, "password": PASSWORD}
    locked = served.client.post(URL, json=right)
    assert locked.status_code == 401
    assert "låst" in locked.json()["detail"]
    nobody = [
        served.client.post(URL, json={"username": "nobody", "password": PASSWORD}).json()
        for _ in range(MISTAKES_BEFORE_LOCK + 1)
    ]
    assert all(answer == locked.json() for answer in nobody), "who works here is told to no stranger"
    served.clock.pass_by(minutes=LOCKED_MINUTES)
    assert served.client.post(URL, json=right).status_code == 201


def test_signing_in_is_recorded_and_the_record_is_whole(served: Served) -> None:
    served.as_(Role.AUDITOR)
    served.client.post(URL, json={"username": "nobody", "password": "x"})
    acts = [(entry.action, str(entry.outcome)) for entry in entries(served.engine)]
    assert acts == [("session.begin", "done"), ("session.begin", "refused")]
    assert flaws(served.engine) == []


@pytest.mark.parametrize("body", [{}, {"username": "a"}, {"username": "a", "password": ["b"]}, []])
def test_what_was_sent_is_not_sent_back(served: Served, body: object) -> None:
    answer = served.client.post(URL, json=body)
    assert answer.status_code == 422
    assert all(set(fault) == {"where", "what"} for fault in answer.json()["errors"])


def _get(served: Served, token: str) -> int:
    return served.client.get(URL, headers={"Authorization": f"Bearer {token}"}).status_code
