"""Where people go when what they had ends: situations without a home, and situations of a form."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.codes import Situation
from optimiser.instance import Columns, code_of
from scenarios.assumptions import Assumptions, AssumptionsProblem
from scenarios.simulation.population import Population, Rows

BY_FORM: Mapping[str, Situation] = {
    "akutboende": Situation.EMERGENCY_SHELTER,
    "jourlagenhet": Situation.EMERGENCY_FLAT,
    "genomgangsbostad": Situation.TRANSITIONAL,
    "traningslagenhet": Situation.TRAINING_FLAT,
}
"""Situation of who lives in a form; the others by kind: SHIS transitional, level 3 housed, else supported."""


WHO = ("adults", "families")


def situation_of_pools(pools: Columns, form_ids: tuple[str, ...]) -> NDArray[np.int8]:
    """Code of the situation of who lives in each pool, shape (m,)."""
    codes = np.full(len(pools["form"]), code_of("situation", Situation.SUPPORTED_HOUSING), dtype=np.int8)
    codes[pools["level"] == 3] = code_of("situation", Situation.HOUSED)
    codes[pools["shis"]] = code_of("situation", Situation.TRANSITIONAL)
    for form, situation in BY_FORM.items():
        codes[pools["form"] == form_ids.index(form)] = code_of("situation", situation)
    return codes


class WithoutHome:
    """Draws a situation without a home: one table for adults, one for families.

    Raises
    ------
    AssumptionsProblem
        When a table has no weight above 0.
    """

    def __init__(self, assumptions: Assumptions) -> None:
        tables = [assumptions.table(f"situations.{who}") for who in WHO]
        empty = [
            f"situations.{who}" for who, table in zip(WHO, tables, strict=True) if not any(table.values())
        ]
        if empty:
            raise AssumptionsProblem([f"{key}: no weight is above 0; give one" for key in empty])
        self._codes = [np.array([code_of("situation", name) for name in table]) for table in tables]
        self._upto = [np.cumsum([*table.values()]) / sum(table.values()) for table in tables]

    def drawn(self, people: Population, rows: Rows, luck: NDArray[np.float64]) -> NDArray[np.int8]:
        """Codes of situations for some households, shape (k,)."""
        family = people["children"][rows] > 0
        found = [
            codes[np.minimum(np.searchsorted(upto, luck), len(codes) - 1)]
            for codes, upto in zip(self._codes, self._upto, strict=True)
        ]
        return np.where(family, found[1], found[0]).astype(np.int8)
