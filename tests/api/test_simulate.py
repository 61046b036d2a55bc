"""`simulate`: data and words, nothing done twice, scenarios that change nothing, and refusals."""

import json
from pathlib import Path

import pytest

from api.texts import LANGUAGES, Language, Texts
from api.usecases import simulating
from models.database import open_database
from models.store import list_experiments, load_experiment, load_frozen
from scenarios.experiments.findings import FIGURES, WAITS
from scenarios.segments import SEGMENTS
from scenarios.simulation.measures import GROUPS, MEASURES
from tests.api.conftest import DAY, Command
from tests.api.simulated import FEWER, NOBODY, SHORT, comparable, scenario


def test_the_answer_as_data(small_city: Command) -> None:
    said = small_city("simulate", *SHORT, "--json", "-")
    assert (said.status, said.err) == (0, "")
    data = said.data
    assert list(data)[:3] == ["scenarios", "assumptions", "seconds"]
    (baseline,) = data["scenarios"]
    assert (baseline["name"], baseline["weeks"], baseline["replications"], baseline["seed"]) == (
        "baseline",
        6,
        2,
        1,
    )
    assert set(MEASURES) <= set(baseline["measures"])
    waiting = baseline["measures"]["waiting"]
    assert len(waiting["mean"]) == len(waiting["low"]) == len(waiting["high"]) == 6
    assert waiting["total"]["mean"] == pytest.approx(sum(waiting["mean"]) / 6)
    assert all(d == {"mean": 0, "low": 0, "high": 0} for d in baseline["difference"].values())


def test_a_scenario_that_nobody_can_use_differs_by_exactly_nothing(
    small_city: Command, tmp_path: Path
) -> None:
    same, nobody = scenario(tmp_path, "samma"), scenario(tmp_path, "ingen", NOBODY)
    data = small_city("simulate", same, nobody, *SHORT, "--json", "-").data
    baseline, unchanged, unused = data["scenarios"]
    assert (unchanged["name"], unused["name"]) == ("samma", "ingen")
    assert unchanged["measures"] == baseline["measures"]
    zero = {"mean": 0, "low": 0, "high": 0}
    differing = {name for name, found in unused["difference"].items() if found != zero}
    assert differing <= {"cost_void_sek"}
    assert all(found["result"] == "unchanged" for found in unchanged["groups"].values())


def test_scenarios_stack(small_city: Command, tmp_path: Path) -> None:
    fewer, nobody = scenario(tmp_path, "fewer", FEWER), scenario(tmp_path, "nobody", NOBODY)
    library = "arrivals_plus_20"
    told = (f"{library}+{library}", fewer, nobody)
    data = small_city("simulate", *told, *SHORT, "--json", "-").data
    names = [entry["name"] for entry in data["scenarios"]]
    assert names == ["baseline", f"{library}+{library}", "fewer", "nobody"]
    arrivals = [entry["measures"]["arrivals"]["total"]["mean"] for entry in data["scenarios"]]
    assert arrivals[1] >= arrivals[0] >= arrivals[2]


