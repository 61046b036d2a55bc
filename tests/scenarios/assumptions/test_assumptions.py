"""Assumptions: each with unit, basis and source; a city's own in their place; every fault at once."""

from pathlib import Path

import pytest

from models.forms import forms
from scenarios.assumptions import AssumptionsProblem, load_assumptions
from scenarios.segments import SEGMENTS

OURS = load_assumptions()


def test_every_entry_says_what_it_rests_on() -> None:
    assert OURS.entries
    for key, entry in OURS.entries.items():
        assert entry.unit, key
        assert (entry.source == "assumed") == (entry.basis == "assumed"), key
        if entry.low is not None and entry.high is not None:
            assert entry.low <= entry.value <= entry.high, key


def test_every_segment_and_form_is_there() -> None:
    for segment in SEGMENTS:
        assert OURS.value(f"arrivals.{segment}") > 0
        assert OURS.table(f"leaving.{segment}").keys() == {"own_home", "left"}
    for form in forms():
        assert OURS.table(f"stays.{form}").keys() == {"own_home", "homeless", "left"}
        assert sum(OURS.table(f"stays.{form}").values()) < 1
        assert OURS.value(f"delay.{form}") >= 0


def test_housing_first_keeps_four_in_five_over_two_years() -> None:
    lost = OURS.value("stays.bostad_forst.homeless") + OURS.value("stays.bostad_forst.left")
    assert (1 - lost) ** 104 == pytest.approx(0.8, abs=0.02)


def test_a_city_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(
        "[refusal]\n"
        'base = { value = 0.2, unit = "a proposal", basis = "calibrated", source = "2025", low = 0.1 }\n'
    )
    theirs = load_assumptions(file)
    assert theirs.value("refusal.base") == 0.2
    assert theirs.entries["refusal.base"].low == 0.1
    assert theirs.value("refusal.most") == OURS.value("refusal.most")
    assert theirs.digest != OURS.digest


def test_the_digest_tells_values_not_words(tmp_path: Path) -> None:
    file = tmp_path / "same.toml"
    value = OURS.value("refusal.base")
    file.write_text(
        "[refusal]\n"
        f'base = {{ value = {value}, unit = "of proposals", basis = "calibrated", source = "x" }}\n'
    )
    assert load_assumptions(file).digest == OURS.digest


def test_replaced_values_are_assumed() -> None:
    changed = OURS.replaced({"stays.bostad_forst.homeless": 0})
    assert changed.value("stays.bostad_forst.homeless") == 0
    assert changed.entries["stays.bostad_forst.homeless"].basis == "assumed"
    with pytest.raises(AssumptionsProblem, match=r"stays\.nowhere"):
        OURS.replaced({"stays.nowhere": 1})


def test_all_faults_at_once(tmp_path: Path) -> None:
    file = tmp_path / "faulty.toml"
    file.write_text(
        "[refusal]\n"
        "base = 0.2\n"
        'most = { value = -1, unit = "x", basis = "guess", source = "y" }\n'
        'good_fit = { value = 1, unit = "x", basis = "assumed", sorce = "y" }\n'
    )
    with pytest.raises(AssumptionsProblem) as found:
        load_assumptions(file)
    told = "\n".join(found.value.faults)
    for part in ("refusal.base: is no entry", "refusal.most: value", "basis guess", "sorce", "lacks source"):
        assert part in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[refusal]\nbases = { value = 1, unit = "x", basis = "assumed", source = "y" }\n', "refusal.bases"),
        ("[refusal\n", "not valid TOML"),
        ("[refusal]\nbäst", "no text in UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, text: str | None, told: str) -> None:
    file = tmp_path / "a.toml"
    if text is not None:
        file.write_text(text, encoding="latin-1")
    with pytest.raises(AssumptionsProblem, match=told):
        load_assumptions(file)


def test_a_key_that_is_not_there() -> None:
    with pytest.raises(AssumptionsProblem, match=r"delay\.tent"):
        OURS.value("delay.tent")
