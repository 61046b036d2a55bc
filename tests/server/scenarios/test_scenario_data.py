"""What a what-if is built of, what it rests on, and a run as a table."""

import csv
import io
from typing import Any

import pytest

from models.access import Role
from scenarios.assumptions import load_assumptions
from scenarios.segments import SEGMENTS
from tests.server.conftest import Served
from tests.server.jobs.working import Headers, work_off

BASE = "/api/v1"


@pytest.fixture
def planner(served: Served) -> Headers:
    return served.as_(Role.PLANNER)


def ask(served: Served, headers: Headers, path: str, language: str = "sv") -> Any:
    answer = served.client.get(f"{BASE}{path}", headers=headers | {"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_choices_are_told_in_words_and_can_be_sent_back(served: Served, planner: Headers) -> None:
    found = ask(served, planner, "/scenario-choices")
    assert list(found["segments"]) == ["all", *SEGMENTS]
    assert found["districts"] == sorted(found["districts"])
    school = next(one for one in found["entries"] if one["name"] == "school_continuity")
    number = next(one for one in school["parameters"] if one["parameter"] == "minutes_under_10")
    assert (school["part"], number["value"]) == ("rule", 30)
    assert "{" not in "".join(one["text"] for one in found["entries"])
    texts = dict.fromkeys(("title_sv", "title_en", "text_sv", "text_en"), "a")
    changes = [
        {"kind": "rule", one["part"]: one["name"], "parameter": n["parameter"], "value": n["value"]}
        for one in found["entries"]
        for n in one["parameters"]
    ]
    content = {"name": "alla_tal", **texts, "change": changes}
    told = served.client.post(f"{BASE}/scenario-checks", json={"content": content}, headers=planner).json()
    assert [fault for fault in told["faults"] if fault["severity"] == "error"] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_number_says_what_it_rests_on(served: Served, planner: Headers, language: str) -> None:
    told = ask(served, planner, "/assumptions", language)
    ours = load_assumptions().entries
    assert [one["key"] for one in told] == list(ours)
    for one in told:
        assert all((one["name"], one["unit"], one["group_text"]))
        assert (one["source"] == "") == (one["basis"] == "assumed")
        assert one["value"] == ours[one["key"]].value


def test_a_run_as_a_table(served: Served, planner: Headers) -> None:
    asked = {"weeks": 8, "replications": 4, "seed": 7, "stacks": [["arrivals_plus_20"]]}
    answer = served.client.post(f"{BASE}/scenario-runs", json=asked, headers=planner)
    work_off(served)
    job = served.client.get(answer.headers["location"], headers=planner).json()
    run = f"/scenario-runs/{job['result']['experiment_id']}"
    shown = ask(served, planner, run)
    assert len(ask(served, planner, f"{run}/assumptions")) == len(load_assumptions().entries)
    for language, apart in (("sv", ";"), ("en", ",")):
        table = served.client.get(f"{BASE}{run}/table", headers=planner | {"Accept-Language": language})
        rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig")), delimiter=apart))
        row = next(
            one
            for one in rows
            if (one["scenario"], one["measure"], one["period"]) == ("arrivals_plus_20", "waiting", "total")
        )
        of = shown["results"][1]
        assert float(row["mean"].replace(",", ".")) == of["measures"]["waiting"]["total"]["mean"]
        differs = of["difference"]["waiting"]
        assert row["difference_mean"] == (differs.get("shown") or f"{differs['mean']:g}")
        months = {one["period"] for one in rows} - {"total"}
        assert months == set(shown["months"])


def test_a_run_that_is_not_there(served: Served, planner: Headers) -> None:
    for path in ("assumptions", "table"):
        assert served.client.get(f"{BASE}/scenario-runs/999999/{path}", headers=planner).status_code == 404
