"""The README says what happens: its commands are carried out and their output compared."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.readme import README, carry_out, carry_out_here, commands, stable


@pytest.mark.parametrize("carried_out", [carry_out_here, pytest.param(carry_out, marks=pytest.mark.slow)])
def test_the_commands_print_what_the_readme_shows(
    carried_out: Callable[[str, Path], str], tmp_path: Path
) -> None:
    shown = commands(README.read_text(encoding="utf-8"))
    assert len(shown) >= 5
    for command, output in shown:
        assert stable(carried_out(command, tmp_path)) == stable(output), command


def test_the_two_commands_for_a_stranger_are_there() -> None:
    text = README.read_text(encoding="utf-8")
    assert all(command in text for command in ("pip install uv", "uv run hemvist demo", "uv run pytest"))


def test_the_rooms_have_their_readme() -> None:
    rooms = ("api", "models", "optimiser", "scenarios", "ui")
    missing = [room for room in rooms if not (README.parent / room / "README.md").is_file()]
    assert missing == []
