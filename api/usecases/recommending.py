"""A recommendation: places for one household, or households for one vacancy, by what each changes for all."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from api.usecases.cities import filled
from api.usecases.policies import policy_on
from api.usecases.problems import UserError
from models.dataset import Dataset
from optimiser.instance import Instance
from optimiser.instance_build import build_instance
from optimiser.match import Match, match
from optimiser.matching import Moves
from optimiser.reasons.recommend import MOST, Option, recommended_households, recommended_places
from optimiser.reasons.regret import Progress


@dataclass(frozen=True, slots=True)
class Recommended:
    """A recommendation; answer is what `recommend --json` gives."""

    dataset: Dataset
    answer: dict[str, Any]


def recommend(
    engine: Engine,
    household: str | None,
    pool: str | None,
    as_of: date,
    moves: Moves,
    most: int = MOST,
    progress: Progress | None = None,
) -> Recommended:
    """Rank places for a household, or households for a pool, by solving again: nothing is stored.

    Raises
    ------
    UserError
        If neither or both are named, or what is named is not in the database.
    """
    if (household is None) == (pool is None):
        raise UserError("household_or_pool")
    dataset = filled(engine)
    instance = build_instance(dataset, as_of)
    ids = instance.household_ids if pool is None else instance.pool_ids
    wanted = household if pool is None else pool
    if wanted not in ids:
        raise UserError("unknown_household" if pool is None else "unknown_pool", id=str(wanted))
    found = match(policy_on(as_of), instance, moves)
    ranked = recommended_places if pool is None else recommended_households
    told = ranked(found, ids.index(wanted), most, progress)
    answer: dict[str, Any] = {
        "household" if pool is None else "pool": wanted,
        "as_of": str(as_of),
        "tried": told.tried,
        "eligible": told.eligible,
        "impossible": told.impossible,
        "options": [_option(instance, found, option) for option in told.options],
    }
    return Recommended(dataset, answer)


def _option(instance: Instance, found: Match, option: Option) -> dict[str, Any]:
    effect, names = option.effect, instance.household_ids
    return {
        "household": names[option.household],
        "pool": instance.pool_ids[option.pool],
        "tier": int(found.priority.tier[option.household]),
        "points": int(found.priority.points[option.household]),
        "effect": dict(effect.goals),
        "gain": [names[h] for h in effect.gain],
        "lose": [names[h] for h in effect.lose],
        "elsewhere": [names[h] for h in effect.elsewhere],
    }
