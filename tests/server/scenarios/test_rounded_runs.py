"""A run's figures of people: in steps of five and never a count from 1 to 4, wherever they are told."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from api.usecases.scenario_runs.borders import Border, turns_of
from api.usecases.scenario_runs.rounding import A_WEEK, Grain, shown_interval, shown_series
from api.usecases.scenario_runs.shown import shown_run
from api.usecases.scenario_runs.stacking import Written, stacks_of
from api.usecases.stacks import compile_stacks
from models.access import Role
from models.dataset import Dataset
from models.store import load_experiment
from tests.server.conftest import AS_OF, Served
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
            first = key.partition(".")[0]
            known = first in MEASURES or first.endswith("_sek")
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


def test_costs_are_told_in_steps_of_five_people() -> None:
    grain = Grain(place_week_sek=10_000.0, restoration_sek=24_000.0)
    three = {"mean": 30_000.0, "low": 30_000.0, "high": 30_000.0}
    assert shown_interval("cost_sek.women", three, grain=grain)["shown"] == "<50000"
    # Those who know what a place costs cannot tell five from seven, week by week or over all weeks.
    for weeks in (1, 4, 26, 260):
        whole, at_most = grain.whole(weeks), min(weeks, 26)
        step = whole.step("cost_sek")
        assert step is not None
        assert step >= 5 * 10_000 * at_most
        few = dict.fromkeys(("mean", "low", "high"), 4 * 10_000.0 * at_most)
        assert shown_interval("cost_sek", few, grain=whole)["mean"] is None
    assert grain.whole(260).step("cost_restoration_sek") == 120_000
    assert grain.whole(260).step("nights_hotel") == 910
    assert grain.whole(260).step("placed") == 5
    # A year's worth of five years: a fifth of the step of the sum, near enough.
    step = grain.a_year(260).step("cost_total_sek")
    assert step == 270_000
    assert shown_interval("cost_sek", three)["mean"] is None, "no price is known, so no cost is told"


def test_a_known_house_beside_a_hidden_one_tells_nothing_of_it() -> None:
    """A scenario lets a known 5 to 9 and a hidden 1 to 4 be counted together, in stretch after stretch."""
    for hidden in (1, 2, 3, 4):
        seen = []
        for salt in range(400):
            border = Border(f"{salt:064x}", "reform", (1, 2, 3, 4))
            grain = Grain(border=border)
            told = [grain.in_week(at).to_step("occupied.famvux", 5 + at + hidden) for at in range(5)]
            seen.append(sum(step for step in told if step is not None))
            assert all(abs(step - (5 + at + hidden)) < 5 for at, step in enumerate(told) if step is not None)
        known = sum(5 + at + hidden for at in range(5))
        # Rounded up or down by chance: right on the whole, and what one run tells may be any of them.
        assert abs(np.mean(seen) - known) < 1.0
        assert min(seen) <= known - 5
        assert max(seen) >= known + 5


def test_a_border_stays_where_it_is_until_something_changes() -> None:
    border = Border("ab" * 32, "reform", (10, 20))
    shares = [border.in_week(week).share("waiting") for week in range(30)]
    assert [len(set(part)) for part in (shares[:10], shares[10:20], shares[20:])] == [1, 1, 1]
    assert len(set(shares)) == 3
    assert border.share("waiting") != border.share("placed")
    assert border.share("waiting") != Border("cd" * 32, "reform", (10, 20)).share("waiting")
    assert Grain(border=border).to_step("waiting", 0.0) == 0.0
    assert Grain(border=border).to_step("waiting", 35.000000000001) == 35.0


def test_the_weeks_at_which_a_scenario_turns() -> None:
    words = {"title_sv": "a", "title_en": "a", "text_sv": "b", "text_en": "b"}
    change = {"kind": "arrivals", "segments": "all", "factor": 1.5, "from_week": 3, "until_week": 6}
    own = Written(content={"name": "more", **words, "change": [change]})
    reforms, _ = compile_stacks(Dataset(), AS_OF, stacks_of([own], [["more"]]), 10)
    assert [turns_of(reform) for _, reform in reforms] == [(), (3, 6)]


def test_what_a_house_costs_does_not_tell_who_lives_there(served: Served) -> None:
    planner = served.as_(Role.PLANNER)
    price = 1_000_000_000
    change = {"kind": "convert", "pool": "P001", "monthly_cost_sek": price}
    words = {"title_sv": "a", "title_en": "a", "text_sv": "b", "text_en": "b"}
    asked = {
        "own": [{"content": {"name": "dear", **words, "change": [change]}}],
        "stacks": [["dear"]],
        "weeks": 4,
        "replications": 4,
    }
    answer = served.client.post(f"{BASE}/scenario-runs", json=asked, headers=planner)
    assert answer.status_code == 202, answer.text
    work_off(served)
    job = served.client.get(answer.headers["location"], headers=planner).json()
    number = job["result"]["experiment_id"]
    found = load_experiment(served.engine, number)
    assert found is not None
    exact = found[1]["scenarios"][1]["difference"]["cost_sek"]["mean"]
    assert exact > price / 2, "the price does tell how many, unless it is hidden"
    told = served.client.get(f"{BASE}/scenario-runs/{number}", headers=planner).json()
    week = 5 * price * 84 / 365
    for measure, one in intervals([told, job["partial"] or {}]):
        if not measure.partition(".")[0].endswith("_sek") or measure.startswith("cost_restoration"):
            continue
        means = one["mean"] if isinstance(one["mean"], list) else [one["mean"]]
        assert all(mean is None or mean == 0 or abs(mean) >= 0.99 * week for mean in means), (measure, one)


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
            step = A_WEEK.step(measure) if measure else None
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
        "scenarios": [{"name": name, "weeks": 52, "measures": {}, "difference": {}} for name in "ab"],
        "figures": [{"name": "b", "title": titles, "figures": figures}],
        "summary": [told],
    }
    (shown,) = shown_run(kept)["summary"]
    for language in ("sv", "en"):
        text = " ".join([shown["headline"][language], *shown["points"][language]])
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        assert numbers
        assert all(number % 5 == 0 for number in numbers), text
