"""`simulate`: the user's mistakes, all faults at once."""

from pathlib import Path

import pytest

from api.usecases.stacks import read_stacks
from scenarios.whatif.faults import ScenarioProblem
from tests.api.conftest import Command
from tests.api.simulated import FEWER, SHORT, TEXTS, scenario


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
