"""An explanation over the web: what the command line says, with others unnamed, and recorded."""

import pytest

from api.usecases.explaining import explain_household
from models.access import Role
from models.codes import Fact
from models.store.audit import entries
from tests.server.cases.people import change, households, largest_unit, named
from tests.server.conftest import AS_OF, Served

URL = "/api/v1/households"
ON_ONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def mine(served: Served, unit: str) -> list[str]:
    return [key for key, own in households(served).items() if own == unit]


def hidden(served: Served, unit: str, household: str) -> bool:
    row = served.client.app.state.service.city().households[household]
    return row.protected_identity == Fact.YES and row.responsible_unit != unit


@ON_ONE
@pytest.mark.parametrize("moves", ["none", "unlimited"])
def test_it_says_what_the_command_line_says(served: Served, moves: str) -> None:
    unit = largest_unit(served)
    headers = served.as_(Role.CASEWORKER, unit)
    for household in mine(served, unit)[:3]:
        told = served.client.get(
            f"{URL}/{household}/explanation",
            params={"moves": moves, "would_help": True, "all": True},
            headers=headers,
        ).json()
        answer = explain_household(served.engine, household, (), AS_OF, moves).answer  # type: ignore[arg-type]
        for part in ("household", "as_of", "tier", "points", "proposal", "would_help"):
            assert told[part] == answer[part], part
        shared = ("pool", "eligible", "fit", "verdicts")
        assert [{part: pool[part] for part in shared} for pool in told["pools"]] == answer["pools"]
        known = [one for one in answer["ahead"] if not hidden(served, unit, one["household"])]
        for one, other in zip(told["ahead"], known, strict=True):
            assert (one["pool"], one["tier"]) == (other["pool"], other["tier"])
            assert one["household"] in (None, other["household"])
            assert one["another"] is (one["household"] is None) is (one["points"] is None)


@ON_ONE
def test_of_all_pools_the_rules_that_stop_or_wait_are_told_and_of_one_every_rule(served: Served) -> None:
    unit = largest_unit(served)
    url = f"{URL}/{mine(served, unit)[0]}/explanation"
    headers = served.as_(Role.CASEWORKER, unit)
    short, whole = (
        served.client.get(url, params=params, headers=headers).json()["pools"]
        for params in ({}, {"all": True})
    )
    assert {verdict["verdict"] for pool in short for verdict in pool["verdicts"]} <= {"fail", "unknown"}
    assert any(verdict["verdict"] == "pass" for pool in whole for verdict in pool["verdicts"])
    for pool in whole:
        pool["verdicts"] = [one for one in pool["verdicts"] if one["verdict"] != "pass"]
    assert short == whole
    named = short[-1]["pool"]
    (one,) = served.client.get(url, params={"pool": named}, headers=headers).json()["pools"]
    assert len(one["verdicts"]) > len(short[-1]["verdicts"])


@ON_ONE
def test_others_are_another_household(served: Served) -> None:
    unit, units = largest_unit(served), households(served)
    headers = served.as_(Role.CASEWORKER, unit)
    others = 0
    for household in mine(served, unit):
        told = served.client.get(f"{URL}/{household}/explanation", headers=headers).json()
        assert {units[key] for key in named(told, set(units))} == {unit}
        others += sum(one["another"] for one in told["ahead"])
    assert others


@ON_ONE
def test_nothing_tells_where_a_protected_household_lives(served: Served) -> None:
    unit = largest_unit(served)
    headers = served.as_(Role.CASEWORKER, unit)
    view = served.client.app.state.service.city()
    found = None
    for household in mine(served, unit):
        told = served.client.get(f"{URL}/{household}/explanation", headers=headers).json()
        found = next((one for one in told["ahead"] if one["another"] and one["lives_there"]), None)
        if found is not None:
            break
    assert found is not None
    residents = [row for row in view.dataset.households if row.current_pool_id == found["pool"]]
    for row in residents:
        if row.responsible_unit != unit:
            change(served, row.household_id, protected_identity=Fact.YES)
    told = served.client.get(f"{URL}/{household}/explanation", headers=headers).json()
    there = [one for one in told["ahead"] if one["pool"] == found["pool"] and one["lives_there"]]
    assert not [one for one in there if one["another"]]


@ON_ONE
def test_one_pool_and_what_it_would_cost_the_whole(served: Served) -> None:
    unit = largest_unit(served)
    headers = served.as_(Role.CASEWORKER, unit)
    for household in mine(served, unit):
        every = served.client.get(f"{URL}/{household}/explanation", headers=headers).json()
        eligible = [pool["pool"] for pool in every["pools"] if pool["eligible"] == "yes"]
        if every["candidate"] and eligible:
            break
    told = served.client.get(
        f"{URL}/{household}/explanation",
        params={"pool": eligible[:2], "would_help": False, "regret": True},
        headers=headers,
    ).json()
    assert [pool["pool"] for pool in told["pools"]] == eligible[:2]
    assert [one["pool"] for one in told["regret"]] == eligible[:2]
    assert told["would_help"] is None
    if told["proposal"] in eligible[:2]:
        free = next(one for one in told["regret"] if one["pool"] == told["proposal"])
        assert set(free["effect"]["goals"].values()) == {0}
    unknown = served.client.get(f"{URL}/{household}/explanation", params={"pool": "nowhere"}, headers=headers)
    assert unknown.status_code == 404


def test_what_is_not_ones_own_is_not_there_and_what_is_opened_is_recorded(served: Served) -> None:
    unit = largest_unit(served)
    headers = served.as_(Role.CASEWORKER, unit)
    foreign = next(key for key, own in households(served).items() if own != unit)
    parts = ("explanation", "recommendations", "choices", "expected-wait")
    for part in parts:
        hidden = served.client.get(f"{URL}/{foreign}/{part}", headers=headers)
        absent = served.client.get(f"{URL}/nobody/{part}", headers=headers)
        assert hidden.status_code == absent.status_code == 404
        assert {**hidden.json(), "instance": ""} == {**absent.json(), "instance": ""}
    for part in parts:
        served.client.get(f"{URL}/{mine(served, unit)[0]}/{part}", headers=headers)
    read = [entry for entry in entries(served.engine) if entry.action == "case.read"]
    assert [entry.detail["part"] for entry in read] == list(parts)
    assert {entry.subject_id for entry in read} == {mine(served, unit)[0]}