def test_the_same_question_has_the_same_answer_and_is_not_done_twice(
    small_city: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = small_city("simulate", *SHORT, "--json", "-").data
    monkeypatch.setattr(simulating, "backend_for", lambda *_given: Refusing())
    again = small_city("simulate", *SHORT, "--json", "-").data
    assert comparable(again) == comparable(first)
    assert again["id"] == first["id"] + 1
    assert small_city("simulate", *SHORT, "--seed", "2").status == 1


class Refusing:
    """A backend that must not be asked."""

    def run(self, *_given: object) -> None:
        raise RuntimeError("there is nothing left to do")


def test_what_is_stored(small_city: Command, database: Path) -> None:
    data = small_city("simulate", *SHORT, "--json", "-").data
    engine = open_database(str(database))
    (kept,) = list_experiments(engine)
    assert (kept.weeks, kept.replications, kept.seed, kept.moves) == (6, 2, 1, "none")
    assert kept.scenarios == ["baseline"]
    assert kept.assumptions_hash == data["assumptions"]
    assert {"value", "unit", "basis", "source"} <= set(kept.assumptions["refusal.base"])
    assert {"python", "hemvist", "numpy", "ortools"} <= set(kept.versions)
    assert load_frozen(engine, kept.inputs_hash) is not None
    assert load_frozen(engine, kept.policy_hash) is not None
    loaded = load_experiment(engine, data["id"])
    assert loaded is not None
    assert loaded[1]["scenarios"] == data["scenarios"]
    engine.dispose()


def test_own_assumptions(small_city: Command, tmp_path: Path) -> None:
    file = tmp_path / "egna.toml"
    file.write_text(
        'refusal.base = { value = 0.9, unit = "chance", basis = "assumed", source = "assumed" }\n',
        encoding="utf-8",
    )
    ours = small_city("simulate", *SHORT, "--json", "-").data
    theirs = small_city("simulate", *SHORT, "--assumptions", str(file), "--json", "-").data
    assert ours["assumptions"] != theirs["assumptions"]
    said = small_city("simulate", *SHORT, "--assumptions", str(tmp_path / "saknas.toml"))
    assert (said.status, said.out) == (2, "")
    assert "Antagandena går inte att använda" in said.err


def test_uncertain_rates_are_drawn_for_each_replication(small_city: Command, tmp_path: Path) -> None:
    file = tmp_path / "kalibrerat.toml"
    rate = (
        '{ value = 0.05, low = 0.02, high = 0.10, unit = "per week", basis = "calibrated", source = "stays" }'
    )
    lines = [f"stays.{form}.homeless = {rate}\n" for form in ("akutboende", "stodboende", "traningslagenhet")]
    file.write_text("".join(lines), encoding="utf-8")
    told = ("simulate", *SHORT, "--assumptions", str(file))
    still = small_city(*told, "--json", "-").data
    drawn = small_city(*told, "--uncertain", "--json", "-").data
    assert (still["uncertain"], drawn["uncertain"]) == (False, True)
    assert still["assumptions"] == drawn["assumptions"]
    assert still["scenarios"] != drawn["scenarios"]
    assert drawn["scenarios"] == small_city(*told, "--uncertain", "--json", "-").data["scenarios"]
    assert "omdragna" in small_city(*told, "--uncertain").out


def test_in_words(small_city: Command, tmp_path: Path) -> None:
    fewer = scenario(tmp_path, "fewer", FEWER)
    swedish = small_city("simulate", fewer, *SHORT)
    assert (swedish.status, swedish.err) == (0, "")
    for words in (
        "15 januari 2026: 6 veckor, 2 upprepningar",
        "Som i dag",
        "Med ”T”: ",
        "är antagna",
        "Klar: ",
    ):
        assert words in swedish.out
    english = small_city("simulate", fewer, *SHORT, "--lang", "en")
    for words in ("15 January 2026: 6 weeks, 2 replications", "As today", "With “T”: ", "are assumed"):
        assert words in english.out
    for said in (swedish.out, english.out):
        assert "nan" not in said.lower().replace("finnan", "")
        assert "{" not in said


def test_one_replication_says_that_it_says_little(small_city: Command, tmp_path: Path) -> None:
    fewer = scenario(tmp_path, "fewer", FEWER)
    told = ("simulate", fewer, "--weeks", "3", "--replications", "1", *DAY)
    said = small_city(*told)
    assert "inga intervall" in said.out
    assert "går från" not in said.out
    assert "Bättre för" not in said.out
    total = small_city(*told, "--json", "-").data["scenarios"][1]["difference"]["waiting"]
    assert total["mean"] is not None
    assert (total["low"], total["high"]) == (None, None)


def test_to_a_file(small_city: Command, tmp_path: Path) -> None:
    file = tmp_path / "svar.json"
    said = small_city("simulate", *SHORT, "--json", str(file))
    assert said.out.startswith("Simulering från")
    assert json.loads(file.read_text(encoding="utf-8"))["scenarios"][0]["name"] == "baseline"


def test_faulty_assumptions_are_told_in_the_readers_language(small_city: Command, tmp_path: Path) -> None:
    file = tmp_path / "egna.toml"
    file.write_text("base = 0.2\nmost = { value = -1, basis = 'guess', sorce = 'y' }\n", encoding="utf-8")
    swedish = small_city("simulate", *SHORT, "--assumptions", str(file))
    english = small_city("simulate", *SHORT, "--assumptions", str(file), "--lang", "en")
    assert (swedish.status, swedish.out, english.status, english.out) == (2, "", 2, "")
    lines = list(zip(swedish.err.splitlines(), english.err.splitlines(), strict=True))
    assert len(lines) == 6
    for said, told in lines:
        assert said.startswith("Antagandena går inte att använda: ")
        assert told.startswith("The assumptions cannot be used: ")
        assert said.partition(": ")[2] != told.partition(": ")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_every_part(language: Language) -> None:
    texts = Texts(language)
    wanted = [f"simulate.subject.{measure}" for measure in (*WAITS, *FIGURES)]
    wanted += [f"simulate.group.{group}" for group in GROUPS] + [f"segment.{name}" for name in SEGMENTS]
    keys = ("no_distributed", "no_scheduler", "no_workers", "other_edition", "workers_killed")
    wanted += [f"error.workers.{key}" for key in keys]
    wanted += [f"error.bad_{name}" for name in ("weeks", "replications", "seed", "processes")]
    wanted += [f"simulate.result.{r}" for r in ("wins", "loses", "mixed", "unchanged", "unclear")]
    wanted += [f"simulate.verdict.{v}" for v in ("clear", "unchanged", "unclear")]
    wanted += [f"simulate.clause.{c}" for c in ("level", "more", "fewer", "more_cost", "fewer_cost")]
    wanted += [f"simulate.{name}" for name in ("unchanged", "unclear", "wins", "loses", "mixed")]
    assert [key for key in wanted if not texts.has(key)] == []
