"""`hemvist backup` and `hemvist restore` as an operator meets them: no key needed, one sentence each."""

import json
from pathlib import Path

import pytest

from api.cli.main import run
from models.encryption import forget_keys
from tests.server.conftest import AS_OF, SMALL_CITY


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in ("HEMVIST_DB", "HEMVIST_LANG", "HEMVIST_DEBUG", "HEMVIST_KEYS", "HEMVIST_SECRET"):
        monkeypatch.delenv(name, raising=False)
    forget_keys()
    file = str(tmp_path / "city.sqlite")
    assert run(["import", str(SMALL_CITY), "--as-of", str(AS_OF), "--db", file]) == 0
    return file


def test_out_and_in_again(city: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy, other = str(tmp_path / "copy.zip"), str(tmp_path / "other.sqlite")
    capsys.readouterr()
    assert run(["backup", copy, "--db", city, "--json", "-"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["tables"]["household"]["rows"] > 10
    assert made["rows"] == sum(table["rows"] for table in made["tables"].values())
    assert run(["restore", copy, "--db", other]) == 0
    said = capsys.readouterr()
    assert copy in said.out
    assert "loggen är hel" in said.out
    assert "HEMVIST_KEYS" in said.out
    assert said.err == ""
    for folder, database in (("a", city), ("b", other)):
        assert run(["export", str(tmp_path / folder), "--db", database]) == 0
    written = sorted(file.name for file in (tmp_path / "a").iterdir())
    assert len(written) > 5
    for name in written:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize(("language", "word"), [("sv", "inte tom"), ("en", "not empty")])
def test_a_refusal_is_one_sentence(
    city: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, word: str
) -> None:
    copy = str(tmp_path / "copy.zip")
    assert run(["backup", copy, "--db", city]) == 0
    capsys.readouterr()
    assert run(["restore", copy, "--db", city, "--lang", language]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert word in said.err


def test_mistakes_with_files(city: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "there.zip"
    there.write_text("annat")
    for arguments, word in (
        (["backup", str(there), "--db", city], "finns redan"),
        (["backup", str(tmp_path / "no" / "copy.zip"), "--db", city], "Mappen"),
        (["restore", str(there), "--db", str(tmp_path / "new.sqlite")], "ingen säkerhetskopia"),
        (["restore", str(tmp_path / "gone.zip"), "--db", str(tmp_path / "new.sqlite")], "finns inte"),
        (["restore", str(tmp_path), "--db", str(tmp_path / "new.sqlite")], "finns inte"),
    ):
        capsys.readouterr()
        assert run(arguments) == 2
        assert word in capsys.readouterr().err
    assert not (tmp_path / "new.sqlite").exists()
    assert there.read_text() == "annat"
