"""The way to the API: sessions carried on, refusals told, things done once."""

import httpx2
import pytest

from models.access import Role
from tests.ui.conftest import Desks
from ui.desk_client import Away, DeskClient, Refused, SignedOut
from ui.here import connections


def first_offer(client: DeskClient, at: int = 0) -> str:
    return str(client.listed("/offers", 50, state="proposed").items[at]["offer_id"])


def test_a_wrong_password_is_told_in_the_readers_language(desks: Desks) -> None:
    for language, words in (("sv", "Namnet eller lösenordet"), ("en", "The name or the password")):
        with pytest.raises(Refused, match=words) as refused:
            desks.here.client(language).sign_in("coordinator", "fel lösenord som är långt")
        assert (refused.value.status, refused.value.key) == (401, "wrong_password")


def test_a_session_is_carried_on_by_itself_and_ends_in_time(desks: Desks) -> None:
    client = desks.client()
    before = client.tokens
    desks.clock.pass_by(minutes=11)
    assert client.me().role == "coordinator"
    assert client.tokens != before
    desks.clock.pass_by(hours=11)
    with pytest.raises(SignedOut):
        client.get("/households")


def test_who_may_not_is_refused_and_who_is_not_in_is_signed_out(desks: Desks) -> None:
    with pytest.raises(Refused) as refused:
        desks.client(Role.MANAGER).get("/households")
    assert refused.value.status == 403
    with pytest.raises(SignedOut):
        desks.here.client("sv").get("/households")


def test_the_same_key_does_it_once_and_somebody_elses_change_is_told(desks: Desks) -> None:
    client = desks.client()
    path = f"/offers/{first_offer(client)}"
    _, version = client.versioned(path)
    once = client.post(f"{path}/offering", {}, once="nyckel")
    assert client.post(f"{path}/offering", {}, once="nyckel") == once
    with pytest.raises(Refused) as changed:
        client.post(f"{path}/withdrawal", {}, version=version)
    assert changed.value.status == 409
    assert changed.value.changed["offer"]["state"] == "offered"
    with pytest.raises(Refused) as late:
        client.post(f"{path}/offering", {})
    assert (late.value.status, late.value.changed) == (409, {"state": "offered"})


def test_lists_come_whole_page_by_page(desks: Desks) -> None:
    client = desks.client()
    found = list(client.all_of("/households", order="id"))
    assert len(found) == client.listed("/households", 1).total == 120
    assert len({row["household_id"] for row in found}) == 120


def test_an_api_that_does_not_answer_is_away() -> None:
    client = DeskClient(connections("http://127.0.0.1:1"))
    with pytest.raises(Away):
        client.sign_in("a", "b")
    assert isinstance(client.http, httpx2.Client)
