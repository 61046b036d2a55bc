"""Whatever a rule saw is said in words, on the pages and at the command line, in both languages."""

from datetime import date

import pytest

from api.cli.voice import Voice
from api.cli.words import Words
from api.texts import LANGUAGES, Language
from models.database import open_database
from models.exchange import import_folder
from models.store import read_dataset
from optimiser.compatibility import assess
from optimiser.instance_build import build_instance
from optimiser.policy.load import load_policy
from optimiser.reasons.explain import RuleVerdict, explain_pools
from tests.server.conftest import SMALL_CITY
from ui.frame.rule_words import RuleWords
from ui.texts import Texts

DAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def seen() -> list[RuleVerdict]:
    """Every rule on every pair of a small city."""
    engine = open_database("sqlite://")
    import_folder(engine, SMALL_CITY, DAY)
    assessment = assess(load_policy(DAY), build_instance(read_dataset(engine), DAY))
    engine.dispose()
    pools = list(range(assessment.instance.m))
    return [
        verdict
        for household in range(assessment.instance.n)
        for pool in explain_pools(assessment, household, pools)
        for verdict in pool.verdicts
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_rules_saw_is_said(seen: list[RuleVerdict], language: Language) -> None:
    told = {repr((verdict.observed, verdict.limit)): verdict for verdict in seen}
    assert any("minutes_today" in what for what in told)
    words, page = Words(Voice(language)), RuleWords(Texts(language))
    for verdict in told.values():
        for said in (verdict.observed, verdict.limit):
            assert "_" not in words.mapping(said)
            assert "_" not in page.mapping(said)


@pytest.mark.parametrize(
    ("language", "fact", "answer", "said"),
    [
        ("sv", "shis_months", "48", "48 månader"),
        ("en", "shis_months", 1, "1 month"),
        ("sv", "safe_districts", "Farsta|Järva", "alla områden"),
        ("sv", "violence_exposed", "yes", "ja"),
    ],
)
def test_an_answer_is_said_with_its_unit(language: Language, fact: str, answer: object, said: str) -> None:
    assert RuleWords(Texts(language)).answer(fact, answer) == said


def test_a_list_is_said_in_words() -> None:
    assert RuleWords(Texts("sv")).value("preferred_districts", "Farsta|Järva") == "Farsta och Järva"
