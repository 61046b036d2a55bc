"""`replay` and `compare`: stored runs solved again and set side by side, after the data has moved on."""

import csv
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.usecases.matching import versions
from models.database import open_database
from models.store import load_run, save_run
from optimiser.policy.frozen import freeze_policy
from optimiser.policy.load import PolicyData, digest_of, load_policy_data

from .conftest import DATA, DAY, Command


def match(hemvist: Command, *options: str) -> Any:
    said = hemvist("match", *DAY, *options, "--json", "-")
    assert said.status == 0, said.err
    return said.data


def changed(folder: Path, sheet: str, change: Callable[[dict[str, str]], None]) -> Path:
    """A copy of the small city with a change made in every row of a sheet that wants it."""
    shutil.copytree(DATA / "small-city", folder)
    file = folder / f"{sheet}.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        rows, names = list(reader), list(reader.fieldnames or [])
    for row in rows:
        change(row)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        writer.writerows(rows)
    return folder


def one_more(pool: str) -> Callable[[dict[str, str]], None]:
    def change(row: dict[str, str]) -> None:
        if row["pool_id"] == pool:
            row["capacity"] = str(int(row["capacity"]) + 1)

    return change


@pytest.fixture
def two_runs(small_city: Command, tmp_path: Path) -> tuple[Command, str, Any, Any]:
    """Run 1 on the small city and run 2 after the pool of its first proposal got one more place."""
    first = match(small_city, "--moves", "none")
    pool = first["proposals"][0]["pool"]
    folder = changed(tmp_path / "later", "pools", one_more(pool))
    assert small_city("import", str(folder), *DAY).status == 0
    return small_city, pool, first, match(small_city, "--moves", "none")


@pytest.mark.parametrize("moves", ["none", "2", "unlimited"])
def test_a_replay_gives_the_same(small_city: Command, moves: str) -> None:
    match(small_city, "--moves", moves)
    said = small_city("replay", "1", "--json", "-")
    assert said.status == 0
    assert said.data == {
        **{"run": 1, "same": True, "rechecked": False},
        **{"differs": [], "complaints": [], "versions": []},
    }
    assert "samma svar" in small_city("replay", "1").out


def test_a_replay_after_the_data_has_moved_on(two_runs: tuple[Command, str, Any, Any]) -> None:
    hemvist, _, first, second = two_runs
    assert first["run"]["inputs"] != second["run"]["inputs"]
    for run in ("1", "2"):
        assert hemvist("replay", run, "--json", "-").data["same"] is True


