"""Scenarios over the web: told in words, looked at, run beside today's city, and nobody is in them."""

from typing import Any

import pytest

from models.access import Role
from models.store import read_dataset
from scenarios.whatif.load import library
from tests.server.conftest import Served
from tests.server.jobs.working import Headers, stored, work_off

BASE = "/api/v1"
OWN = """
name = "fler"
title_sv = "Fler kommer"
title_en = "More come"
text_sv = "Fler kommer."
text_en = "More come."
[[change]]
kind = "arrivals"
segments = "all"
factor = 1.5
"""
SMALL = {"weeks": 8, "replications": 4, "seed": 7}


@pytest.fixture
def planner(served: Served) -> Headers:
    return served.as_(Role.PLANNER)


def run_job(served: Served, headers: Headers, **asked: Any) -> dict[str, Any]:
    answer = served.client.post(f"{BASE}/scenario-runs", json={**SMALL, **asked}, headers=headers)
    assert answer.status_code == 202, answer.text
    work_off(served)
    job: dict[str, Any] = served.client.get(answer.headers["location"], headers=headers).json()
    return job


def test_the_library_in_both_languages(served: Served, planner: Headers) -> None:
    swedish = served.client.get(f"{BASE}/scenarios", headers=planner).json()
    english = served.client.get(f"{BASE}/scenarios", headers=planner | {"Accept-Language": "en"}).json()
    assert [line["name"] for line in swedish] == ["baseline", *library()]
    assert (swedish[0]["title"], english[0]["title"]) == ("Som i dag", "As today")
    for line in swedish:
        shown = served.client.get(f"{BASE}/scenarios/{line['name']}", headers=planner).json()
        assert len(shown["told"]) == line["changes"]
        assert all(change["sentence"].endswith(".") for change in shown["told"])
    assert served.client.get(f"{BASE}/scenarios/scenario.toml", headers=planner).status_code == 404


def test_an_own_scenario_is_looked_at(served: Served, planner: Headers) -> None:
    sound = served.client.post(f"{BASE}/scenario-checks", json={"toml": OWN}, headers=planner).json()
    assert (sound["sound"], sound["faults"], len(sound["scenario"]["told"])) == (True, [], 1)
    content = {"name": "fel", "change": [{"kind": "close_pool", "pool": "P999"}, {"kind": "arrivals"}]}
    faulty = served.client.post(f"{BASE}/scenario-checks", json={"content": content}, headers=planner).json()
    assert not faulty["sound"]
    assert {fault["key"] for fault in faulty["faults"]} >= {"text_sv", "text_en"}
    # What the form lacks hides nothing of what the city lacks, neither here nor when it is asked to run.
    assert {(fault["change"], fault["key"]) for fault in faulty["faults"]} >= {(1, "pool"), (2, "factor")}
    run = {"own": [{"content": content}], "weeks": 26, "replications": 10}
    refused = served.client.post(f"{BASE}/scenario-runs", json=run, headers=planner).json()
    assert [(fault["change"], fault["key"]) for fault in refused["errors"]] == [
        (fault["change"], fault["key"]) for fault in faulty["faults"]
    ]
    assert all(fault["remedy"] for fault in faulty["faults"])
    there = {**content, "title_sv": "a", "title_en": "a", "text_sv": "a", "text_en": "a"}
    there["change"] = [{"kind": "close_pool", "pool": "P999"}]
    found = served.client.post(f"{BASE}/scenario-checks", json={"content": there}, headers=planner).json()
    assert [(fault["change"], fault["key"]) for fault in found["faults"]] == [(1, "pool")]


def test_nonsense_is_a_fault_and_no_error(served: Served, planner: Headers) -> None:
    for toml in ("x = [" * 5000, "= 1", "[[change]]\nkind = 3", "\\u0001", ""):
        answer = served.client.post(f"{BASE}/scenario-checks", json={"toml": toml}, headers=planner)
        assert (answer.status_code, answer.json()["sound"]) == (200, False), toml[:20]


def test_a_run_from_first_figures_to_sentences(served: Served, planner: Headers) -> None:
    job = run_job(served, planner, own=[{"toml": OWN}], stacks=[["fler"], ["fler", "arrivals_plus_20"]])
    assert job["state"] == "done", job
    assert job["parameters"]["scenarios"] == ["baseline", "fler", "fler+arrivals_plus_20"]
    number = job["result"]["experiment_id"]
    shown = served.client.get(f"{BASE}/scenario-runs/{number}", headers=planner).json()
    assert shown["scenarios"] == job["parameters"]["scenarios"]
    assert [told["name"] for told in shown["figures"]] == shown["scenarios"]
    assert [told["name"] for told in shown["summary"]] == shown["scenarios"][1:]
    assert shown["summary"][0]["headline"].startswith("Med ”Fler kommer”:")
    english = served.client.get(
        f"{BASE}/scenario-runs/{number}", headers=planner | {"Accept-Language": "en"}
    ).json()
    assert "More come" in english["summary"][0]["headline"]
    for told in shown["figures"][1:]:
        for figure in told["figures"]:
            assert {"before", "after", "difference", "verdict"} <= set(figure)
    for result in shown["results"][1:]:
        assert result["finished"] == SMALL["replications"]
        assert result["groups"]
    line = served.client.get(f"{BASE}/scenario-runs", headers=planner).json()["items"][0]
    assert line["experiment_id"] == number


