"""`scenario list`, `show` and `check`: the library in plain words, and every fault with its remedy."""

from pathlib import Path

import pytest

from api.cli.main import plain_sentence
from api.cli.pages.scenario_changes import DESCRIBED, ChangeWords
from api.cli.voice import Voice
from api.texts import LANGUAGES, Language, Texts
from scenarios.segments import SEGMENTS
from scenarios.whatif.faults import ScenarioProblem
from scenarios.whatif.load import find_scenario, library
from scenarios.whatif.scenario import MATCHING
from scenarios.whatif.settings import CONVERTIBLE, OUTCOMES, POLICY_PARTS, SELECTORS

from ..scenarios.whatif.examples import SOUND, written
from ..scenarios.whatif.made import OPEN, change, made, toml
from .conftest import Command

ENTRIES = [written(kind, entry) for kind, entries in SOUND.items() for entry in entries]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A scenario of sound form, with a pool that the small city lacks."""
    path = tmp_path / "eget.toml"
    path.write_text(toml("kind = 'close_pool'\npool = 'P-BORTA'\nfrom_week = 60"), encoding="utf-8")
    return path


def test_the_library_is_listed(hemvist: Command, database: Path) -> None:
    said = hemvist("scenario", "list")
    assert (said.status, said.err) == (0, "")
    assert all(name in said.out and scenario.title_sv in said.out for name, scenario in library().items())
    assert "baseline" in said.out
    assert "Hvilan closes" in hemvist("scenario", "list", "--lang", "en").out
    assert not database.exists()


def test_the_library_as_json(hemvist: Command) -> None:
    listed = hemvist("scenario", "list", "--json", "-").data
    assert [entry["name"] for entry in listed] == ["baseline", *library()]
    assert listed[1]["title_en"] == library()[listed[1]["name"]].title_en


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("womens_vastberga", "sv", ["Efter 26 veckor", "12 platser", "tar emot: kvinnor", "31 800"]),
        ("womens_vastberga", "en", ["After 26 weeks", "12 places", "receives: women", "31,800"]),
        ("syrenen_tolerant", "sv", ["Efter 8 veckor: P-SYRENEN ändras: drogpolicy: drogtolerant."]),
        ("procurement_halved", "sv", ["Upphandlad plats minskar med 50 %"]),
        ("procurement_halved", "en", ["Procured place falls by 50%"]),
        ("arrivals_plus_20", "en", ["From the start: The inflow of everyone rises by 20%."]),
        ("bostad_forst_50", "sv", ["Efter 13 veckor: Bostad först får 25 platser till"]),
        ("hvilan_closes", "sv", ["Efter 13 veckor: P-HVILAN stänger."]),
        ("no_trial_flats", "sv", ["Nästa kalenderår: Årskvoten för Försökslägenhet blir 0."]),
        (
            "school_loosened",
            "en",
            ["minutes_under_10 becomes 45 instead of 30", "at most 45 minutes' way under 10"],
        ),
        ("matching_first_come", "sv", ["den som väntat längst väljer först"]),
        ("baseline", "sv", ["Ingenting: det är som i dag."]),
    ],
)
def test_what_a_scenario_changes(hemvist: Command, name: str, language: str, words: list[str]) -> None:
    said = hemvist("scenario", "show", name, "--lang", language)
    assert (said.status, said.err) == (0, "")
    plain = said.out.replace("\N{NO-BREAK SPACE}", " ")
    assert [part for part in words if part not in plain] == []


def test_stacked_scenarios_are_shown_and_checked_together(hemvist: Command, file: Path) -> None:
    said = hemvist("scenario", "show", "hvilan_closes+womens_vastberga", "--lang", "en")
    assert (said.status, said.err) == (0, "")
    plain = said.out.replace("\N{NO-BREAK SPACE}", " ")
    assert "Hvilan closes + A Västberga for women" in plain
    assert plain.index("P-HVILAN closes") < plain.index("receives: women")
    shown = hemvist("scenario", "show", "hvilan_closes+womens_vastberga", "--json", "-").data
    alone = [hemvist("scenario", "show", name, "--json", "-").data for name in shown["name"].split("+")]
    assert shown["changes"] == [change for one in alone for change in one["changes"]]
    checked = hemvist("scenario", "check", f"hvilan_closes+{file}", "--weeks", "52", "--json", "-")
    (one,) = checked.data["scenarios"]
    assert one["name"] == "hvilan_closes+made"
    assert [fault["severity"] for fault in one["faults"]] == ["warning"]
    refused = hemvist("scenario", "show", "hvilan_closes+nagot")
    assert refused.status == 2
    assert "nagot" in refused.err


def test_a_scenario_as_json(hemvist: Command) -> None:
    shown = hemvist("scenario", "show", "hvilan_closes", "--json", "-", "--lang", "en").data
    assert shown["changes"] == [
        {
            "kind": "close_pool",
            "from_week": 13,
            "until_week": None,
            "settings": {"pool": "P-HVILAN"},
            "text": "After 13 weeks: P-HVILAN closes.",
        }
    ]


def test_a_file_is_shown(hemvist: Command, file: Path) -> None:
    said = hemvist("scenario", "show", str(file))
    assert "Efter 60 veckor: P-BORTA stänger." in said.out


def test_dates_of_a_pool_in_json(hemvist: Command, tmp_path: Path) -> None:
    path = tmp_path / "datum.toml"
    path.write_text(toml(OPEN + "opens_on = 2026-05-01"), encoding="utf-8")
    shown = hemvist("scenario", "show", str(path), "--json", "-").data
    assert shown["changes"][0]["settings"]["opens_on"] == "2026-05-01"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", ENTRIES)
def test_every_kind_of_change_has_its_sentence(entry: str, language: Language) -> None:
    sentence = ChangeWords(Voice(language)).sentence(made(entry).changes[0])
    assert sentence.endswith(".")
    assert not set("{}[]") & set(sentence)
    assert sentence != ChangeWords(Voice("en" if language == "sv" else "sv")).sentence(made(entry).changes[0])


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"from_week": 0}, "Från början:"),
        ({"from_week": 0, "until_week": 1}, "Från början, i 1 vecka:"),
        ({"from_week": 4, "until_week": 9}, "Efter 4 veckor, i 5 veckor:"),
    ],
)
def test_when(settings: dict[str, int], words: str) -> None:
    sentence = ChangeWords(Voice("sv")).sentence(change("refusals", factor=0, **settings))
    assert sentence == f"{words} Andelen som tackar nej blir noll."


def test_a_scenario_of_sound_form(hemvist: Command, file: Path, database: Path) -> None:
    said = hemvist("scenario", "check", "hvilan_closes", str(file))
    assert (said.status, said.err) == (0, "")
    assert "hvilan_closes: inga fel, 0 varningar, 1 ändring." in said.out
    assert "made: inga fel" in said.out
    assert "Bara formen är prövad" in said.out
    assert not database.exists()


def test_every_fault_of_every_scenario_at_once(hemvist: Command, tmp_path: Path) -> None:
    one, other = tmp_path / "ett.toml", tmp_path / "två.toml"
    one.write_text(toml("kind = 'budget'", "kind = 'refusals'\nfactor = -1"), encoding="utf-8")
    other.write_text("name = ", encoding="utf-8")
    said = hemvist("scenario", "check", str(one), str(other), "hvilan_closes", "slott", "--json", "-")
    assert said.status == 2
    lines = said.err.splitlines()
    assert len(lines) == 5
    assert f"Fel: {one}, ändring 1, sek_per_month: sek_per_month saknas. Skriv sek_per_month." in lines
    assert lines[-1] == "4 fel, så scenariot går inte att använda."
    assert said.data["sound"] is False
    assert [each["sound"] for each in said.data["scenarios"]] == [False, False, True, False]
    assert [fault["key"] for fault in said.data["scenarios"][0]["faults"]] == ["sek_per_month", "factor"]


def test_against_a_city(demo_city: Command, database: Path, file: Path) -> None:
    said = demo_city("scenario", "check", "hvilan_closes", str(file), "--db", str(database))
    assert said.status == 2
    assert "pool, ”P-BORTA”: Boendet ”P-BORTA” finns inte i staden." in said.err
    said = demo_city("scenario", "check", *library(), "--db", str(database), "--weeks", "104")
    assert (said.status, said.err) == (0, "")
    assert "Prövat mot staden." in said.out


@pytest.mark.parametrize("command", [("scenario", "check", "--weeks", "9"), ("simulate", "--weeks", "9")])
def test_a_fault_of_form_hides_no_fault_of_the_city(
    small_city: Command, database: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    one, other = tmp_path / "ett.toml", tmp_path / "två.toml"
    one.write_text(toml("kind = 'close_pool'\npool = 'BORTA'", "kind = 'budget'"), encoding="utf-8")
    other.write_text(toml("kind = 'close_pool'\npool = 'VÄCK'"), encoding="utf-8")
    said = small_city(*command, str(one), str(other), "--db", str(database))
    assert said.status == 2
    told = [line.split(": ")[1] for line in said.err.splitlines() if line.startswith("Fel: ")]
    assert [part.partition(", ")[2] for part in told] == [
        *("ändring 1, pool, ”BORTA”", "ändring 2, sek_per_month", "ändring 1, pool, ”VÄCK”")
    ]


def test_warnings_do_not_stop(hemvist: Command, file: Path) -> None:
    said = hemvist("scenario", "check", str(file), "--weeks", "52", "--lang", "en")
    assert said.status == 0
    assert said.err.startswith(f"Warning: {file}, change 1, from_week, '60'")
    assert "1 warning" in said.out


@pytest.mark.parametrize("weeks", ["0", "-1", "x", "521", "99999999999999999999", "²"])
def test_a_horizon_that_cannot_be_read(hemvist: Command, weeks: str) -> None:
    said = hemvist("scenario", "check", "hvilan_closes", "--weeks", weeks)
    assert (said.status, said.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("command", ["show", "check"])
def test_a_stranger_is_told_what_there_is(hemvist: Command, command: str) -> None:
    said = hemvist("scenario", command, "hvilan_close")
    assert (said.status, said.out) == (2, "")
    assert "Menades hvilan_closes?" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("name", ["", "a" * 300, "a" * 300 + ".toml", "a\0b.toml", ".", ".toml"])
def test_names_that_nothing_can_have(hemvist: Command, name: str) -> None:
    said = hemvist("scenario", "show", name)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)


def test_an_empty_city_is_no_city(hemvist: Command, database: Path) -> None:
    said = hemvist("scenario", "check", "hvilan_closes", "--db", str(database))
    assert (said.status, said.err.count("\n")) == (2, 1)
    assert "Databasen är tom" in said.err


def test_other_commands_say_the_faults_too() -> None:
    with pytest.raises(ScenarioProblem) as caught:
        find_scenario("slott")
    sentence, status = plain_sentence(caught.value, Voice("sv"))
    assert status == 2
    assert sentence.startswith("Fel: slott: ”slott” är varken")


@pytest.mark.parametrize("command", ["", "list", "show", "check"])
def test_help(hemvist: Command, command: str, database: Path) -> None:
    for language, word in (("sv", "Exempel:"), ("en", "Examples:")):
        said = hemvist("scenario", *command.split(), "--help", "--lang", language)
        assert said.status == 0
        assert f"{word}\n  hemvist scenario" in said.out
    assert not database.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_family_of_words_is_complete(language: Language) -> None:
    texts = Texts(language)
    wanted = [f"scenario.segment.{name}" for name in (*SEGMENTS, "all")]
    wanted += [f"scenario.way.{way}" for way in MATCHING]
    wanted += [f"scenario.outcome.{outcome}" for outcome in OUTCOMES]
    wanted += [f"scenario.part.{part}" for part in POLICY_PARTS]
    wanted += [f"scenario.column.{column}" for column in {*CONVERTIBLE, *SELECTORS, *DESCRIBED}]
    wanted += [f"scenario.factor.{way}" for way in ("more", "less", "same", "none")]
    wanted += [f"scenario.when.{key}" for key in ("start", "start_for", "after", "after_for", "year")]
    wanted += ["scenario.when.this_year", "scenario.when.next_year", "scenario.error", "scenario.warning"]
    wanted += [f"scenario.capacity_{way}" for way in ("to", "more", "fewer", "factor")]
    wanted += [f"scenario.quota_{way}" for way in ("places", "more", "fewer", "factor")]
    assert [key for key in wanted if not texts.has(key)] == []
