"""Group limit: at most so many households with active use in a facility once the run is carried out."""

import numpy as np

from optimiser.instance import NONE, code_of
from optimiser.limits.scope import Index, Scope, facility_index
from optimiser.problem import SideLimit


def group_sides(scope: Scope, facility: str, most: int) -> list[SideLimit]:
    """Rows that keep households with active use in a facility within a number.

    Entries less departures are at most the number less who lives there; a move inside the facility
    changes nothing. Where more live there already, nobody has to leave, and nobody comes before they
    are few enough: then each household that might come has a row by which its entry weighs as much more
    as they are too many.

    Raises
    ------
    LimitsProblem
        When there is no such facility.
    """
    at = facility_index(scope.instance, "groups", facility)
    active = active_use(scope)
    inside = scope.instance.pools["facility"] == at
    lives = (scope.current != NONE) & inside[scope.current]
    room = most - int((active & lives).sum())
    into = active[scope.h] & inside[scope.p] & ~lives[scope.h]
    away = active[scope.h] & ~inside[scope.p] & lives[scope.h]
    pairs = np.flatnonzero(into | away)
    coefficient = np.where(into[pairs], 1, -1).astype(np.int64)
    name = f"group {facility}"
    if room >= 0:
        return [SideLimit(name, pairs, coefficient, room)]
    return [
        SideLimit(name, pairs, coefficient - room * (into[pairs] & (scope.h[pairs] == h)), 0)
        for h in np.unique(scope.h[into]).tolist()
    ]


def active_use(scope: Scope) -> Index:
    """Households known to use actively, shape (n,)."""
    code = code_of("substance_use", "active")
    return np.asarray(scope.instance.households["substance_use"] == code)
