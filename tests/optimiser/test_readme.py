"""The page of the room: its example runs and prints what it says, and the files it names are there."""

import doctest
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "optimiser" / "README.md"


def test_example_runs_and_gives_what_the_page_says() -> None:
    outcome = doctest.testfile(str(PAGE), module_relative=False)
    assert outcome.attempted > 8
    assert outcome.failed == 0


def test_files_named_are_there() -> None:
    named = set(re.findall(r"`([a-z_/]+\.py)`", PAGE.read_text(encoding="utf-8")))
    there = {path.name for path in PAGE.parent.rglob("*.py")}
    assert len(named) > 10
    assert {name for name in named if Path(name).name not in there} == set()
