"""Plans over the web: made as jobs, read by those whose households they concern, published and announced."""

from typing import Any

import pytest

from api.jobs.kinds import match as kind
from api.usecases.replaying import replay
from models.access import Role
from models.database import reading
from models.store import load_run
from models.store.audit import entries, flaws
from models.store.offers import offers
from optimiser.solve.deadline import Stop
from tests.server.conftest import AS_OF, Served

from .making import URL, Headers, all_chains, got, made, plan_job


def households_of(chains: list[dict[str, Any]]) -> set[str]:
    return {step["household_id"] for chain in chains for step in chain["steps"] if not step["another"]}


def test_a_plan_is_made_and_stands_as_a_draft(served: Served, coordinator: Headers) -> None:
    run_id = made(served, coordinator, moves="unlimited")
    shown = got(served, coordinator, f"/{run_id}")
    assert (shown["state"], shown["status"], shown["moves"]) == ("draft", "optimal", "unlimited")
    assert all(goal["value"] == goal["bound"] for goal in shown["goals"])
    assert {way["name"] for way in shown["baselines"]} == {"first_come", "priority_greedy"}
    stored = load_run(served.engine, run_id)
    assert stored is not None
    assert shown["proposals"] == len(stored[0].result["proposals"])
    page = got(served, coordinator, "")
    assert [line["run_id"] for line in page["items"]] == [run_id]
    acts = [entry.action for entry in entries(served.engine)]
    assert acts.count("job.ask") == acts.count("plan.draft") == 1


def test_chains_come_in_order_with_their_steps(served: Served, coordinator: Headers) -> None:
    run_id = made(served, coordinator)
    chains = all_chains(served, coordinator, run_id)
    stored = load_run(served.engine, run_id)
    assert stored is not None
    assert [chain["chain"] for chain in chains] == list(range(1, len(chains) + 1))
    assert households_of(chains) == {entry["household"] for entry in stored[0].result["proposals"]}
    for chain in chains:
        if not chain["in_cycle"]:
            assert [step["step"] for step in chain["steps"]] == list(range(1, len(chain["steps"]) + 1))
            for before, after in zip(chain["steps"], chain["steps"][1:], strict=False):
                assert after["pool_id"] == before["from_pool_id"]
    alone = got(served, coordinator, f"/{run_id}/chains/1")
    assert alone == chains[0]
    read = {entry.subject_id for entry in entries(served.engine) if entry.action == "case.read"}
    assert households_of([alone]) <= read


def test_others_are_another_household(served: Served, coordinator: Headers) -> None:
    run_id = made(served, coordinator)
    city = served.client.app.state.service.city()  # type: ignore[attr-defined]
    unit_of = {row.household_id: row.responsible_unit for row in city.dataset.households}
    whole = all_chains(served, coordinator, run_id)
    for unit in sorted({unit for unit in unit_of.values() if unit})[:3]:
        headers = served.as_(Role.CASEWORKER, unit)
        mine = all_chains(served, headers, run_id)
        own = {h for h in households_of(whole) if unit_of[h] == unit}
        assert households_of(mine) == own
        told = str(mine)
        assert not any(f"'{household}'" in told for household in households_of(whole) - own)
        for chain in mine:
            for step in chain["steps"]:
                if step["another"]:
                    assert {name for name, value in step.items() if value} == {"step", "another"}
        numbers = {chain["chain"] for chain in mine}
        for chain in whole:
            status = served.client.get(f"{URL}/{run_id}/chains/{chain['chain']}", headers=headers).status_code
            assert status == (200 if chain["chain"] in numbers else 404)
        left = got(served, headers, f"/{run_id}/unmatched", limit=200)["items"]
        assert all(unit_of[row["household_id"]] == unit for row in left)


def test_whoever_is_left_is_told_why_and_of_other_help(served: Served, coordinator: Headers) -> None:
    run_id = made(served, coordinator)
    left = got(served, coordinator, f"/{run_id}/unmatched", limit=200)["items"]
    assert [row["tier"] for row in left] == sorted(row["tier"] for row in left)
    assert {row["cause"] for row in left} <= {"stays", "outcompeted", "needs_information", "no_eligible_pool"}
    assert all(row["other_help"] for row in left if row["cause"] == "no_eligible_pool")


def test_publishing_announces_what_changes(served: Served, coordinator: Headers) -> None:
    first = made(served, coordinator)
    url = f"{URL}/{first}/publication"
    assert served.client.get(url, headers=coordinator).status_code == 404
    published = served.client.post(url, headers=coordinator)
    assert published.status_code == 201, published.text
    with reading(served.engine) as connection:
        new = {offer.offer_id for offer in offers(connection, run_id=first)}
    assert {one["offer_id"] for one in published.json()["mine"]} == new
    assert published.json()["new"] == len(new)
    served.clock.pass_by(minutes=5)
    # The next plan keeps some and takes others back: each is named.
    dropped = published.json()["mine"][0]
    pair = {"household": dropped["household_id"], "pool": dropped["pool_id"]}
    second = made(served, coordinator, limits={"blocks": [pair]}, like=first)
    told = served.client.post(f"{URL}/{second}/publication", headers=coordinator).json()
    assert told == got(served, coordinator, f"/{second}/publication")
    by_what: dict[str, set[str]] = {"new": set(), "kept": set(), "withdrawn": set()}
    for one in told["mine"]:
        by_what[one["what"]].add(one["offer_id"])
    assert {what: len(found) for what, found in by_what.items()} == {w: told[w] for w in by_what}
    assert dropped["offer_id"] in by_what["withdrawn"]
    assert by_what["kept"] | by_what["withdrawn"] == new
    assert got(served, coordinator, f"/{first}")["state"] == "replaced"
    again = served.client.post(f"{URL}/{second}/publication", headers=coordinator)
    assert (again.status_code, again.json()["changed"]) == (409, {"state": "published"})
    # Another unit reads how much changed, and nothing of whom.
    stranger = got(served, served.as_(Role.CASEWORKER, "En annan enhet"), f"/{second}/publication")
    assert (stranger["mine"], stranger["withdrawn"]) == ([], told["withdrawn"])
    assert flaws(served.engine) == []


