"""The check of the policy: a good policy has no errors, and every kind of planted fault is found."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from optimiser.policy.check import Finding, check_policy
from optimiser.policy.load import PARTS, policy_folder

from ..cases.base import CASES
from .planted_faults import PLANTED

IN_FORCE = date(2025, 12, 31)
PAST = date(2026, 1, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the policy, to plant faults in."""
    source = Path(str(policy_folder()))
    copy = tmp_path / "policy"
    shutil.copytree(source / "rules", copy / "rules")
    for part in PARTS:
        shutil.copy(source / f"{part}.toml", copy)
    return copy


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A copy of the cases, to plant faults in."""
    return Path(shutil.copytree(CASES, tmp_path / "cases"))


def replace(file: Path, old: str, new: str) -> None:
    """Plant a fault; the text to replace must be there, or the test would prove nothing."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def errors(folder: Path, cases: Path | None = CASES) -> list[Finding]:
    return [found for found in check_policy(folder, cases, IN_FORCE) if found.severity == "error"]


def test_policy_that_comes_with_the_product_has_nothing_to_say_while_its_sources_are_in_force() -> None:
    assert check_policy(None, CASES, IN_FORCE) == []


def test_source_past_its_period_is_a_warning_that_names_the_act_in_force() -> None:
    (found,) = check_policy(None, CASES, PAST)
    assert (found.severity, found.where) == ("warning", "sources.toml: PROGRAMME")
    assert "2025-12-31" in found.sv
    assert "2025:400" in found.mend_sv
    assert "2025:400" in found.mend_en


def test_without_the_cases_the_check_says_that_it_left_them_out(folder: Path, tmp_path: Path) -> None:
    for absent in (None, tmp_path / "nowhere"):
        (found,) = check_policy(folder, absent, IN_FORCE)
        assert (found.severity, found.where) == ("info", "tests/cases")


@pytest.mark.parametrize(("file", "old", "new", "where", "says"), PLANTED.values(), ids=PLANTED)
def test_planted_fault_is_found_where_it_stands(
    folder: Path, file: str, old: str, new: str, where: str, says: str
) -> None:
    replace(folder / file, old, new)
    found = [finding for finding in errors(folder) if finding.where == where]
    assert any(says in f"{finding.en} {finding.mend_en}" for finding in found)
    assert all(finding.sv and finding.mend_sv for finding in found)


def test_unknown_name_close_to_a_known_one_is_suggested(folder: Path) -> None:
    replace(folder / "rules/stock.toml", 'condition = "no_pet"', 'condition = "no_pets"')
    (found,) = [finding for finding in errors(folder) if finding.where == "rules/stock.toml: pets"]
    assert found.mend_sv == "Menades no_pet?"


def test_rule_in_two_files(folder: Path) -> None:
    shutil.copy(folder / "rules" / "residence.toml", folder / "rules" / "residence_again.toml")
    (found,) = errors(folder)
    assert found.where == "rules/residence_again.toml: residence"
    assert "rules/residence.toml" in found.en


def unlink(file: Path) -> None:
    file.unlink()


def break_toml(file: Path) -> None:
    file.write_text("[[tier]\n", encoding="utf-8")


@pytest.mark.parametrize("spoil", [unlink, break_toml])
def test_file_that_cannot_be_read_is_reported_alone(folder: Path, spoil: Callable[[Path], None]) -> None:
    spoil(folder / "tiers.toml")
    (found,) = check_policy(folder, CASES, IN_FORCE)
    assert (found.severity, found.where) == ("error", "tiers.toml")


def test_rule_without_cases(folder: Path, cases: Path) -> None:
    (cases / "pets.toml").unlink()
    (found,) = errors(folder, cases)
    assert (found.where, found.en) == ("rules/stock.toml: pets", "The rule has no cases.")


@pytest.mark.parametrize(
    ("kept", "says"),
    [
        ("pass", "No case shows when the rule stops or waits."),
        ("fail", "No case shows when the rule passes."),
    ],
)
def test_rule_with_cases_of_one_sort_only(folder: Path, cases: Path, kept: str, says: str) -> None:
    file = cases / "pets.toml"
    file.write_text(f'[[case]]\nname = "x"\nas_of = 2026-01-15\nverdict = "{kept}"\n', encoding="utf-8")
    (found,) = errors(folder, cases)
    assert (found.where, found.en) == ("rules/stock.toml: pets", says)


def test_cases_of_no_rule(folder: Path, cases: Path) -> None:
    (cases / "pets.toml").rename(cases / "petz.toml")
    assert [found.where for found in errors(folder, cases)] == ["petz.toml", "rules/stock.toml: pets"]
