"""Faults of ours and refusals of the API, as they are told."""

import json

import pytest

from ui.desk_client import Refused
from ui.frame.crashes import tell_of_a_fault
from ui.frame.faults import changes_told
from ui.texts import Texts


def test_a_fault_is_written_down_without_a_word_about_anybody(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyError) as raised:
        Texts("sv")("A-1042 flyttar till Syrenen")
    assert tell_of_a_fault(raised.value) is True
    line = next(line for line in capsys.readouterr().err.splitlines() if '"fault"' in line)
    assert "A-1042" not in line
    told = json.loads(line)
    assert told["kind"] == "KeyError"
    assert told["frames"][0].startswith("models/sentences.py:")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"state": "declined"}, ["Läget är nu: har tackat nej."]),
        ({"state": "offered", "step": 1}, ["Steg 1 är nu: erbjudet."]),
        ({"waiting_for": 2}, ["2 hushåll i bytet har inte tackat ja ännu."]),
        ({}, []),
    ],
)
def test_what_somebody_else_changed_is_said_in_words(changed: dict[str, object], words: list[str]) -> None:
    assert changes_told(Texts("sv"), Refused(409, {"changed": changed})) == words
