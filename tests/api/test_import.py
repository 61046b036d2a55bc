"""`import` and `export`: what was taken in, every fault, nothing twice."""

import json
import shutil
from pathlib import Path

import pytest

from models.database import open_database
from models.store import read_dataset

from .conftest import DATA, DAY, SMALL, Command

FAULTY = str(DATA / "small-city-faulty")
PLANTED = json.loads((DATA / "small-city-faulty" / "faults.json").read_text(encoding="utf-8"))


def rows(database: Path) -> int:
    engine = open_database(str(database))
    dataset = read_dataset(engine)
    engine.dispose()
    return len(dataset.households) + len(dataset.pools)


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Inläst per 15 januari 2026"), ("en", "Imported as of 15 January 2026")]
)
def test_import(hemvist: Command, language: str, words: str) -> None:
    said = hemvist("import", SMALL, *DAY, "--lang", language)
    assert said.status == 0
    assert words in said.out
    assert said.err == ""


def test_import_twice_changes_nothing(hemvist: Command) -> None:
    first = hemvist("import", SMALL, *DAY, "--json", "-").data
    second = hemvist("import", SMALL, *DAY, "--json", "-").data
    assert first["inserted"] == second["unchanged"] > 600
    assert (second["inserted"], second["updated"]) == (0, 0)
    assert list(second) == [
        *("as_of", "dry_run", "inserted", "updated", "unchanged"),
        *("sheets", "faults", "quarantined", "mended"),
    ]


def test_swedish_export_of_the_same_city_changes_nothing(small_city: Command) -> None:
    said = small_city("import", str(DATA / "small-city-sv"), *DAY, "--json", "-").data
    assert (said["inserted"], said["updated"], said["faults"]) == (0, 0, [])


def test_every_planted_fault_is_named(hemvist: Command, database: Path) -> None:
    said = hemvist("import", FAULTY, *DAY)
    assert (said.status, said.out) == (2, "")
    lines = said.err.splitlines()
    assert len(lines) == len(PLANTED) + 1
    for planted in PLANTED:
        place = f"{planted['file']}, rad {planted['row']}, {planted['column']}"
        assert [line for line in lines if line.startswith((f"{place},", f"{place}:"))], planted
    assert lines[-1].startswith(f"{len(PLANTED)} fel")
    assert rows(database) == 0


def test_faults_as_json(hemvist: Command) -> None:
    said = hemvist("import", FAULTY, *DAY, "--json", "-", "--lang", "en")
    assert said.status == 2
    faults = said.data["faults"]
    assert all(list(f) == ["file", "row", "column", "value", "kind", "message", "remedy"] for f in faults)
    named = {(f["file"], f["row"], f["column"], f["kind"]) for f in faults}
    assert named == {(p["file"], p["row"], p["column"], p["kind"]) for p in PLANTED}
    assert said.data["inserted"] == 0
    assert "19121212" not in said.out + said.err


def test_quarantine_imports_the_rest(hemvist: Command) -> None:
    said = hemvist("import", FAULTY, *DAY, "--quarantine", "--json", "-")
    assert said.status == 0
    assert said.data["inserted"] > 400
    assert {entry["kind"] for entry in said.data["quarantined"]} >= {"household", "pool"}
    mended = hemvist("import", SMALL, *DAY)
    assert mended.status == 0
    assert "Har kommit rätt" in mended.out


def test_quarantine_lists_what_was_set_aside(hemvist: Command) -> None:
    said = hemvist("import", FAULTY, *DAY, "--quarantine", "--lang", "en")
    assert "Set aside until mended" in said.out
    assert "households.csv, row 5, situation" in said.out


def test_dry_run_writes_nothing(hemvist: Command, database: Path) -> None:
    said = hemvist("import", SMALL, *DAY, "--dry-run")
    assert said.status == 0
    assert "ingenting har skrivits" in said.out
    assert rows(database) == 0


@pytest.mark.parametrize("kind", ["csv", "csv-sv", "xlsx"])
def test_export_and_import_again(small_city: Command, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "ut"
    said = small_city("export", str(folder), "--format", kind)
    assert said.status == 0
    assert "hushåll" in said.out
    again = small_city("import", str(folder), *DAY, "--json", "-").data
    assert (again["inserted"], again["updated"], again["faults"]) == (0, 0, [])


def test_export_in_english(small_city: Command, tmp_path: Path) -> None:
    assert "Written to" in small_city("export", str(tmp_path / "out"), "--lang", "en").out


def test_exported_files_are_the_same_every_time(small_city: Command, tmp_path: Path) -> None:
    for name in ("one", "two"):
        small_city("export", str(tmp_path / name))
    files = sorted(file.name for file in (tmp_path / "one").iterdir())
    assert "households.csv" in files
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)


def test_a_child_born_after_the_day_is_a_fault_of_that_day(hemvist: Command) -> None:
    said = hemvist("import", SMALL, "--as-of", "1990-01-01", "--json", "-")
    assert said.status == 2
    assert "after the as-of date or in the future" in {fault["kind"] for fault in said.data["faults"]}


def test_an_awkward_file_is_named(hemvist: Command, tmp_path: Path) -> None:
    city = Path(shutil.copytree(SMALL, tmp_path / "stad"))
    (city / "pools.csv").write_bytes(b"")
    (city / "quotas.csv").write_bytes("år\n".encode("utf-16"))
    said = hemvist("import", str(city), *DAY)
    assert said.status == 2
    assert "pools.csv: Filen är tom." in said.err
    assert "quotas.csv: Filen går inte att läsa" in said.err
