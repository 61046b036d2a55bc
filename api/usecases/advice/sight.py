"""A city as one person may know it: without the conflicts whose other side the person may not see.

Where a conflict bars a place, the other lives in that house. Advice that said so, by an effect that is
missing or a place that nobody is ahead for, would tell where. So advice is read from the city without such
conflicts, as long as that proposes the same; deciding looks at all of them, and refuses in neutral words.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from optimiser.assessment import Assessment
from optimiser.match import Match
from optimiser.matching import Moves

Proposals = frozenset[tuple[int, int]]
Part = Callable[[Match], Proposals]
"""The proposals that an answer is about, as pairs of household and pool."""


def of_household(row: int) -> Part:
    """What is proposed to a household."""
    return lambda found: _proposals(found, found.plan.household == row)


def of_pool(column: int) -> Part:
    """To whom a pool is proposed."""
    return lambda found: _proposals(found, found.plan.pool == column)


def of_seen(view: CityView, actor: Actor) -> Part:
    """What is proposed to the households that a person may see."""

    def seen(found: Match) -> Proposals:
        return _proposals(found, _seen(view, actor, found.plan.household))

    return seen


def as_known_to(view: CityView, actor: Actor, moves: Moves, part: Part) -> CityView:
    """The city as a person may know it; as it is where only that explains what is proposed."""
    one, other = view.assessment.instance.conflicts.T
    known = _seen(view, actor, one) == _seen(view, actor, other)
    if known.all():
        return view

    def anew() -> tuple[Assessment, dict[Moves, Any]]:
        return _keeping(view.assessment, known), {}

    assessment, proposed = view.kept(("without conflicts", known.tobytes()), anew)
    # Pairs do not hang on conflicts: worked out here, they are in every copy.
    pairs = view.compatible
    without = copy(view)
    object.__setattr__(without, "compatible", pairs)
    object.__setattr__(without, "assessment", assessment)
    object.__setattr__(without, "_proposed", proposed)
    return without if part(without.proposed(moves)) == part(view.proposed(moves)) else view


def _keeping(assessment: Assessment, known: NDArray[np.bool_]) -> Assessment:
    """The same policy on the same city with some of its conflicts; no rule asks for them, so all holds."""
    other, instance = copy(assessment), assessment.instance
    other.instance = replace(instance, conflicts=instance.conflicts[known])
    return other


def _seen(view: CityView, actor: Actor, rows: NDArray[Any]) -> NDArray[np.bool_]:
    ids = view.assessment.instance.household_ids
    cases = (view.households[ids[row]] for row in rows.tolist())
    return np.fromiter((may_see(actor, case) for case in cases), dtype=bool, count=len(rows))


def _proposals(found: Match, those: NDArray[np.bool_]) -> Proposals:
    plan = found.plan
    return frozenset(zip(plan.household[those].tolist(), plan.pool[those].tolist(), strict=True))
