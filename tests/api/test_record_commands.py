"""`keys rotate`, `erase`, `tidy` and `extract`: what they say, and what they leave behind."""

import json
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from models.database import open_database, writing
from models.store.audit import entries, flaws

from .conftest import Command


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMVIST_SECRET", "kJ8-wQ2_zR7mNf4TgY1uXp9LbVc3HdS6aE0oI5")
    monkeypatch.setenv("HEMVIST_KEYS", Fernet.generate_key().decode())


def test_a_new_key(small_city: Command, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key().decode()
    closed = {"value": Fernet(old).encrypt(b"Hemligt").decode()}
    engine = open_database(str(database))
    insert = (
        "INSERT INTO pin (pin_id, household_id, pool_id, kind, reason, note, made_by, made_at, expires_on) "
        "SELECT 'p', household_id, (SELECT min(pool_id) FROM pool), 'block', 'safety', :value, 'u', "
        "'2026-01-01 00:00:00', '2026-02-01' FROM household LIMIT 1"
    )
    with writing(engine) as connection:
        connection.execute(text(insert), closed)
    monkeypatch.setenv("HEMVIST_KEYS", new)
    said = small_city("keys", "rotate")
    assert said.status == 2
    assert "1 av ingen nyckel" in said.err
    monkeypatch.setenv("HEMVIST_KEYS", f"{new},{old.decode()}")
    said = small_city("keys", "rotate")
    assert (said.status, said.err) == (0, "")
    assert "1 texter är omkrypterade" in said.out
    monkeypatch.setenv("HEMVIST_KEYS", new)
    assert small_city("keys", "rotate", "--json", "-").data == {
        "turned": 0,
        "already": 1,
        "locked": 0,
        "left": 0,
    }
    engine.dispose()


def test_erasing_first_says_whom(small_city: Command, database: Path) -> None:
    dry = small_city("erase", "--before", "2026-02-01", "--dry-run")
    assert dry.status == 0
    references = [line for line in dry.out.splitlines() if line.startswith("H")]
    assert references
    done = small_city("erase", "--before", "2026-02-01", "--json", "-").data
    assert (done["cases"], done["dry_run"]) == (len(references), False)
    assert small_city("erase", "--before", "2026-02-01", "--json", "-").data["cases"] == 0
    engine = open_database(str(database))
    assert [entry.subject_id for entry in entries(engine, action="case.erase")] == references
    assert flaws(engine) == []
    engine.dispose()


def test_the_nightly_round(small_city: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMVIST_ERASE_AFTER_MONTHS", "1")
    first = small_city("tidy", "--json", "-")
    assert first.status == 0
    assert first.data["cases"] > 0
    again = small_city("tidy")
    assert "Gallrade ärenden: 0" in again.out


def test_an_extract_is_a_file_of_ones_own(small_city: Command, tmp_path: Path) -> None:
    page, tree = tmp_path / "utdrag.html", tmp_path / "utdrag.json"
    said = small_city("extract", "H00001", "--out", str(page))
    assert said.status == 0
    assert "Registerutdrag för H00001" in page.read_text(encoding="utf-8")
    assert small_city("extract", "H00001", "--out", str(tree)).status == 0
    assert json.loads(tree.read_text(encoding="utf-8"))["tables"]["member"]
    assert page.stat().st_mode & 0o777 == 0o600
    again = small_city("extract", "H00001", "--out", str(page))
    assert again.status == 2
    nobody = small_city("extract", "H99999", "--out", str(tmp_path / "x.json"))
    assert nobody.status == 2
    assert not (tmp_path / "x.json").exists()