def test_nobody_of_the_real_city_comes_out(served: Served, planner: Headers) -> None:
    job = run_job(served, planner, stacks=[["arrivals_plus_20"]])
    text = served.client.get(f"{BASE}/scenario-runs/{job['result']['experiment_id']}", headers=planner).text
    answer = served.client.post(f"{BASE}/capacity-plans", json={}, headers=planner)
    work_off(served)
    text += served.client.get(answer.headers["location"], headers=planner).text + str(job)
    people = {row.household_id for row in read_dataset(served.engine).households}
    assert not any(f'"{person}"' in text or f"'{person}'" in text for person in people)


def test_another_way_of_sharing_places_out(served: Served, planner: Headers) -> None:
    job = run_job(served, planner, policy="first_come")
    assert job["parameters"]["scenarios"] == ["baseline", "matching_first_come"]
    assert job["state"] == "done"


def test_first_figures_stand_with_the_job(
    served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.jobs.progress import Progress

    told: list[dict[str, Any]] = []
    note = Progress.note

    def noted(self: Progress, done: int, total: int | None = None, partial: Any = None) -> None:
        if partial is not None:
            told.append(partial)
        note(self, done, total, partial)

    monkeypatch.setattr(Progress, "note", noted)
    run_job(served, planner, stacks=[["arrivals_plus_20"]], weeks=60)
    assert told[0]["first_look"] is True
    assert told[0]["weeks"] < 60
    assert [scenario["name"] for scenario in told[0]["scenarios"]] == ["baseline", "arrivals_plus_20"]
    assert told[-1]["first_look"] is False
    assert told[-1]["replications"] == 4


def test_a_run_that_is_stopped_keeps_what_was_finished(
    served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.jobs.kinds.simulate import Teller
    from scenarios.experiments.experiment import Experiment

    refined = Teller.refined

    def stopped(self: Teller, experiment: Experiment) -> None:
        refined(self, experiment)
        if experiment.shared:
            self.progress.stopping.set()

    monkeypatch.setattr(Teller, "refined", stopped)
    job = run_job(served, planner, stacks=[["arrivals_plus_20"]])
    assert (job["state"], job["result"]["experiment_id"]) == ("cancelled", None)
    assert job["result"]["so_far"]["replications"] >= 1
    assert served.client.get(f"{BASE}/scenario-runs", headers=planner).json()["total"] == 0


def test_a_run_that_is_stopped_ends_between_two_weeks(
    served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.jobs.kinds.simulate import Teller
    from scenarios.experiments.experiment import Experiment

    seen: list[int] = []
    refined = Teller.refined

    def noted(self: Teller, experiment: Experiment) -> None:
        seen.append(experiment.done)
        refined(self, experiment)

    def stopped(self: Teller, look: Experiment) -> None:
        # As the asker's stop is heard of: in the middle of the first look, long before a replication ends.
        self.progress._set(self.progress.stopping)
        shown(self, look)

    shown = Teller.first_look
    monkeypatch.setattr(Teller, "refined", noted)
    monkeypatch.setattr(Teller, "first_look", stopped)
    job = run_job(served, planner, stacks=[["arrivals_plus_20"]], weeks=60)
    assert (job["state"], job["result"]) == ("cancelled", {"experiment_id": None, "so_far": None})
    assert seen == [0]


def test_what_is_asked_is_looked_at_first(served: Served, planner: Headers) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"stacks": [["no_such"]]}, "scenario_faults"),
        ({"stacks": [["/etc/passwd"]]}, "scenario_faults"),
        ({"stacks": [["tests/own.toml"]]}, "scenario_faults"),
        ({"own": [{"toml": "name ="}]}, "scenario_faults"),
        ({"own": [{"toml": OWN}, {"toml": OWN}]}, "same_scenario_name"),
        ({"own": [{"toml": OWN, "content": {}}]}, "malformed"),
        ({"weeks": 3}, "malformed"),
        ({"replications": 3}, "malformed"),
        ({"replications": 10**9}, "malformed"),
    ]
    for asked, key in wrong:
        answer = served.client.post(f"{BASE}/scenario-runs", json=asked, headers=planner)
        assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{key}"), asked
    assert served.client.get(f"{BASE}/jobs", headers=planner).json()["total"] == 0


def test_managers_read_and_do_not_run(served: Served, planner: Headers) -> None:
    job = run_job(served, planner, stacks=[["arrivals_plus_20"]])
    manager = served.as_(Role.MANAGER)
    url = f"{BASE}/scenario-runs"
    assert served.client.get(f"{url}/{job['result']['experiment_id']}", headers=manager).status_code == 200
    assert served.client.post(url, json={}, headers=manager).status_code == 403
    for role in (Role.CASEWORKER, Role.COORDINATOR):
        assert served.client.get(url, headers=served.as_(role, "Bromma")).status_code == 403


def test_a_capacity_plan_is_open_to_those_who_plan(served: Served, planner: Headers) -> None:
    url = f"{BASE}/capacity-plans"
    answer = served.client.post(url, json={"target": "women_gap_structural<=5"}, headers=planner)
    assert answer.status_code == 202
    work_off(served)
    job = stored(served, answer.json()["job_id"])
    assert job.result is not None, job.problem
    manager = served.as_(Role.MANAGER)
    shown = served.client.get(f"{url}/{job.job_id}", headers=manager).json()
    assert shown["target"] == "women_gap_structural<=5"
    assert served.client.get(url, headers=manager).json()["total"] == 1
    assert {"before", "after"}.isdisjoint(shown["plan"])
    assert {"before", "after"}.isdisjoint(job.result)
    assert set(shown["plan"]["short"]) == {"before", "after"}
    for target, key in (("women_gap_structural<=3", "target_too_small"), ("homes<=1", "bad_target")):
        refused = served.client.post(url, json={"target": target}, headers=planner)
        assert (refused.status_code, refused.json()["type"]) == (422, f"/problems/{key}")
