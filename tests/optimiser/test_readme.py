"""The pages of the room: the example runs and prints what it says, and the files they name are there."""

import doctest
import re
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[2] / "optimiser"
PAGE = ROOM / "README.md"


def test_example_runs_and_gives_what_the_page_says() -> None:
    outcome = doctest.testfile(str(PAGE), module_relative=False)
    assert outcome.attempted > 8
    assert outcome.failed == 0


@pytest.mark.parametrize("page", ["README.md", "MATHEMATICS.md"])
def test_files_named_are_there(page: str) -> None:
    text = (ROOM / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_/]+\.(?:py|md))`|\]\(([A-Z]+\.md)\)", text))
    files = {name or link for name, link in named}
    assert len(files) > 10
    assert {name for name in files if not (ROOM / name).is_file()} == set()
