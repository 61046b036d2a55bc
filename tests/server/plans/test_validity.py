"""A plan judged on the city as it has become: what was carried out, what holds, what broke and why."""

from typing import Any

from models.access import Role
from models.codes import Mobility, Situation
from models.database import writing
from models.store import read_dataset
from models.store.homes import change_household
from models.store.revision import touch
from tests.server.conftest import AS_OF, Served

from .making import Headers, all_chains, got, made


def change(served: Served, household_id: str, **changes: Any) -> None:
    rows = {row.household_id: row for row in read_dataset(served.engine).households}
    with writing(served.engine) as connection:
        change_household(connection, rows[household_id], AS_OF, "test", **changes)
        touch(connection)


def test_a_fresh_plan_holds_whole(served: Served, coordinator: Headers) -> None:
    run_id = made(served, coordinator, moves="unlimited")
    told = got(served, coordinator, f"/{run_id}/validation")
    proposals = got(served, coordinator, f"/{run_id}")["proposals"]
    assert told == {"whole": True, "carried_out": 0, "holds": proposals, "fallen": 0, "mine": []}


def test_what_breaks_is_named_with_what_hangs_on_it(served: Served, coordinator: Headers) -> None:
    run_id = made(served, coordinator, moves="unlimited")
    chains = all_chains(served, coordinator, run_id)
    chain = max(chains, key=lambda one: (not one["in_cycle"], len(one["steps"])))
    first = chain["steps"][0]["household_id"]
    change(served, first, situation=Situation.HOUSED, current_pool_id=None)
    told = got(served, coordinator, f"/{run_id}/validation")
    assert not told["whole"]
    assert told["fallen"] == len(told["mine"]) == len(chain["steps"])
    why = {one["household_id"]: one["why"] for one in told["mine"]}
    assert why.pop(first) in ("needs_no_place", "lives_elsewhere")
    assert set(why.values()) <= {"step_before"}
    stranger = got(served, served.as_(Role.CASEWORKER, "En annan enhet"), f"/{run_id}/validation")
    assert (stranger["mine"], stranger["fallen"]) == ([], told["fallen"])


def test_a_rule_in_the_way_is_named(served: Served, coordinator: Headers) -> None:
    run_id = made(served, coordinator, moves="none")
    view = served.client.app.state.service.city()  # type: ignore[attr-defined]
    step = next(
        step
        for chain in all_chains(served, coordinator, run_id)
        for step in chain["steps"]
        if str(view.pools[step["pool_id"]].mobility) != "wheelchair"
    )
    change(served, step["household_id"], mobility=Mobility.WHEELCHAIR)
    told = got(served, coordinator, f"/{run_id}/validation")
    (fallen,) = [one for one in told["mine"] if one["household_id"] == step["household_id"]]
    assert fallen["why"] == "rules"
    assert fallen["rules"]


def test_a_place_that_is_gone(served: Served, coordinator: Headers) -> None:
    run_id = made(served, coordinator, moves="none")
    pool = all_chains(served, coordinator, run_id)[0]["steps"][0]["pool_id"]
    with writing(served.engine) as connection:
        connection.exec_driver_sql(f"UPDATE pool SET capacity = 0 WHERE pool_id = '{pool}'")
        touch(connection)
    told = got(served, coordinator, f"/{run_id}/validation")
    assert {one["why"] for one in told["mine"]} == {"no_place"}
    assert not told["whole"]
