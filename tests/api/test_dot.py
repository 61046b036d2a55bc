"""`--dot`: the chains of a match and of a stored run as a drawing."""

from pathlib import Path

import pytest

from ..optimiser.dot_reader import read_dot, shown
from .conftest import DAY, Command


@pytest.mark.parametrize(("language", "words"), [("sv", "flyttar in"), ("en", "moves in")])
def test_a_match_and_its_replay_are_drawn_alike(
    small_city: Command, tmp_path: Path, language: str, words: str
) -> None:
    file, again = tmp_path / "chains.dot", tmp_path / "again.dot"
    told = small_city("match", *DAY, "--json", "-", "--dot", str(file), "--lang", language).data
    found = read_dot(file.read_text(encoding="utf-8"))
    assert str(told["run"]["id"]) in found.name
    steps = sorted(shown(about["label"]) for _, _, about in found.edges)
    assert steps == sorted(f"{one['step']}. {one['household']}" for one in told["proposals"])
    assert len(found.headings) == len({one["chain"] for one in told["proposals"]})
    assert words in {about["label"] for about in found.nodes.values()}
    said = small_city("replay", str(told["run"]["id"]), "--dot", str(again), "--lang", language)
    assert said.status == 0
    assert said.out
    assert again.read_bytes() == file.read_bytes()


def test_a_drawing_on_standard_output_stands_alone(small_city: Command) -> None:
    said = small_city("match", *DAY, "--dot", "-")
    assert read_dot(said.out).edges


def test_two_answers_on_standard_output_are_refused(small_city: Command) -> None:
    for command in (("match", *DAY), ("replay", "1")):
        said = small_city(*command, "--json", "-", "--dot", "-")
        assert (said.status, said.out) == (2, "")
        assert "--dot" in said.err


def test_a_folder_is_no_drawing(small_city: Command, tmp_path: Path) -> None:
    assert small_city("match", *DAY, "--dot", str(tmp_path)).status == 2