def test_a_changed_version_is_named(small_city: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    match(small_city)
    now = versions()
    monkeypatch.setattr("api.usecases.replaying.versions", lambda: {**now, "numpy": "99.0"})
    said = small_city("replay", "1", "--json", "-")
    assert said.data["same"] is True
    assert said.data["versions"] == [{"part": "numpy", "then": now["numpy"], "now": "99.0"}]
    assert "numpy" in small_city("replay", "1").out


def test_a_run_whose_policy_did_not_say_what_a_place_is(small_city: Command, database: Path) -> None:
    """Frozen before situations had levels there, it has a hash of its own and replays all the same."""
    match(small_city, "--moves", "unlimited")
    engine = open_database(f"sqlite:///{database}")
    stored = load_run(engine, 1)
    assert stored is not None
    tree = {part: entries for part, entries in load_policy_data().tree.items() if part != "situations"}
    older = PolicyData(tree, digest_of(tree))
    result = {**stored[0].result, "run": {**stored[0].result["run"], "policy": older.digest}}
    run = stored[0].model_copy(update={"policy_hash": older.digest, "result": result})
    number = save_run(engine, run, (), {older.digest: freeze_policy(older)})
    engine.dispose()
    said = small_city("replay", str(number), "--json", "-")
    assert said.status == 0
    assert (said.data["same"], said.data["versions"]) == (True, [])


def test_a_stored_answer_that_was_tampered_with_differs(small_city: Command, database: Path) -> None:
    household = match(small_city)["proposals"][0]["household"]
    with sqlite3.connect(database) as connection:
        table = table_with(connection, "inputs_hash")
        connection.execute(f"UPDATE {table} SET result = replace(result, '\"{household}\"', '\"H99999\"')")
    said = small_city("replay", "1", "--json", "-")
    assert (said.status, said.data["same"]) == (1, False)
    assert "proposals" in said.data["differs"]


def table_with(connection: sqlite3.Connection, column: str) -> str:
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if column in [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]:
            return str(table)
    raise AssertionError(f"no table has a column {column}")


def erase(database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute(f"DELETE FROM {table_with(connection, 'content')}")


def test_erased_inputs_are_said(two_runs: tuple[Command, str, Any, Any], database: Path) -> None:
    hemvist = two_runs[0]
    erase(database)
    for arguments in (("replay", "1"), ("compare", "1", "2")):
        said = hemvist(*arguments)
        assert (said.status, said.out) == (2, "")
        assert "gallrats" in said.err


@pytest.mark.parametrize("arguments", [("replay", "7"), ("replay", "ett"), ("compare", "1", "7")])
def test_a_run_that_is_not_there(small_city: Command, arguments: tuple[str, ...]) -> None:
    match(small_city)
    said = small_city(*arguments)
    assert said.status == 2
    assert "finns inte" in said.err


def test_a_run_stopped_by_its_limit_is_judged_again(small_city: Command, database: Path) -> None:
    first = match(small_city, "--moves", "none")
    with sqlite3.connect(database) as connection:
        table = table_with(connection, "inputs_hash")
        connection.execute(f"UPDATE {table} SET status = 'feasible'")
    said = small_city("replay", "1", "--json", "-").data
    assert (said["same"], said["rechecked"], said["complaints"]) == (True, True, [])
    first_household, first_pool = (first["proposals"][0][key] for key in ("household", "pool"))
    other = next(entry["pool"] for entry in first["proposals"] if entry["pool"] != first_pool)
    with sqlite3.connect(database) as connection:
        old, new = (f'"household": "{first_household}", "pool": "{pool}"' for pool in (first_pool, other))
        connection.execute(f"UPDATE {table} SET result = replace(result, ?, ?)", (old, new))
    said = small_city("replay", "1", "--json", "-")
    assert said.status == 1
    assert said.data["complaints"]
    assert "håller inte" in small_city("replay", "1").out


def test_two_runs_compared(two_runs: tuple[Command, str, Any, Any]) -> None:
    hemvist, pool, first, second = two_runs
    found = hemvist("compare", "1", "2", "--json", "-").data
    assert list(found) == ["before", "after", "settings", "goals", "kept", "changed"]
    assert [setting["name"] for setting in found["settings"]] == ["inputs"]
    before, after = ({e["household"]: e["pool"] for e in run["proposals"]} for run in (first, second))
    told = {one["household"]: (one["before"], one["after"]) for one in found["changed"]}
    everyone = {h: (before.get(h), after.get(h)) for h in before.keys() | after.keys()}
    assert told == {h: pair for h, pair in everyone.items() if pair[0] != pair[1]} != {}
    assert found["kept"] == len(everyone) - len(told)
    assert {r["id"] for one in found["changed"] for r in one["reasons"] if r["kind"] == "place"} == {
        f"{pool}.capacity"
    }
    values = [{goal["name"]: goal["value"] for goal in run["run"]["goals"]} for run in (first, second)]
    assert found["goals"] == [{"name": n, "before": values[0][n], "after": values[1][n]} for n in values[0]]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Från körning 1 till körning 2", "Platsen har ändrats, antal platser", "underlag")),
        ("en", ("From run 1 to run 2", "The place has changed, capacity", "inputs")),
    ],
)
def test_a_comparison_told_to_people(
    two_runs: tuple[Command, str, Any, Any], language: str, words: tuple[str, ...]
) -> None:
    said = two_runs[0]("compare", "1", "2", "--lang", language)
    assert said.status == 0
    assert [word for word in words if word not in said.out] == []


def test_a_fact_that_changed_is_told(small_city: Command, tmp_path: Path) -> None:
    first = match(small_city, "--moves", "none")
    household = first["proposals"][0]["household"]

    def leave(row: dict[str, str]) -> None:
        if row["household_id"] == household:
            row["situation"] = "housed"

    assert small_city("import", str(changed(tmp_path / "later", "households", leave)), *DAY).status == 0
    match(small_city, "--moves", "none")
    found = {e["household"]: e for e in small_city("compare", "1", "2", "--json", "-").data["changed"]}
    (reason,) = found[household]["reasons"]
    assert (reason["kind"], reason["id"], reason["after"]) == ("household", "situation", "housed")
    others = [r for h, e in found.items() if h != household for r in e["reasons"]]
    assert {r["kind"] for r in others} <= {"others"}
    said = small_city("compare", "1", "2").out
    assert "Hushållets uppgift har ändrats, boendesituation" in said


def test_the_same_run_twice(small_city: Command) -> None:
    match(small_city)
    match(small_city)
    found = small_city("compare", "1", "2", "--json", "-").data
    assert (found["settings"], found["changed"]) == ([], [])
    assert "Alla förslag är desamma" in small_city("compare", "1", "2").out


def test_other_moves_are_told_as_settings(small_city: Command) -> None:
    match(small_city, "--moves", "none")
    match(small_city, "--moves", "unlimited")
    settings = {s["name"]: s for s in small_city("compare", "1", "2", "--json", "-").data["settings"]}
    assert (settings["moves"]["before"], settings["moves"]["after"]) == ("none", "unlimited")
    assert small_city("compare", "1", "2").status == 0


def test_the_summary_stands_beside_simpler_ways(small_city: Command) -> None:
    said = small_city("match", *DAY, "--moves", "none").out
    for words in ("Vid sidan av enklare sätt", "Hemvist: ", "Först till kvarn", "Ett boende i taget"):
        assert words in said
    english = small_city("match", *DAY, "--moves", "none", "--lang", "en").out
    assert "First come" in english
    assert "One pool at a time" in english
