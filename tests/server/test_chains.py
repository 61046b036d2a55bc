"""The day's chains over the web: in order of need, filtered, and other units' households never named."""

from typing import Any

import pytest

from api.access.actor import Actor
from api.usecases.matching import run_match
from api.usecases.offers.publishing import draft, publish
from api.usecases.work import working_for
from models.access import Role
from models.codes import SharingBasis
from models.database import writing
from models.store import read_dataset
from models.store.homes import change_household
from tests.server.conftest import AS_OF, Served

URL = "/api/v1/chains"
SYSTEM = Actor("system", Role.COORDINATOR, None, "-")


def share(served: Served, every: int) -> None:
    with writing(served.engine) as connection:
        for at, household in enumerate(read_dataset(served.engine).households):
            basis = SharingBasis.CONSENT if at % every == 0 else None
            day = AS_OF if basis else None
            change_household(connection, household, AS_OF, "test", sharing_basis=basis, sharing_basis_on=day)


def publish_plan(served: Served) -> None:
    run_id = run_match(served.engine, AS_OF, 4, None, served.clock()).answer["run"]["id"]
    with working_for(served.engine, SYSTEM, served.clock()) as work:
        draft(work, run_id)
        publish(work, run_id)


def listed(served: Served, who: dict[str, str], **query: Any) -> list[dict[str, Any]]:
    answer = served.client.get(URL, headers=who, params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


@pytest.fixture
def desk(served: Served) -> dict[str, str]:
    share(served, 1)
    publish_plan(served)
    return served.as_(Role.COORDINATOR)


def test_chains_stand_in_order_of_need_and_hold_every_offer(served: Served, desk: dict[str, str]) -> None:
    chains = listed(served, desk, limit=200)
    foremost = [min((step["tier"], -step["points"]) for step in chain["steps"]) for chain in chains]
    assert foremost == sorted(foremost)
    offers = served.client.get("/api/v1/offers", headers=desk, params={"limit": 200}).json()["items"]
    steps = [step for chain in chains for step in chain["steps"]]
    assert {step["offer_id"] for step in steps} == {offer["offer_id"] for offer in offers}
    assert any(len(chain["steps"]) > 1 for chain in chains)


def test_a_filter_keeps_the_whole_of_a_chain(served: Served, desk: dict[str, str]) -> None:
    chains = listed(served, desk, limit=200)
    unit = chains[0]["steps"][0]["responsible_unit"]
    found = listed(served, desk, limit=200, unit=unit, tier=1)
    wanted = [
        chain
        for chain in chains
        if any(step["responsible_unit"] == unit and step["tier"] == 1 for step in chain["steps"])
    ]
    assert found == wanted
    assert listed(served, desk, state="accepted") == []


def test_pages_follow_one_another(served: Served, desk: dict[str, str]) -> None:
    everything, cursor, met = listed(served, desk, limit=200), None, []
    while True:
        query = {"limit": 3} if cursor is None else {"limit": 3, "cursor": cursor}
        page = served.client.get(URL, headers=desk, params=query).json()
        met += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert met == everything


def test_of_other_units_households_only_how_far_they_have_come_is_told(served: Served) -> None:
    share(served, 2)
    publish_plan(served)
    chains = listed(served, served.as_(Role.COORDINATOR), limit=200)
    shared = {row.household_id for row in read_dataset(served.engine).households if row.sharing_basis}
    steps = [step for chain in chains for step in chain["steps"]]
    hidden = [step for step in steps if step["another"]]
    assert hidden
    assert all(any(not step["another"] for step in chain["steps"]) for chain in chains)
    assert {step["household_id"] for step in steps if not step["another"]} <= shared
    told = {name for step in hidden for name, value in step.items() if value is not None}
    assert told == {"step", "state", "another"}


def test_without_a_plan_there_is_nothing(served: Served) -> None:
    assert listed(served, served.as_(Role.COORDINATOR)) == []
