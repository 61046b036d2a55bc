"""`simulate`: data and words, nothing done twice, scenarios that change nothing, and refusals."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from api.texts import LANGUAGES, Language, Texts
from api.usecases import simulating
from api.usecases.simulating import Asked, backend_for, run_simulation
from api.usecases.stacks import read_stacks
from models.database import open_database
from models.store import list_experiments, load_experiment, load_frozen
from scenarios.experiments.backends.cluster import Cluster
from scenarios.experiments.backends.here import OneProcess
from scenarios.experiments.backends.processes import Processes
from scenarios.experiments.findings import FIGURES, WAITS
from scenarios.segments import SEGMENTS
from scenarios.simulation.measures import GROUPS, MEASURES
from scenarios.whatif.faults import ScenarioProblem

from .conftest import DAY, Command

SHORT = ("--weeks", "6", "--replications", "2", "--processes", "1", *DAY)
TEXTS = 'title_sv = "T"\ntitle_en = "T"\ntext_sv = "Text."\ntext_en = "Text."\n'


def scenario(folder: Path, name: str, change: str = "") -> str:
    file = folder / f"{name}.toml"
    file.write_text(f'name = "{name}"\n{TEXTS}{change}', encoding="utf-8")
    return str(file)


FEWER = '[[change]]\nkind = "arrivals"\nsegments = "all"\nfactor = 0.5\n'
NOBODY = """
[[change]]
kind = "open_pool"
pool_id = "X-INGEN"
name = "Ingen kan"
form = "stodboende"
district = "Farsta"
capacity = 5
admits = "women"
drug_policy = "tolerant"
staffing = "daily"
children = "no"
min_age = 120
mobility = "none"
pets = "no"
psychiatric_competence = "no"
monthly_cost_sek = 1000
"""


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


def comparable(data: Any) -> Any:
    return {**data, "id": 0, "seconds": 0}


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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--weeks", "0"), "inget antal veckor"),
        (("--weeks", "tolv"), "inget antal veckor"),
        (("--weeks", "521"), "från 1 till 520"),
        (("--replications", "0"), "inget antal upprepningar"),
        (("--replications", "2.5"), "inget antal upprepningar"),
        (("--seed", "-1"), "inget slumpfrö"),
        (("--seed", "x"), "inget slumpfrö"),
        (("--processes", "0"), "inget antal processer"),
        (("--processes", "2", "--scheduler", "tcp://127.0.0.1:9"), "inte båda"),
        (("--moves", "0"), "heltal från 1"),
        (("--as-of", "igår"), "inget datum"),
        (("--json", "."), "ingen fil att skriva till"),
        (("inget_sådant",), "varken ett scenario"),
        (("arrivals_plus_20+inget_sådant",), "varken ett scenario"),
        (("arrivals_plus_20+",), "Ett namn saknas"),
    ],
    ids=" ".join,
)
def test_the_users_mistake(small_city: Command, arguments: tuple[str, ...], words: str) -> None:
    said = small_city("simulate", *arguments)
    assert (said.status, said.out) == (2, "")
    assert words in said.err
    assert said.err.count("\n") == 1


def test_an_empty_database(hemvist: Command) -> None:
    said = hemvist("simulate")
    assert (said.status, said.out) == (2, "")
    assert "Databasen är tom" in said.err


def test_every_fault_of_every_scenario_at_once(small_city: Command, tmp_path: Path) -> None:
    one = scenario(tmp_path, "one", '[[change]]\nkind = "close_pool"\npool = "P-SAKNAS"\n')
    said = small_city("simulate", one, f"{one}+arrivals_plus_20", "nej", *SHORT)
    assert said.status == 2
    assert "nej" in said.err
    said = small_city("simulate", one, *SHORT)
    assert said.status == 2
    assert "P-SAKNAS" in said.err


def test_two_scenarios_of_the_same_name(small_city: Command, tmp_path: Path) -> None:
    one = scenario(tmp_path, "fewer", FEWER)
    (tmp_path / "other").mkdir()
    other = scenario(tmp_path / "other", "fewer")
    said = small_city("simulate", one, other, *SHORT)
    assert (said.status, said.out) == (2, "")
    assert "Två olika scenarier heter fewer" in said.err


def test_named_twice_is_run_once() -> None:
    names = [stack.name for stack in read_stacks(["arrivals_plus_20", "baseline", "arrivals_plus_20"])]
    assert names == ["baseline", "arrivals_plus_20"]
    with pytest.raises(ScenarioProblem) as problem:
        read_stacks(["nej", "arrivals_plus_20", "inte"])
    assert len(problem.value.faults) == 2


def test_a_file_may_have_a_plus_in_its_name(tmp_path: Path) -> None:
    file = tmp_path / "a+b.toml"
    file.write_text(f'name = "both"\n{TEXTS}', encoding="utf-8")
    assert read_stacks([str(file)])[1].name == "both"


@pytest.mark.parametrize(
    ("asked", "arms", "backend"),
    [
        ({"weeks": 260, "replications": 20, "processes": 4}, 2, Processes(4)),
        ({"weeks": 260, "replications": 1, "processes": 4}, 2, Processes(2)),
        ({"weeks": 260, "replications": 20, "processes": 1}, 2, OneProcess()),
        ({"weeks": 10, "replications": 2}, 2, OneProcess()),
        ({"weeks": 260, "replications": 20, "scheduler": "tcp://a:1"}, 2, Cluster("tcp://a:1")),
    ],
)
def test_who_does_the_work(asked: dict[str, Any], arms: int, backend: object) -> None:
    assert backend_for(Asked((), seed=1, moves="none", **asked), arms) == backend


def test_a_scheduler_that_does_not_answer(small_city: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("scenarios.experiments.backends.cluster.SECONDS_TO_FIND", 0.2)
    said = small_city("simulate", "--weeks", "2", "--replications", "1", "--scheduler", "nonsens", *DAY)
    assert (said.status, said.out) == (2, "")
    assert "Ingen schemaläggare svarar" in said.err


@pytest.mark.slow
def test_a_cluster_gives_the_same_answer(small_city: Command, small_city_file: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    other = tmp_path / "other.sqlite"
    shutil.copyfile(small_city_file, other)
    told = ("simulate", "arrivals_plus_20", "--weeks", "6", "--replications", "3", *DAY, "--json", "-")
    alone = small_city(*told, "--processes", "1").data
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        there = small_city(*told, "--scheduler", cluster.scheduler_address, "--db", str(other)).data
    assert comparable(there) == comparable(alone)


def test_stopped_midway_it_goes_on_from_there(small_city: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(OneProcess):
        def run(self, setup: Any, tasks: Any) -> Any:
            yield from super().run(setup, tasks[:1])
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(simulating, "backend_for", lambda *_given: Stopped())
        said = small_city("simulate", *SHORT)
        assert said.status == 130
        assert "samma kommando fortsätter därifrån" in said.err
    done: list[Any] = []

    class Counted(OneProcess):
        def run(self, setup: Any, tasks: Any) -> Any:
            done.extend(tasks)
            yield from super().run(setup, tasks)

    monkeypatch.setattr(simulating, "backend_for", lambda *_given: Counted())
    assert small_city("simulate", *SHORT).status == 0
    assert done == [(0, 1)]


def test_a_cancelled_simulation_is_not_stored(small_city: Command, database: Path) -> None:
    engine = open_database(str(database))
    asked = Asked(("arrivals_plus_20",), 3, 2, 1, "none")
    done: list[int] = []
    found = run_simulation(
        engine,
        date(2026, 1, 15),
        asked,
        datetime.now(UTC),
        progress=lambda so_far: done.append(so_far.done),
        cancel=lambda: done[-1] >= 2,
    )
    assert (done, found.answer["id"]) == ([0, 1, 2], None)
    assert [entry["finished"] for entry in found.answer["scenarios"]] == [1, 1]
    assert list_experiments(engine) == ()
    whole = run_simulation(
        engine, date(2026, 1, 15), asked, datetime.now(UTC), progress=lambda so_far: done.append(so_far.done)
    )
    assert done[3:] == [2, 3, 4]
    assert whole.answer["id"] == 1
    engine.dispose()


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
