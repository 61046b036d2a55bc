"""What to ask first over a person's whole list: unknown facts by what each answer would open."""

from threading import Lock
from typing import Any

from api.access.actor import Actor
from api.usecases.advice.sight import as_known_to, of_seen
from api.usecases.advice.telling import Telling
from api.usecases.city_view import CityView
from optimiser.assessment import Assessment
from optimiser.matching import Moves
from optimiser.reasons.asking import Asked, Question, worth_asking

MOST = 200
"""So many answers are solved again for, where limits decide."""


KEPT = 4
"""Answers kept: by moves, and by which conflicts the people who ask may know of."""


class Questions:
    """The questions of a city, worked out once for each state of it: all who ask wait for the same answer."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: list[tuple[Assessment, Moves, Asked]] = []

    def of(self, view: CityView, actor: Actor, moves: Moves) -> Asked:
        """Every question worth asking in a city, as far as a person may know it."""
        known = as_known_to(view, actor, moves, of_seen(view, actor))
        city = known.assessment
        with self._lock:
            for assessment, of_moves, asked in self._kept:
                if assessment is city and of_moves == moves:
                    return asked
            asked = worth_asking(known.proposed(moves), MOST)
            self._kept = [*self._kept[-(KEPT - 1) :], (city, moves, asked)]
            return asked


def questions_seen(view: CityView, actor: Actor, asked: Asked) -> list[dict[str, Any]]:
    """The questions about households that a person may see, and about pools, those that open most first."""
    telling = Telling(view, actor)
    return [
        {"rank": rank, **_question(telling, question)}
        for rank, question in enumerate(asked.ranked, start=1)
        if question.household is None or telling.seen(question.household)
    ]


def _question(telling: Telling, question: Question) -> dict[str, Any]:
    instance, h = telling.view.assessment.instance, question.household
    return {
        "household": None if h is None else instance.household_ids[h],
        "tier": None if h is None else int(telling.view.priority.tier[h]),
        "points": None if h is None else int(telling.view.priority.points[h]),
        "fact": question.fact,
        "answer": question.answer,
        "household_gets": None if question.gets is None else instance.pool_ids[question.gets],
        "placements": question.effect.placements,
        "effect": telling.effect(question.effect),
    }
