"""`policy check`: sound, with its warnings; and refused where a file is at fault."""

import shutil
from pathlib import Path

import pytest

import optimiser

from .conftest import Command

POLICY = Path(str(optimiser.__file__)).parent / "policy"


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Policyn håller ihop"), ("en", "The policy holds together")]
)
def test_the_policy_is_sound(hemvist: Command, database: Path, language: str, words: str) -> None:
    said = hemvist("policy", "check", "--as-of", "2026-01-15", "--lang", language)
    assert said.status == 0
    assert words in said.out
    assert "PROGRAMME" in said.err
    assert not database.exists()


def test_a_faulty_policy_is_refused(hemvist: Command, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(POLICY, tmp_path / "policy"))
    rules = copy / "rules" / "shis.toml"
    rules.write_text(rules.read_text("utf-8").replace("text_sv =", "text_xx =", 1), encoding="utf-8")
    said = hemvist("policy", "check", str(copy), "--json", "-", "--lang", "en")
    assert said.status == 2
    assert said.data["sound"] is False
    assert any("shis.toml" in finding["where"] for finding in said.data["findings"])
    assert "should not be used" in said.err


def test_an_unreadable_policy_is_refused(hemvist: Command, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(POLICY, tmp_path / "policy"))
    (copy / "fit.toml").write_text("[[item", encoding="utf-8")
    said = hemvist("policy", "check", str(copy))
    assert said.status == 2
    assert "fit.toml" in said.err


def test_no_such_policy(hemvist: Command) -> None:
    said = hemvist("policy", "check", "ingenstans")
    assert (said.status, said.err) == (2, "Mappen ingenstans finns inte: kontrollera namnet.\n")
