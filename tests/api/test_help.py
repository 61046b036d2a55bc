"""Help in both languages, with examples, and without waiting for anything heavy."""

import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Command

COMMANDS = [
    ["demo"],
    ["import"],
    ["export"],
    ["match"],
    ["explain"],
    ["gap"],
    ["bottlenecks"],
    ["recommend"],
    ["ask"],
    ["replay"],
    ["compare"],
    ["simulate"],
    ["scenario", "check"],
    ["policy"],
    ["policy", "check"],
    ["serve"],
    ["worker"],
    ["config"],
    ["erase"],
    ["extract"],
    ["tidy"],
    ["keys"],
    ["keys", "rotate"],
    ["backup"],
    ["restore"],
    ["user"],
    ["user", "add"],
    ["audit"],
    ["audit", "verify"],
]


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_help_in_swedish(hemvist: Command, command: list[str]) -> None:
    said = hemvist(*command, "--help")
    assert said.status == 0
    assert said.out.startswith(f"Användning: {' '.join(['hemvist', *command])}")
    assert f"Exempel:\n  hemvist {' '.join(command)}".rstrip() in said.out
    assert said.err == ""


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_help_in_english(hemvist: Command, command: list[str]) -> None:
    said = hemvist("--lang", "en", *command, "--help")
    assert said.status == 0
    assert said.out.startswith("Usage: hemvist")
    assert "Examples:" in said.out


def test_nothing_said_shows_the_help(hemvist: Command) -> None:
    assert hemvist() == hemvist("--help")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "en", "match", "--help"),
        ("match", "--help", "--lang=en"),
        ("match", "--lang", "en", "--help"),
    ],
)
def test_the_language_may_stand_anywhere(hemvist: Command, arguments: tuple[str, ...]) -> None:
    assert hemvist(*arguments).out.startswith("Usage: hemvist match")


def test_the_language_of_the_surroundings(hemvist: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMVIST_LANG", "en")
    assert hemvist("--help").out.startswith("Usage:")
    assert hemvist("--help", "--lang", "sv").out.startswith("Användning:")


def test_help_waits_for_nothing_heavy(database: Path) -> None:
    code = (
        "import sys; from api.cli.main import run; status = run(['match', '--help']);"
        "heavy = {'numpy', 'ortools', 'sqlalchemy', 'rich', 'babel', 'networkx'} & set(sys.modules);"
        "print(sorted(heavy)); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=300)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_help_opens_no_database(hemvist: Command, database: Path) -> None:
    hemvist("match", "--help")
    assert not database.exists()


def test_version(hemvist: Command) -> None:
    said = hemvist("--version")
    assert said.status == 0
    assert said.out.startswith("hemvist ")


def test_usage_tells_how_many_names_a_command_takes(hemvist: Command) -> None:
    assert hemvist("simulate", "--help").out.startswith("Användning: hemvist simulate [VAL] [SCENARIO …]\n")
    assert hemvist("scenario", "check", "--help").out.startswith(
        "Användning: hemvist scenario check [VAL] SCENARIO …\n"
    )
    assert hemvist("explain", "--help").out.startswith("Användning: hemvist explain [VAL] HUSHÅLL\n")
