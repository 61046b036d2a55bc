"""A run's figures of people: in steps of five and never a count from 1 to 4, wherever they are told."""

import re
from collections.abc import Iterator
from typing import Any

from api.usecases.scenario_runs.rounding import shown_interval, shown_series, step_of
from api.usecases.scenario_runs.shown import shown_run
from models.access import Role
from models.store import load_experiment
from tests.server.conftest import Served
from tests.server.jobs.working import work_off

BASE = "/api/v1"
MEASURES = ("waiting", "paused", "placed", "entries", "occupied", "arrivals", "exits", "refusals")
ASKED = {"stacks": [["arrivals_plus_20"]], "weeks": 8, "replications": 4, "seed": 7}


def intervals(told: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every figure with its interval, by measure, wherever it stands."""
    if isinstance(told, list):
        for one in told:
            yield from intervals(one, name)
    elif isinstance(told, dict):
        here = told.get("measure", name)
        if "mean" in told:
            yield here, told
        for key, one in told.items():
            known = key.partition(".")[0] in MEASURES
            yield from intervals(one, key if known else here)


def test_a_level_and_a_difference_are_told_in_steps() -> None:
    for mean in range(-40, 41):
        told = shown_interval("waiting.women", {"mean": float(mean), "low": mean - 1.0, "high": mean + 1.0})
        if 0 < abs(mean) < 5:
            assert (told["mean"], told["low"], told["high"], told["shown"]) == (None, None, None, "<5")
        else:
            assert all(told[part] % 5 == 0 for part in ("mean", "low", "high"))
            assert abs(told["mean"] - mean) <= 2.5
    # Two households all nights of a week are 14 nights.
    assert shown_interval("nights_hotel", {"mean": 14.0, "low": 9.0, "high": 19.0})["shown"] == "<35"


def test_waits_and_costs_of_few_are_left_out_with_them() -> None:
    wait = {"mean": [80.0, 90.0], "low": [None, 1.0], "high": [None, 2.0]}
    told = shown_series("wait_median_days.women", wait, [True, False])
    assert told["mean"] == [None, 90.0]
    assert told["high"] == [None, 2.0]


def test_no_small_count_anywhere_in_a_run(served: Served) -> None:
    planner = served.as_(Role.PLANNER)
    answer = served.client.post(f"{BASE}/scenario-runs", json=ASKED, headers=planner)
    work_off(served)
    job = served.client.get(answer.headers["location"], headers=planner).json()
    number = job["result"]["experiment_id"]
    found = load_experiment(served.engine, number)
    assert found is not None
    exact = list(intervals(found[1]["scenarios"]))
    for told in (
        served.client.get(f"{BASE}/scenario-runs/{number}", headers=planner).json(),
        job["partial"] or {},
    ):
        for measure, one in intervals(told):
            step = step_of(measure) if measure else None
            if step is None:
                continue
            means = one["mean"] if isinstance(one["mean"], list) else [one["mean"]]
            assert all(mean is None or mean % step == 0 for mean in means), (measure, one)
    assert any(isinstance(one["mean"], float) and 0 < one["mean"] < 5 for _, one in exact)
    for path in ("", "/table"):
        text = served.client.get(f"{BASE}/scenario-runs/{number}{path}", headers=planner).text
        assert "<5" in text or "\\u003c5" in text
    rows = served.client.get(f"{BASE}/scenario-runs/{number}/table", headers=planner).text.splitlines()
    occupied = [row.split(";") for row in rows if ";occupied" in row]
    assert occupied
    assert all(cell in ("<5", "") or float(cell) % 5 == 0 for row in occupied for cell in row[3:])


def test_sentences_tell_rounded_figures_alone() -> None:
    def side(mean: float) -> dict[str, float]:
        return {"mean": mean, "low": mean - 0.4, "high": mean + 0.4}

    def figure(measure: str, before: float, after: float) -> dict[str, Any]:
        sides = {"before": side(before), "after": side(after), "difference": side(after - before)}
        return {"measure": measure, "a_year": False, "verdict": "clear", **sides}

    figures = [figure("women_gap_structural", 23.0, 12.0), figure("women_gap_now", 17.0, 14.0)]
    titles = {"sv": "Fler", "en": "More"}
    told = {"name": "b", "headline": {"sv": "17", "en": "17"}, "points": {}, "sides": {}}
    kept = {
        "scenarios": [{"name": "a", "measures": {}, "difference": {}}],
        "figures": [{"name": "b", "title": titles, "figures": figures}],
        "summary": [told],
    }
    (shown,) = shown_run(kept)["summary"]
    for language in ("sv", "en"):
        text = " ".join([shown["headline"][language], *shown["points"][language]])
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        assert numbers
        assert all(number % 5 == 0 for number in numbers), text
