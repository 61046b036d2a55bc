"""Both languages say everything that the code asks for, with the same words in each sentence."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

import api
import models
from api.access.roles import PERMISSIONS
from api.texts import LANGUAGES, Language, Texts, sentences
from api.texts.problems import translated
from models.exchange.faults import messages
from optimiser.facts import FACTS
from optimiser.matching import GOALS
from optimiser.policy.load import load_policy_data
from optimiser.reasons.summary import AGES, DRUGS, KINDS

CODE = Path(api.__file__).parent
TESTED = (
    *("match.", "explain.", "import.", "export.", "demo.", "policy.", "proposals."),
    *("help.", "usage.", "error.", "value.", "limit.", "level.", "count.", "working."),
    *("compare.", "replay.", "setting.", "verdict.", "baseline.", "aloud.", "recommend."),
    *("drawing.", "asking.", "simulate.", "calibrate.", "wait."),
    *("serve.", "config.", "restore."),
)


def fields_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def keys_in_code() -> set[str]:
    """Every text in the code that has the look of a key, but for the names of acts in the record."""
    nodes = [
        node for file in CODE.rglob("*.py") for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    ]
    acts = {
        id(node.args[0])
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record"
    }
    strings = {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in acts
    }
    keys = {text for text in strings if re.fullmatch(r"[a-z_]+(\.[a-z_0-9]+)+", text)}
    return {key for key in keys if key.startswith(TESTED)} - PERMISSIONS


def test_both_languages_have_the_same_keys() -> None:
    assert set(sentences("sv")) == set(sentences("en"))


def test_sentences_name_the_same_words_in_both_languages() -> None:
    swedish, english = sentences("sv"), sentences("en")
    different = {key for key in swedish if fields_of(swedish[key]) != fields_of(english[key])}
    assert not different


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: Language) -> None:
    assert all(sentence.strip() for sentence in sentences(language).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_in_the_code_has_its_sentence(language: Language) -> None:
    used = keys_in_code()
    assert len(used) > 60
    assert used <= set(sentences(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_family_of_keys_is_complete(language: Language) -> None:
    texts = Texts(language)
    wanted = [f"fact.{fact}" for fact in FACTS]
    wanted += [f"goal.{goal}" for goal in GOALS]
    wanted += [f"kind.{kind}" for kind in KINDS] + [f"drugs.{drugs}" for drugs in DRUGS]
    wanted += [f"age.{age}" for age in AGES if age != "any"]
    rules = load_policy_data().tree["rules"]
    wanted += [f"ask.{rule}" for rule, entry in rules.items() if entry.get("when_unknown") == "ask"]
    assert [key for key in wanted if not texts.has(key)] == []


def test_users_mistakes_have_their_sentences() -> None:
    used = set()
    for file in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "UserError":
                used |= {str(a.value) for a in node.args if isinstance(a, ast.Constant)}
    assert {"bad_date", "other_city"} <= used
    # What only the web can ask for is said by its problem alone.
    said = set(sentences("sv"))
    assert {key for key in used if f"error.{key}" not in said and f"problem.{key}" not in said} == set()


def test_a_missing_key_is_no_silent_gap() -> None:
    with pytest.raises(KeyError):
        Texts("sv")("match.no_such_sentence")


def said_by_models() -> Iterator[str]:
    """Sentences of problems as the code of models has them, with a word in place of each value."""
    for file in Path(models.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "DatabaseProblem",
                "ExchangeProblem",
            ):
                yield from filter(None, map(sentence_of, node.args))
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "message":
                yield from filter(None, [sentence_of(node.value)])
            elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "").startswith("_in_"):
                texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
                yield from (t for t in texts if isinstance(t, str) and t.endswith("."))


def sentence_of(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(sentence_of(part) or "NAMN" for part in node.values)
    return None


def test_every_problem_of_models_is_said_in_swedish() -> None:
    known = list(said_by_models())
    assert len(known) > 30
    assert [sentence for sentence in known if translated(sentence, "sv") == sentence] == []
    assert all(translated(sentence, "en") == sentence for sentence in known)


def test_translated_problems_keep_their_words() -> None:
    entries = tomllib.loads((files("api.texts") / "problems.toml").read_text(encoding="utf-8"))["sentence"]
    assert all(fields_of(entry["en"]) == fields_of(entry["sv"]) for entry in entries)
    english = "The database stad.sqlite cannot be created because the folder /a: b is missing."
    assert "stad.sqlite" in translated(english, "sv")
    assert "/a: b" in translated(english, "sv")


def test_faults_are_said_in_both_languages() -> None:
    assert all({"sv", "en", "remedy_sv", "remedy_en"} <= set(entry) for entry in messages().values())
