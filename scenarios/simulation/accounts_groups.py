"""Groups of people in the accounts: every household falls in one cell, and every group is a set of cells."""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from models.codes import Fact, SubstanceUse
from optimiser.instance import code_of
from scenarios.simulation.measures import GROUPS
from scenarios.simulation.population import Population, Rows

SEXES = ("women", "men", "other")
FAMILIES = ("childless", "families")
PROFILES = ("needs_tolerant", "needs_drug_free", "either")
TIERS = ("never", "tier_1", "tier_2", "tier_3", "tier_4", "tier_5")

_NAMES = list(product(SEXES, FAMILIES, PROFILES, TIERS))
CELLS = len(_NAMES)
"""A cell is one sex, family or not, one drug profile and one tier."""

MEMBERSHIP = np.array([[group in names for group in GROUPS] for names in _NAMES])
"""Which of GROUPS a cell belongs to, shape (CELLS, groups)."""

SUMS = np.column_stack([np.ones(CELLS), MEMBERSHIP])
"""What turns counts by cell into the sum of all and of each group, shape (CELLS, 1 + groups)."""


def cells_of(population: Population, rows: Rows) -> NDArray[np.int64]:
    """The cell of each of some households, by what is known about it now, shape (k,)."""
    adults = population["adults"].take(rows)
    some = adults > 0
    no_women = ~(some & (population["adult_women"].take(rows) == adults))
    no_men = ~(some & (population["adult_men"].take(rows) == adults))
    family = population["pregnant"].take(rows) == code_of("pregnant", Fact.YES)
    family |= population["children"].take(rows) > 0
    sober = population["substance_use"].take(rows) != code_of("substance_use", SubstanceUse.ACTIVE)
    open_to_use = population["wants_drug_free"].take(rows) != code_of("wants_drug_free", Fact.YES)
    # Sums of small numbers take a fraction of the time of choices.
    cell = no_women.astype(np.int16) + (no_women & no_men)
    cell = cell * np.int16(len(FAMILIES)) + family
    cell = cell * np.int16(len(PROFILES)) + sober + (sober & open_to_use)
    return np.asarray(cell * np.int16(len(TIERS)) + population["tier"].take(rows), dtype=np.int64)
