"""`match`: the answer's shape, its goal values, its repeatability, and what people are told."""

import csv
import json
import random
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from models.database import open_database
from models.store import load_frozen, load_run

from .conftest import DATA, DAY, SMALL, Command

CITIES = ("small-city", "chain-city")
KNOWN = [
    (city, moves, record["goals"])
    for city in CITIES
    for moves, record in json.loads((DATA / city / "expected.json").read_text("utf-8"))["moves"].items()
]
GOALS = [*(f"tier_{n}" for n in range(1, 6)), "points", "fit", "cost"]


@pytest.mark.parametrize(("city", "moves", "goals"), KNOWN, ids=[f"{known[0]}-{known[1]}" for known in KNOWN])
def test_known_goal_values(hemvist: Command, city: str, moves: str, goals: Mapping[str, int]) -> None:
    hemvist("import", str(DATA / city), *DAY)
    run = hemvist("match", *DAY, "--moves", moves, "--json", "-").data["run"]
    assert {goal["name"]: goal["value"] for goal in run["goals"]} == goals
    assert run["status"] == "optimal"
    assert all(goal["value"] == goal["bound"] for goal in run["goals"])
    assert str(run["moves"]) == moves


def test_shape_of_the_answer(small_city: Command) -> None:
    answer = small_city("match", *DAY, "--json", "-").data
    assert list(answer) == ["run", "proposals", "conditional", "unmatched"]
    assert list(answer["run"]) == [
        *("id", "as_of", "moves", "policy", "inputs", "engine", "status", "seconds"),
        *("goals", "conditional_goals"),
    ]
    for goals in (answer["run"]["goals"], answer["run"]["conditional_goals"]):
        assert [goal["name"] for goal in goals] == GOALS
        assert all(list(goal) == ["name", "value", "bound"] for goal in goals)
    keys = [
        "household",
        "pool",
        "from_pool",
        "tier",
        "points",
        "fit",
        "monthly_cost_sek",
        "chain",
        "step",
        "ask",
    ]
    assert all(list(entry) == keys for entry in answer["proposals"])
    assert all(list(entry) == ["household", "pool", "tier", "needs"] for entry in answer["conditional"])
    keys = ["household", "tier", "points", "cause", "missing", "blocking", "other_help"]
    assert all(list(entry) == keys for entry in answer["unmatched"])
    assert {entry["cause"] for entry in answer["unmatched"]} <= {
        *("stays", "outcompeted", "needs_information", "no_eligible_pool")
    }


def test_the_run_is_stored_with_all_that_it_was_given(small_city: Command, database: Path) -> None:
    answer = small_city("match", *DAY, "--json", "-").data
    engine = open_database(str(database))
    stored = load_run(engine, answer["run"]["id"])
    assert stored is not None
    run, proposals = stored
    assert run.inputs_hash == answer["run"]["inputs"]
    assert run.policy_hash == answer["run"]["policy"]
    assert set(run.versions) == {"python", "hemvist", "numpy", "ortools"}
    assert run.result["proposals"] == answer["proposals"]
    assert {p.household_id: p.pool_id for p in proposals} == {
        entry["household"]: entry["pool"] for entry in [*answer["proposals"], *answer["conditional"]]
    }
    assert load_frozen(engine, run.inputs_hash)
    engine.dispose()


def shuffled_copy(folder: Path, city: str) -> Path:
    copy = Path(shutil.copytree(DATA / city, folder / "shuffled"))
    luck = random.Random(7)
    for file in copy.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            header, *rows = list(csv.reader(stream))
        luck.shuffle(rows)
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows])
    return copy


def without_name_and_time(answer: dict[str, Any]) -> str:
    del answer["run"]["id"], answer["run"]["seconds"]
    return json.dumps(answer, ensure_ascii=False)


@pytest.mark.parametrize("city", CITIES)
def test_shuffled_rows_give_the_same_answer(hemvist: Command, tmp_path: Path, city: str) -> None:
    answers = []
    for name, folder in (("one", DATA / city), ("two", shuffled_copy(tmp_path, city))):
        base = ("--db", str(tmp_path / f"{name}.sqlite"))
        assert hemvist("import", str(folder), *DAY, *base).status == 0
        answers.append(without_name_and_time(hemvist("match", *DAY, *base, "--json", "-").data))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Matchning 15 januari 2026", "Bevisat bästa", "35 av 115 hushåll", "Kvinnor", "13 248")),
        ("en", ("Match of 15 January 2026", "Proven best", "35 of 115 households", "Women", "13,248")),
    ],
)
def test_summary_for_people(small_city: Command, language: str, words: tuple[str, ...]) -> None:
    said = small_city("match", *DAY, "--lang", language, "--moves", "unlimited")
    assert said.status == 0
    text = said.out.replace("\N{NO-BREAK SPACE}", " ")
    assert [word for word in words if word not in text] == []
    assert not set("│┃─━╭╰\x1b") & set(said.out)


def test_what_is_not_proven_is_not_called_proven(small_city: Command) -> None:
    said = small_city("match", *DAY, "--time-limit", "0,000001")
    assert said.status == 0
    assert "Bevisat bästa" not in said.out
    assert "gräns" in said.out


def test_json_to_a_file_leaves_the_text_for_people(small_city: Command, tmp_path: Path) -> None:
    file = tmp_path / "svar.json"
    said = small_city("match", *DAY, "--json", str(file))
    assert said.out.startswith("Matchning")
    assert json.loads(file.read_text(encoding="utf-8"))["run"]["as_of"] == "2026-01-15"


def test_nobody_moves(small_city: Command) -> None:
    said = small_city("match", *DAY, "--moves", "none", "--json", "-").data
    assert said["run"]["moves"] == "none"
    assert all(entry["from_pool"] is None for entry in said["proposals"])
    with (DATA / "small-city" / "households.csv").open(encoding="utf-8", newline="") as stream:
        residents = {row["household_id"] for row in csv.DictReader(stream) if row["current_pool_id"]}
    assert residents
    assert not residents & {entry["household"] for entry in said["unmatched"]}


def test_nobody_is_named_in_two_places(hemvist: Command) -> None:
    hemvist("import", SMALL, *DAY)
    answer = hemvist("match", *DAY, "--json", "-").data
    proposed = [entry["household"] for entry in answer["proposals"]]
    left = [entry["household"] for entry in answer["unmatched"]]
    assert len(set(proposed)) == len(proposed)
    assert not set(proposed) & set(left)
