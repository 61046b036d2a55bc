"""`calibrate`: data, words, a file of assumptions, and refusals."""

import json
from pathlib import Path

import pytest

from api.texts import LANGUAGES, Language, Texts
from scenarios.assumptions import load_assumptions
from scenarios.calibration.end_reasons import ENDS, KINDS
from scenarios.segments import SEGMENTS

from .conftest import DAY, Command


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_every_part(language: Language) -> None:
    texts = Texts(language)
    wanted = [f"segment.{name}" for name in SEGMENTS]
    wanted += [f"calibrate.end.{end}" for end in ENDS] + [f"calibrate.kind.{kind}" for kind in KINDS]
    wanted += [f"calibrate.ground.{ground}" for ground in ("own", "pooled", "kept")]
    wanted += [f"calibrate.basis.{basis}" for basis in ("source", "calibrated", "assumed")]
    assert [key for key in wanted if not texts.has(key)] == []


def test_calibrate_as_data(demo_city: Command, tmp_path: Path) -> None:
    answer = demo_city("calibrate", "--json", "-").data
    assert answer["window"] == {"from": "2025-01-16", "to": "2026-01-15", "arrival_weeks": 26}
    one = next(entry for entry in answer["estimates"] if entry["key"] == "stays.akutboende.homeless")
    assert one["low"] < one["value"] < one["high"]
    assert one["in_force"]["value"] == load_assumptions().value("stays.akutboende.homeless")
    file = tmp_path / "answer.json"
    assert demo_city("calibrate", "--json", str(file)).status == 0
    assert json.loads(file.read_text(encoding="utf-8")) == answer


def test_calibrate_to_people(demo_city: Command) -> None:
    said = demo_city("calibrate")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("Kalibrering ur stadens egna vistelser, 16 januari 2025 – 15 januari 2026")
    assert "i registret som i dag" in said.out
    assert "Inget har ändrats" in said.out
    assert "Efter 12 månader: " in said.out
    row = next(line for line in said.out.splitlines() if line.startswith("  Akutboende") and "åter" in line)
    assert "egna" in row
    english = demo_city("--lang", "en", "calibrate").out
    assert english.startswith("Calibration from the city's own stays, 16 January 2025")
    assert "its level (assumed)" in english


def test_what_is_written_is_loaded(demo_city: Command, tmp_path: Path) -> None:
    file = tmp_path / "calibrated.toml"
    said = demo_city("calibrate", "--weeks", "104", "--write", str(file))
    assert said.status == 0
    assert str(file) in said.out
    written = load_assumptions(file)
    assert written.entries["stays.akutboende.left"].basis == "calibrated"
    assert "2024-01-18 to 2026-01-15" in written.entries["stays.akutboende.left"].source
    assert demo_city("calibrate", "--weeks", "104", "--write", "-").out == file.read_text(encoding="utf-8")


def import_stays(hemvist: Command, tmp_path: Path, *rows: str) -> None:
    folder = tmp_path / "city"
    folder.mkdir()
    (folder / "households.csv").write_text(
        "household_id,situation,support_need\nH1,rough_sleeping,none\n", encoding="utf-8"
    )
    (folder / "pools.csv").write_text(
        "pool_id,name,form,district,capacity\nP1,Ett,akutboende,Farsta,5\n", encoding="utf-8"
    )
    (folder / "members.csv").write_text(
        "household_id,member_id,birth_date,sex\nH1,M1,1980-01-01,woman\n", encoding="utf-8"
    )
    if rows:
        lines = ["household_id,pool_id,started_on,ended_on,end_reason", *rows]
        (folder / "stays.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = hemvist("import", str(folder), *DAY)
    assert done.status == 0, done.err + done.out


def test_a_reason_that_is_no_known_word_is_named(hemvist: Command, tmp_path: Path) -> None:
    import_stays(hemvist, tmp_path, "H1,P1,2025-11-01,2025-12-01,hittade kärleken")
    said = hemvist("calibrate", *DAY)
    assert said.status == 0
    assert "1 vistelse: ”hittade kärleken”, ett ord som inte är känt" in said.out


def test_a_city_without_stays_is_refused(hemvist: Command, tmp_path: Path) -> None:
    import_stays(hemvist, tmp_path)
    said = hemvist("calibrate", *DAY)
    assert said.status == 2
    assert said.err.startswith("Staden har inga vistelser att lära av")


def test_stays_to_come_are_named(hemvist: Command, tmp_path: Path) -> None:
    import_stays(hemvist, tmp_path, "H1,P1,2026-02-01,,")
    said = hemvist("calibrate", *DAY)
    assert said.status == 2
    assert "efter 2026-01-15: H1, P1, 2026-02-01 (1 i allt)" in said.err


@pytest.mark.parametrize("weeks", ["0", "-4", "fyra", "521", "²", "9" * 5000])
def test_weeks_that_are_none_are_refused(small_city: Command, weeks: str) -> None:
    said = small_city("calibrate", *DAY, "--weeks", weeks)
    assert (said.status, said.out) == (2, "")
    assert "heltal från 1 till 520" in said.err


def test_both_on_standard_output_are_refused(small_city: Command) -> None:
    said = small_city("calibrate", *DAY, "--json", "-", "--write", "-")
    assert (said.status, said.out) == (2, "")


def test_an_empty_database_is_said_plainly(hemvist: Command) -> None:
    said = hemvist("calibrate", *DAY)
    assert said.status == 2
    assert "Databasen är tom" in said.err


def test_help(hemvist: Command) -> None:
    said = hemvist("calibrate", "--help")
    assert said.status == 0
    assert said.out.startswith("Användning: hemvist calibrate")


@pytest.mark.slow
def test_the_inflow_that_keeps_as_many_waiting(hemvist: Command, tmp_path: Path) -> None:
    import_stays(hemvist, tmp_path, "H1,P1,2025-11-01,2025-12-01,eget hem")
    file = tmp_path / "calibrated.toml"
    said = hemvist("calibrate", *DAY, "--steady", "--write", str(file))
    assert (said.status, said.err) == (0, "")
    assert "Oförändrat" in said.out
    entries, shipped = load_assumptions(file).entries, load_assumptions().entries
    balanced = [key for key in entries if key.startswith("arrivals.") and entries[key] != shipped[key]]
    assert balanced == ["arrivals.woman_drug_free_low"]
