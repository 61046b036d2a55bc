"""Recommendations both ways, choices and questions over the web: others unnamed, nobody's loss hidden."""

import pytest

from api.usecases.asking import what_to_ask
from api.usecases.recommending import recommend
from models.access import Role
from models.codes import Fact
from tests.server.cases.people import households, largest_unit, named, share
from tests.server.conftest import AS_OF, Served

URL = "/api/v1"

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_places_as_the_command_line_ranks_them(served: Served) -> None:
    unit, units = largest_unit(served), households(served)
    headers = served.as_(Role.CASEWORKER, unit)
    some = 0
    for household in [key for key, own in units.items() if own == unit][:6]:
        told = served.client.get(
            f"{URL}/households/{household}/recommendations", params={"moves": "none"}, headers=headers
        ).json()
        answer = recommend(served.engine, household, None, AS_OF, "none", most=5).answer
        options = [one for one in told["options"] if one["effect"] is not None]
        assert [one["pool"] for one in options] == [one["pool"] for one in answer["options"]]
        for one, other in zip(options, answer["options"], strict=True):
            assert one["effect"]["goals"] == other["effect"]
            for part in ("gain", "lose", "elsewhere"):
                said = one["effect"][part]
                assert len(said["households"]) + said["others"] == len(other[part])
        assert {units[key] for key in named(told, set(units))} <= {unit}
        some += len(told["options"])
    assert some


def test_households_for_a_vacancy_are_named_to_those_who_may_see_them(served: Served) -> None:
    units = households(served)
    shared = [key for key, unit in units.items() if unit == largest_unit(served)]
    share(served, *shared)
    headers = served.as_(Role.COORDINATOR)
    seen = others = 0
    view = served.client.app.state.service.city()
    for pool in view.dataset.pools[::3]:
        url = f"{URL}/pools/{pool.pool_id}/recommendations"
        told = served.client.get(url, headers=headers).json()
        assert named(told, set(units)) <= set(shared)
        answer = recommend(served.engine, None, pool.pool_id, AS_OF, "unlimited", most=5).answer
        tellable = [
            one
            for one in answer["options"]
            if one["household"] in shared or view.households[one["household"]].protected_identity != Fact.YES
        ]
        options = [one for one in told["options"] if one["effect"] is not None]
        for one, other in zip(options, tellable, strict=True):
            assert one["tier"] == other["tier"]
            known = other["household"] in shared
            assert one["household"] == (other["household"] if known else None)
            assert one["points"] == (other["points"] if known else None)
            assert one["another"] is not known
            seen, others = seen + known, others + (not known)
    assert seen
    assert others


def test_a_choice_costs_nobody_a_place(served: Served) -> None:
    units = households(served)
    share(served, *units)
    headers = served.as_(Role.COORDINATOR)
    chosen = 0
    for household in list(units)[:15]:
        told = served.client.get(f"{URL}/households/{household}/choices", headers=headers).json()
        assert len(told["options"]) <= 2
        for option in told["options"]:
            assert set(option["effect"]["lose"]["households"]) <= {household}
            assert min(option["effect"]["goals"][f"tier_{tier}"] for tier in range(1, 6)) >= 0
            chosen += 1
    assert chosen


def test_what_to_ask_is_asked_about_those_one_sees(served: Served) -> None:
    units = households(served)
    every = [
        question["household"] for question in what_to_ask(served.engine, AS_OF, "none").answer["questions"]
    ]
    for unit in sorted({str(unit) for unit in units.values() if unit})[:4]:
        headers = served.as_(Role.CASEWORKER, unit)
        told = served.client.get(f"{URL}/asking", headers=headers).json()
        asked = [question["household"] for question in told["items"]]
        assert asked == [key for key in every if key is None or units[key] == unit]
        assert {units[key] for key in named(told, set(units))} <= {unit}
    assert every
    unshared = served.client.get(f"{URL}/asking", headers=served.as_(Role.COORDINATOR)).json()
    assert {question["household"] for question in unshared["items"]} <= {None}