def test_an_old_version_is_not_published(served: Served, coordinator: Headers) -> None:
    run_id = made(served, coordinator)
    url = f"{URL}/{run_id}/publication"
    seen = served.client.get(f"{URL}/{run_id}", headers=coordinator).headers["etag"]
    assert served.client.post(url, headers=coordinator | {"If-Match": '"old"'}).status_code == 412
    assert served.client.post(url, headers=coordinator | {"If-Match": seen}).status_code == 201


def test_a_plan_compared_with_another(served: Served, coordinator: Headers) -> None:
    first = made(served, coordinator)
    chains = all_chains(served, coordinator, first)
    step = next(step for chain in chains for step in chain["steps"])
    pair = {"household": step["household_id"], "pool": step["pool_id"]}
    second = made(served, coordinator, limits={"blocks": [pair]})
    told = got(served, coordinator, f"/{first}/difference", to=second)
    assert step["household_id"] in {one["household"] for one in told["changed"]}
    assert told["changed_of_others"] == 0
    other = got(served, served.as_(Role.CASEWORKER, "En annan enhet"), f"/{first}/difference", to=second)
    assert (other["changed"], other["changed_of_others"]) == ([], len(told["changed"]))
    assert other["kept"] == told["kept"]
    assert got(served, coordinator, f"/{first}/difference", to=first)["changed"] == []


def test_a_replay_is_the_same(served: Served, coordinator: Headers) -> None:
    run_id = made(served, coordinator)
    answer = served.client.post(f"{URL}/{run_id}/replay", headers=coordinator)
    assert answer.status_code == 202
    from tests.server.jobs.working import stored, work_off

    work_off(served)
    result = stored(served, answer.json()["job_id"]).result
    assert result is not None
    assert (result["same"], result["differs"]) == (True, [])


def test_a_plan_that_is_stopped_keeps_the_best_with_true_bounds(
    served: Served, coordinator: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    best = got(served, coordinator, f"/{made(served, coordinator)}")

    def stopped_at_once() -> Stop:
        stop = Stop()
        stop.now()
        return stop

    monkeypatch.setattr(kind, "Stop", stopped_at_once)
    job = plan_job(served, coordinator)
    assert job["state"] == "cancelled"
    assert job["result"]["status"] == "feasible"
    run_id = job["result"]["run_id"]
    shown = got(served, coordinator, f"/{run_id}")
    assert (shown["state"], shown["status"]) == ("draft", "feasible")
    for goal, most in zip(shown["goals"], best["goals"], strict=True):
        sign = -1 if goal["name"] == "cost" else 1
        assert sign * goal["bound"] >= sign * goal["value"]
        if goal["name"] == best["goals"][0]["name"]:
            assert goal["value"] <= most["value"] <= goal["bound"]
    assert replay(served.engine, run_id).same


def test_limits_that_cannot_be_kept_are_named(served: Served, coordinator: Headers) -> None:
    chains = all_chains(served, coordinator, made(served, coordinator))
    step = chains[0]["steps"][0]
    pair = {"household": step["household_id"], "pool": step["pool_id"]}
    job = plan_job(served, coordinator, limits={"pins": [pair], "most": 0})
    assert (job["state"], job["result"]) == ("failed", None)
    assert job["problem"]["type"] == "/problems/limits_conflict"
    assert sorted(error["where"] for error in job["problem"]["errors"]) == ["most", "pins"]
    assert any(step["household_id"] in error["what"] for error in job["problem"]["errors"])
    unknown = plan_job(served, coordinator, limits={"reserves": {"P999": 1}})
    assert unknown["problem"]["detail"].startswith("En gräns nämner P999")


def test_what_is_asked_is_looked_at_before_anybody_waits(served: Served, coordinator: Headers) -> None:
    hidden = {"limits": {"pins": [{"household": "nobody", "pool": "P1"}]}}
    for body, status in (
        (hidden, 404),
        ({"like": 999}, 404),
        ({"moves": 0}, 422),
        ({"moves": "sometimes"}, 422),
        ({"time_limit": 0}, 422),
        ({"limits": {"women_share": 1.5}}, 422),
        ({"limits": {"budget": -1}}, 422),
        ({"as_of": "2026-02-30"}, 422),
    ):
        answer = served.client.post(URL, json=body, headers=coordinator)
        assert answer.status_code == status, (body, answer.text)
    assert served.client.get("/api/v1/jobs", headers=coordinator).json()["total"] == 0


def test_the_same_key_asks_once(served: Served, coordinator: Headers) -> None:
    key = coordinator | {"Idempotency-Key": "morgon"}
    first, second = (served.client.post(URL, json={"as_of": str(AS_OF)}, headers=key) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["location"] == first.headers["location"]
    assert served.client.get("/api/v1/jobs", headers=coordinator).json()["total"] == 1


def test_only_coordinators_make_plans(served: Served) -> None:
    for role in (Role.CASEWORKER, Role.PLANNER, Role.MANAGER, Role.AUDITOR, Role.ADMIN):
        headers = served.as_(role, "Bromma")
        assert served.client.post(URL, json={}, headers=headers).status_code == 403
