"""Every refusal that the service can give has its own sentence in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

import api
from api.server.problems import language_of
from api.texts import Language, Texts

PLACE_OF_KEY = {"Problem": 1, "UserError": 0}
"""Which argument of a refusal is its key; the first of all whose name ends on Refused."""

OF_COMMANDS = ("cli", "serving.py", "usecases/backups.py", "usecases/recommending.py", "usecases/demo_")
"""Where refusals are of the command line alone, which has its own sentences."""


def refusals() -> Iterator[tuple[str, str]]:
    """Keys of refusals and where they are given, as far as they are written out."""
    room = Path(str(api.__file__)).parent
    for file in sorted(room.rglob("*.py")):
        place = file.relative_to(room).as_posix()
        if place.startswith(OF_COMMANDS):
            continue
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            name = call.func.id
            at = 0 if name.endswith("Refused") else PLACE_OF_KEY.get(name)
            if at is None or len(call.args) <= at:
                continue
            given = call.args[at]
            for one in (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one.value, place


SHOWN_BY_COMMANDS = {"no_folder", "cannot_write"}
"""Given by use cases that the command line alone calls with a place on this machine."""


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_refusal_has_a_sentence(language: Language) -> None:
    texts = Texts(language)
    found = [(key, place) for key, place in refusals() if key not in SHOWN_BY_COMMANDS]
    assert len(found) > 100
    assert [one for one in found if not texts.has(f"problem.{one[0]}")] == []


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "sv"),
        ("en", "en"),
        ("sv-SE,sv;q=0.9,en;q=0.8", "sv"),
        ("sv;q=0.5, en-GB;q=0.9", "en"),
        ("de, en;q=0.2", "en"),
        ("en ; q=0.7, sv;q=0.7", "en"),
        ("en;q=0", "sv"),
        ("*", "sv"),
        ("english, svenska", "sv"),
        ("en;q=much", "sv"),
    ],
)
def test_the_language_is_the_one_asked_for_most(asked: str, language: Language) -> None:
    headers = [(b"accept-language", asked.encode())]
    assert language_of(Request({"type": "http", "headers": headers})) == language
