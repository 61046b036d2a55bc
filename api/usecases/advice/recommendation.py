"""Recommendations both ways: places for a case, households for a vacancy, by what each changes for all."""

from dataclasses import dataclass
from typing import Any

from api.access.actor import Actor
from api.usecases.advice.telling import Telling
from api.usecases.city_view import CityView
from optimiser.matching import Moves
from optimiser.reasons.recommend import (
    MOST,
    Option,
    Recommendation,
    recommended_households,
    recommended_places,
)

MOST_SOLVED = 5
"""So many options are tried when the city is solved again for each."""

CHOICE = 2
"""So many places a household chooses between, where there are so many."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a recommendation is asked for: moves of the run it forces from, and most options to try.

    most None is as many as are quick: fewer where limits bind, so that the city is solved again for each.
    """

    moves: Moves = "unlimited"
    most: int | None = None

    def most_in(self, view: CityView) -> int:
        """Most options to try in a city."""
        if self.most is not None:
            return self.most
        return MOST if view.base(self.moves).flow else MOST_SOLVED


def places_for(view: CityView, actor: Actor, household_id: str, asked: Asked) -> dict[str, Any]:
    """Places for a household that the person may see, the one that is best for the whole first."""
    found = view.proposed(asked.moves)
    told = recommended_places(found, view.row_of[household_id], asked.most_in(view))
    telling = Telling(view, actor)
    return _answer(telling, told, [_place(telling, option) for option in told.options])


def households_for(view: CityView, actor: Actor, pool_id: str, asked: Asked) -> dict[str, Any]:
    """Households for one vacancy, the one that is best for the whole first; others are unnamed."""
    found = view.proposed(asked.moves)
    told = recommended_households(found, view.pool_at[pool_id], asked.most_in(view))
    telling = Telling(view, actor)
    options = [
        {**telling.household(option.household), "effect": telling.effect(option.effect)}
        for option in told.options
        # That a protected household could live here would be half of its address.
        if not telling.hidden_address(option.household)
    ]
    return _answer(telling, told, options)


def choices_for(view: CityView, actor: Actor, household_id: str, asked: Asked) -> dict[str, Any]:
    """The best places that a household can choose between while nobody else loses a place by it."""
    row, telling = view.row_of[household_id], Telling(view, actor)
    found = view.proposed(asked.moves)
    told = recommended_places(found, row, asked.most_in(view))
    fair = [option for option in told.options if not _somebody_loses(option, row)]
    return _answer(telling, told, [_place(telling, option) for option in fair[:CHOICE]])


def _somebody_loses(option: Option, row: int) -> bool:
    tiers = [change for goal, change in option.effect.goals.items() if goal.startswith("tier_")]
    return min(tiers) < 0 or any(other != row for other in option.effect.lose)


def _place(telling: Telling, option: Option) -> dict[str, Any]:
    instance = telling.view.assessment.instance
    pool = telling.view.pools[instance.pool_ids[option.pool]]
    return {
        "pool": pool.pool_id,
        "name": pool.name,
        "form": pool.form,
        "district": pool.district,
        "vacant_now": bool(instance.pools["vacant"][option.pool] > 0),
        "effect": telling.effect(option.effect),
    }


def _answer(telling: Telling, told: Recommendation, options: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "as_of": telling.view.assessment.instance.as_of,
        "tried": told.tried,
        "eligible": told.eligible,
        "options": options,
    }
