"""The desks' sentences: the same in both languages, and all that the code asks for."""

import ast
import re
from pathlib import Path

import pytest

from models.codes import Admits, DrugPolicy, Situation, Support
from models.next_steps import StepCode
from models.offers import DeclineReason, DepartureReason, OfferState
from models.pins import PinKind
from models.waiting import ParkReason
from ui.coordinator import VIEWS
from ui.texts import LANGUAGES, Language, Texts, sentences

ROOT = Path(__file__).parents[2]
UI = ROOT / "ui"
RECORDING = {"record", "Act", "_record", "_act", "record_list", "listed", "page_about"}
"""What the API calls to put an act into the log."""
WORDS = re.compile(r"\{(\w+)\}")
CODES = {
    "situation": Situation,
    "arrives": Situation,
    "support": Support,
    "admits": Admits,
    "drug_policy": DrugPolicy,
    "offer_state": OfferState,
    "decline_reason": DeclineReason,
    "departure": DepartureReason,
    "next_step": StepCode,
    "park_reason": ParkReason,
}


def test_each_sentence_stands_in_both_languages_with_the_same_words() -> None:
    swedish, english = sentences("sv"), sentences("en")
    assert set(swedish) == set(english)
    differing = [
        key for key in swedish if set(WORDS.findall(swedish[key])) != set(WORDS.findall(english[key]))
    ]
    assert differing == []


def test_every_key_in_the_code_has_a_sentence() -> None:
    asked: set[str] = set()
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                named = ast.unparse(node.func)
                key = node.args[0].value
                if named.endswith("texts.count") and isinstance(key, str):
                    asked |= {f"count.{key}.one", f"count.{key}.other"}
                elif named.split(".")[-1] == "texts" and isinstance(key, str):
                    asked.add(key)
    assert {"today.title", "count.household.one"} <= asked
    assert sorted(asked - set(sentences("sv"))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_word_and_every_page_a_name(language: Language) -> None:
    texts = Texts(language)
    missing = [
        f"{kind}.{code}" for kind, codes in CODES.items() for code in codes if not texts.has(f"{kind}.{code}")
    ]
    missing += [f"page.{view.key}" for view in VIEWS if not texts.has(f"page.{view.key}")]
    assert missing == []


def test_every_act_in_the_log_has_a_word() -> None:
    acts, kinds = set[str](), set[str]()
    for file in (ROOT / "api").rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = ast.unparse(call.func).split(".")[-1]
            if name in RECORDING:
                said = [ast.literal_eval(one) for one in call.args if isinstance(one, ast.Constant)]
                acts |= {one for one in said if "." in str(one) or one == "tidy"}
                named = {one for one in said if re.fullmatch("[a-z_]{3,}", str(one))}
                kinds |= named - {"tidy", "operator", "unknown", "me"}
        acts |= {
            constant.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "action"
            for constant in ast.walk(node.value)
            if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
        }
        acts |= {
            constant.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in RECORDING
            for argument in node.args
            if isinstance(argument, ast.IfExp)
            for constant in (argument.body, argument.orelse)
            if isinstance(constant, ast.Constant) and "." in str(constant.value)
        }
    acts |= {f"offer.{state}" for state in OfferState} | {f"pin.{kind}" for kind in PinKind}
    assert {"case.read", "step.done", "discharge.close", "session.stolen"} <= acts
    for language in LANGUAGES:
        texts = Texts(language)
        assert sorted(act for act in acts if not texts.has(f"record_action.{act}")) == []
        about = {kind for kind in kinds if not texts.has(f"record_kind.{kind}")}
        assert sorted(kind for kind in about if not texts.has(f"record_reason.{kind}")) == []


def test_numbers_days_and_plurals_as_each_language_writes_them() -> None:
    swedish, english = Texts("sv"), Texts("en")
    assert swedish.number(239978).replace("\N{NO-BREAK SPACE}", " ") == "239 978"
    assert english.number(239978) == "239,978"
    assert (swedish.day("2026-01-15"), english.day("2026-01-15")) == ("15 januari 2026", "15 January 2026")
    assert [english.count("household", n) for n in (1, 2)] == ["1 household", "2 households"]
    assert [swedish.count("place", n) for n in (1, 2)] == ["1 plats", "2 platser"]
    assert swedish.moment("2026-07-01T10:00:00+00:00") == "1 juli 2026 kl. 12:00"
    assert swedish.listed(["a", "b", "c"]) == "a, b och c"
    assert (swedish.number(None), swedish.day(None)) == ("–", "–")
