"""Recommendations both ways: places for a case, households for a vacancy, by what each changes for all.

What no plan has now is listed last and without its effect: full, held or barred by a conflict, all alike,
so that nothing tells where anybody lives. Conflicts with somebody whom the person may not see bar nothing
here (`sight`).
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from api.access.actor import Actor
from api.usecases.advice.sight import as_known_to, of_household, of_pool
from api.usecases.advice.telling import Telling
from api.usecases.city_view import CityView
from optimiser.fit import fit_of_pairs
from optimiser.instance import NONE
from optimiser.matching import Moves
from optimiser.reasons.effect import Effect
from optimiser.reasons.recommend import MOST, recommended_households, recommended_places

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


Side = Literal["household", "pool"]
Choice = tuple[int, int, Effect | None]
"""A household, a pool and what the pair changes for the whole; None where no plan has it now."""


@dataclass(frozen=True, slots=True)
class _Told:
    options: list[Choice]
    tried: int
    eligible: int


def places_for(view: CityView, actor: Actor, household_id: str, asked: Asked) -> dict[str, Any]:
    """Places for a household that the person may see, the one that is best for the whole first."""
    row = view.row_of[household_id]
    view = as_known_to(view, actor, asked.moves, of_household(row))
    told, telling = _told(view, asked, "household", row), Telling(view, actor)
    return _answer(telling, told, [_place(telling, *option) for option in told.options])


def households_for(view: CityView, actor: Actor, pool_id: str, asked: Asked) -> dict[str, Any]:
    """Households for one vacancy, the one that is best for the whole first; others are unnamed."""
    column = view.pool_at[pool_id]
    view = as_known_to(view, actor, asked.moves, of_pool(column))
    told, telling = _told(view, asked, "pool", column), Telling(view, actor)
    options = [
        {**telling.household(row), "effect": _effect(telling, effect)}
        for row, _, effect in told.options
        # That a protected household could live here would be half of its address.
        if not telling.hidden_address(row)
    ]
    return _answer(telling, told, options)


def choices_for(view: CityView, actor: Actor, household_id: str, asked: Asked) -> dict[str, Any]:
    """The best places that a household can choose between while nobody else loses a place by it."""
    row = view.row_of[household_id]
    view = as_known_to(view, actor, asked.moves, of_household(row))
    told, telling = _told(view, asked, "household", row), Telling(view, actor)
    fair = [option for option in told.options if option[2] is not None and not _loses(option[2], row)]
    return _answer(telling, told, [_place(telling, *option) for option in fair[:CHOICE]])


def _told(view: CityView, asked: Asked, side: Side, one: int) -> _Told:
    """The most promising pairs that suit, tried out; those that no plan has come last, whatever bars them."""
    found, most = view.proposed(asked.moves), asked.most_in(view)
    problem = view.base(asked.moves).problem
    mine = np.flatnonzero((problem.seeker if side == "household" else problem.pool) == one)
    in_plan = {
        (int(problem.seeker[pair]), int(problem.pool[pair])): bool(found.solution.chosen[pair])
        for pair in mine.tolist()
    }
    pairs = _suiting(view, asked.moves, side, one)
    h, p = (np.array(part, dtype=np.int64) for part in zip(*pairs, strict=True)) if pairs else (mine, mine)
    tier, points = view.priority.tier[h], view.priority.points[h]
    chosen = np.array([in_plan.get(pair, False) for pair in pairs], dtype=bool)
    # The order in which the engine tries them, so that what is barred takes its turn among the others.
    order = np.lexsort((p, h, -fit_of_pairs(view.assessment, h, p), -points, tier, ~chosen))
    promising = [pairs[at] for at in order[:most].tolist()]
    tries = sum(pair in in_plan for pair in promising)
    way = recommended_places if side == "household" else recommended_households
    options: list[Choice] = [(o.household, o.pool, o.effect) for o in way(found, one, tries).options]
    known = {(row, pool) for row, pool, _ in options}
    options += [(row, pool, None) for row, pool in promising if (row, pool) not in known]
    return _Told(options, len(promising), len(pairs))


def _suiting(view: CityView, moves: Moves, side: Side, one: int) -> list[tuple[int, int]]:
    """Pairs (household, pool) that suit by the rules and by vacancies alone."""
    h, p = view.compatible.eligible
    instance = view.assessment.instance
    home = instance.households["current_pool"].astype(np.int64)
    keep = ((h if side == "household" else p) == one) & view.priority.candidate[h] & (p != home[h])
    if moves == "none":
        keep &= (home[h] == NONE) & (instance.pools["vacant"][p] > 0)
    return list(zip(h[keep].tolist(), p[keep].tolist(), strict=True))


def _loses(effect: Effect, row: int) -> bool:
    tiers = [change for goal, change in effect.goals.items() if goal.startswith("tier_")]
    return min(tiers) < 0 or any(other != row for other in effect.lose)


def _effect(telling: Telling, effect: Effect | None) -> dict[str, Any] | None:
    return None if effect is None else telling.effect(effect)


def _place(telling: Telling, _: int, column: int, effect: Effect | None) -> dict[str, Any]:
    instance = telling.view.assessment.instance
    pool = telling.view.pools[instance.pool_ids[column]]
    return {
        "pool": pool.pool_id,
        "name": pool.name,
        "form": pool.form,
        "district": pool.district,
        "vacant_now": bool(instance.pools["vacant"][column] > 0),
        "effect": _effect(telling, effect),
    }


def _answer(telling: Telling, told: _Told, options: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "as_of": telling.view.assessment.instance.as_of,
        "tried": told.tried,
        "eligible": told.eligible,
        "options": options,
    }
