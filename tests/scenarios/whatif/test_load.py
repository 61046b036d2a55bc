"""Scenarios are read from text, file and library; a fault of form names the entry, the key and the remedy."""

from pathlib import Path

import pytest

from scenarios.whatif.faults import ScenarioProblem, messages
from scenarios.whatif.load import find_scenario, find_scenarios, library, load_scenario
from scenarios.whatif.scenario import BASELINE, KINDS

from .examples import FAULTY, SOUND, written
from .made import HEAD, faults_of, kinds, made, refused, toml

SOUND_ENTRIES = [written(kind, entry) for kind, entries in SOUND.items() for entry in entries]
FAULTY_ENTRIES = [
    (written(kind, entry), [(1, *fault) for fault in faults])
    for kind, entries in FAULTY.items()
    for entry, faults in entries
]


def test_every_kind_has_examples() -> None:
    assert set(SOUND) == set(KINDS)
    assert set(FAULTY) >= set(KINDS)


@pytest.mark.parametrize("entry", SOUND_ENTRIES)
def test_sound_changes_are_read(entry: str) -> None:
    scenario = made(entry)
    assert len(scenario.changes) == 1
    assert f"kind = '{scenario.changes[0].kind}'" in entry.replace('"', "'")


@pytest.mark.parametrize(("entry", "expected"), FAULTY_ENTRIES)
def test_faulty_changes_are_refused(entry: str, expected: list[tuple[int, str, str]]) -> None:
    assert kinds(faults_of(entry)) == expected


@pytest.mark.parametrize(("entry", "expected"), FAULTY_ENTRIES)
def test_each_fault_says_what_and_how(entry: str, expected: list[tuple[int, str, str]]) -> None:
    for fault in faults_of(entry):
        for language in ("sv", "en"):
            said = fault.message(language) + fault.remedy(language)
            assert len(said) > 15
            assert "{" not in said
        assert fault.message("sv") != fault.message("en")
        assert fault.as_json()["message_sv"] == fault.message("sv")


def test_a_title_may_be_left_out() -> None:
    text = "\n".join(line for line in HEAD.splitlines() if not line.startswith("title_sv"))
    text = text.replace('text_sv = "', 'text_sv = "Färre platser. Det är allt. ')
    scenario = load_scenario(text)
    assert (scenario.title_sv, scenario.title_en) == ("Färre platser", "Made up")


def test_all_faults_at_once_in_order() -> None:
    found = refused(
        toml("kind = 'budget'", "kind = 'refusals'\nfactor = -1", "kind = 'nothing'")
        .replace("text_sv = ", "titel = 1\ntext_en_gb = ")
        .replace('name = "made"', 'name = "Made Up"')
    )
    assert kinds(found) == [
        (0, "text_sv", "missing key"),
        (0, "titel", "unknown key"),
        (0, "text_en_gb", "unknown key"),
        (0, "name", "bad name"),
        (1, "sek_per_month", "missing key"),
        (2, "factor", "below zero"),
        (3, "kind", "unknown value"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name = ", [(0, "", "not TOML")]),
        (HEAD.replace('"made"', '"baseline"'), [(0, "name", "bad name")]),
        (HEAD.replace('"Påhittat"', "3"), [(0, "title_sv", "not a text")]),
        (HEAD.replace('"För prov."', '" "'), [(0, "text_sv", "not a text")]),
        (HEAD + "change = 3", [(0, "change", "not tables")]),
        (HEAD + "change = [3]", [(0, "change", "not tables")]),
        (HEAD.replace("För prov.", "19811218-9876"), [(0, "text_sv", "personal identity number")]),
    ],
)
def test_faults_of_the_scenario_itself(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert kinds(refused(text)) == expected


def test_personal_identity_numbers_are_never_repeated() -> None:
    entry = "kind = 'close_pool'\npool = '19811218-9876'\n'19811218-9876' = 1"
    faults = faults_of(entry)
    assert [fault.kind for fault in faults] == ["personal identity number", "unknown key"]
    said = "".join(str(fault.as_json()) for fault in faults) + str(ScenarioProblem(faults))
    assert "9876" not in said


def test_a_scenario_without_changes_is_the_baseline_by_another_name() -> None:
    assert load_scenario(HEAD).changes == ()


def test_weeks_and_settings_as_written() -> None:
    scenario = made("kind = 'refusals'\nfactor = 0.5\nfrom_week = 4\nuntil_week = 9")
    assert (scenario.changes[0].from_week, scenario.changes[0].until_week) == (4, 9)
    assert scenario.changes[0].settings == {"factor": 0.5}
    assert (scenario.name, scenario.title_sv, scenario.text_en) == ("made", "Påhittat", "For a test.")


def test_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "eget.toml"
    file.write_text(toml("kind = 'budget'\nsek_per_month = 3"), encoding="utf-8")
    assert load_scenario(file) == made("kind = 'budget'\nsek_per_month = 3")
    assert find_scenario(str(file)) == load_scenario(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScenarioProblem) as caught:
        load_scenario(file)
    assert [(fault.file, fault.kind) for fault in caught.value.faults] == [("eget.toml", "not UTF-8")]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioProblem) as caught:
        find_scenario(str(tmp_path / "borta.toml"))
    assert [fault.kind for fault in caught.value.faults] == ["no such file"]
    (tmp_path / "mapp.toml").mkdir()
    with pytest.raises(ScenarioProblem) as caught:
        find_scenario(str(tmp_path / "mapp.toml"))
    assert [fault.kind for fault in caught.value.faults] == ["unreadable file"]


def test_by_name_with_every_stranger_named() -> None:
    assert find_scenario("baseline") is BASELINE
    assert find_scenarios(["hvilan_closes", "baseline"]) == (library()["hvilan_closes"], BASELINE)
    with pytest.raises(ScenarioProblem) as caught:
        find_scenarios(["hvilan_close", "hvilan_closes", "slott"])
    assert [fault.value for fault in caught.value.faults] == ["hvilan_close", "slott"]
    assert "hvilan_closes" in caught.value.faults[0].remedy("en").split("?")[0]


def test_messages_are_whole() -> None:
    for kind, entry in messages().items():
        wanted = {"sv", "en"} if kind.startswith("hint") else {"sv", "en", "remedy_sv", "remedy_en"}
        assert set(entry) == wanted
