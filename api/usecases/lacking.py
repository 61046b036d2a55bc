"""What the stock lacks: the gap in women's places, and what one more place in each pool would bring."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from api.usecases.cities import filled
from api.usecases.policies import policy_on
from models.stock import Pool
from optimiser.assessment import Assessment
from optimiser.compatibility import assess
from optimiser.gap.bottlenecks import Bottlenecks, bottlenecks, bottlenecks_answer
from optimiser.gap.holes import Hole, holes
from optimiser.gap.womens_gap import Gap, gap, gap_answer
from optimiser.instance_build import build_instance
from optimiser.limits.model import NO_LIMITS, Limits
from optimiser.matching import Moves


@dataclass(frozen=True, slots=True)
class GapShown:
    """The gap with its holes, the pools by index, and the answer as `gap --json` gives it."""

    gap: Gap
    holes: tuple[Hole, ...]
    pools: tuple[Pool, ...]
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BottlenecksShown:
    """The bottlenecks with the pools by index and the answer as `bottlenecks --json` gives it."""

    found: Bottlenecks
    pools: tuple[Pool, ...]
    answer: dict[str, Any]


def show_gap(engine: Engine, as_of: date) -> GapShown:
    """Count the gap in women's places on a day; nothing is stored.

    Raises
    ------
    UserError
        If the database is empty, or the day is before the policy began.
    """
    a, pools = _assessed(engine, as_of)
    found = gap(a)
    return GapShown(found, holes(found), pools, gap_answer(found))


def show_bottlenecks(
    engine: Engine,
    as_of: date,
    moves: Moves,
    progress: Callable[[int, int], None],
    limits: Limits = NO_LIMITS,
) -> BottlenecksShown:
    """What one more place in each pool would change on a day; nothing is stored.

    Parameters
    ----------
    progress
        Told how many pools have been solved again, of how many.
    limits
        What the run would have to keep beyond the city's data and the policy.

    Raises
    ------
    UserError
        If the database is empty, or the day is before the policy began.
    LimitsProblem
        If a limit names something that is not there.
    LimitsConflict
        If no plan keeps all limits.
    """
    a, pools = _assessed(engine, as_of)
    found = bottlenecks(a, moves, progress, limits)
    return BottlenecksShown(found, pools, bottlenecks_answer(found))


def _assessed(engine: Engine, as_of: date) -> tuple[Assessment, tuple[Pool, ...]]:
    dataset = filled(engine)
    pools = tuple(sorted(dataset.pools, key=lambda pool: pool.pool_id))
    return assess(policy_on(as_of), build_instance(dataset, as_of)), pools
