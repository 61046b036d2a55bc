"""The page of worked explanations says what the runs on the demo city say, of the right people."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from api.cli.pages.aloud import sentences
from api.cli.voice import Voice
from api.texts import LANGUAGES
from api.usecases.explaining import Explained
from models.codes import Situation, SubstanceUse
from models.database import open_database
from optimiser.reasons.unmatched import unmatched

from .conftest import Command
from .explanations import FILE, PEOPLE, explained, page


@pytest.fixture(scope="module")
def found(demo_city_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Explained]:
    """The five households of the page, explained anew."""
    file = tmp_path_factory.mktemp("explained") / "demo.sqlite"
    shutil.copyfile(demo_city_file, file)
    engine = open_database(str(file))
    told = explained(engine)
    engine.dispose()
    return told


def test_the_page_is_what_the_runs_say(found: dict[str, Explained]) -> None:
    assert FILE.read_text(encoding="utf-8") == page(found), "write it anew: python -m tests.api.explanations"


def test_each_takes_five_to_ten_sentences_in_both_languages(found: dict[str, Explained]) -> None:
    for one in found.values():
        for language in LANGUAGES:
            assert 5 <= len(list(sentences(Voice(language), one))) <= 10


def test_they_are_who_the_titles_say(found: dict[str, Explained]) -> None:
    family, woman, old, moving, nowhere = found.values()
    households = {h.household_id: h for h in family.dataset.households}
    columns = family.match.assessment.instance.households
    assert columns["children"][family.row] == 2
    assert columns["adult_women"][woman.row] == columns["adults"][woman.row] == 1
    assert households[woman.answer["household"]].substance_use == SubstanceUse.ACTIVE
    assert columns["oldest_adult"][old.row] >= 65
    assert households[moving.answer["household"]].situation == Situation.SUPPORTED_HOUSING
    assert not any(entry["eligible"] == "yes" for entry in nowhere.answer["pools"])


def test_proposals_causes_and_who_is_ahead(found: dict[str, Explained]) -> None:
    text = FILE.read_text(encoding="utf-8")
    told = {
        household: section
        for household in PEOPLE
        for section in text.split("## ")
        if section.split("\n\n", 1)[-1].startswith(f"{household} är")
    }
    assert list(told) == list(PEOPLE)
    causes = {
        "outcompeted": "platserna räcker inte",
        "needs_information": "en uppgift kan ändra det",
        "no_eligible_pool": "inget av stadens boenden passar",
        "stays": "behåller sin plats",
    }
    for household, one in found.items():
        match, answer = one.match, one.answer
        plan, ids = match.plan, match.assessment.instance.household_ids
        if answer["proposal"]:
            assert "Förslaget är " in told[household]
            assert f"{answer['proposal']})." in told[household]
            (index,) = np.flatnonzero(plan.household == one.row)
            step = next(step for step in match.steps if step.proposal == index)
            length = sum(1 for other in match.steps if other.chain == step.chain)
            assert f"steg {step.step} av {length} i kedja {step.chain}" in told[household]
            before = next(s for s in match.steps if (s.chain, s.step) == (step.chain, step.step - 1))
            assert f"när {ids[plan.household[before.proposal]]} flyttar" in told[household]
            assert plan.from_pool[before.proposal] == plan.pool[index]
            continue
        left = unmatched(match.assessment, match.priority, plan, match.moves)
        cause = next(entry.cause for entry in left if entry.household == one.row)
        assert causes[cause] in told[household]
        if answer["ahead"]:
            proposed = [o for o in answer["ahead"] if (o["household"], o["pool"]) in one.proposed]
            first = min(proposed, key=lambda o: (o["tier"], -o["points"], o["household"]))
            ahead = f"står {len(answer['ahead'])} hushåll; främst av dem {first['household']} med"
            assert ahead in told[household]
        for remedy in answer["would_help"][:2]:
            assert f"{remedy['effect']['household_gets']})" in told[household]


def test_aloud_on_the_command_line(small_city: Command) -> None:
    swedish = small_city("explain", "H00016", "--as-of", "2026-01-15", "--aloud")
    assert swedish.status == 0
    assert swedish.out.startswith("H00016 är ")
    assert swedish.out.count("\n") == 1
    assert "Turordningen är" in swedish.out
    english = small_city("explain", "H00016", "--as-of", "2026-01-15", "--aloud", "--lang", "en")
    assert english.out.startswith("H00016 is ")
