"""What to ask first: unknown facts of those left without a proposal, by what each answer would open."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from api.usecases.cities import filled
from api.usecases.policies import policy_on
from models.dataset import Dataset
from optimiser.instance import Instance
from optimiser.instance_build import build_instance
from optimiser.match import Match, match
from optimiser.matching import Moves
from optimiser.reasons.asking import MOST, Asked, Question, worth_asking
from optimiser.reasons.regret import Progress

TOP = 20
"""So many questions are told, when nothing is said."""


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Questions to ask first; answer is what `ask --json` gives, `changing` how many change anything."""

    dataset: Dataset
    answer: dict[str, Any]
    changing: int


def what_to_ask(
    engine: Engine, as_of: date, moves: Moves, top: int = TOP, progress: Progress | None = None
) -> ToAsk:
    """Match, and try every answer to every unknown fact that could open a pool: nothing is stored.

    Parameters
    ----------
    top
        Most questions to tell.
    progress
        Told how many answers have been tried of how many.

    Raises
    ------
    UserError
        If the database is empty, or the day is before the policy began.
    """
    dataset = filled(engine)
    found = match(policy_on(as_of), build_instance(dataset, as_of), moves)
    asked = worth_asking(found, max(MOST, top), progress)
    return ToAsk(dataset, _answer(found, asked, top), len(asked.ranked))


def _answer(found: Match, asked: Asked, top: int) -> dict[str, Any]:
    instance = found.assessment.instance
    return {
        "as_of": str(instance.as_of),
        "tried": asked.tried,
        "possible": asked.possible,
        "facts": [
            {"fact": fact, "questions": questions, "placements": placements}
            for fact, questions, placements in asked.facts()
        ],
        "questions": [_question(instance, found, question) for question in asked.ranked[:top]],
    }


def _question(instance: Instance, found: Match, question: Question) -> dict[str, Any]:
    h, effect, names = question.household, question.effect, instance.household_ids
    return {
        "household": None if h is None else names[h],
        "tier": None if h is None else int(found.priority.tier[h]),
        "points": None if h is None else int(found.priority.points[h]),
        "fact": question.fact,
        "answer": question.answer,
        "household_gets": None if question.gets is None else instance.pool_ids[question.gets],
        "placements": effect.placements,
        "effect": dict(effect.goals),
        "gain": [names[one] for one in effect.gain],
        "lose": [names[one] for one in effect.lose],
        "elsewhere": [names[one] for one in effect.elsewhere],
    }
