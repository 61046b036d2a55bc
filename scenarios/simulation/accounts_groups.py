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
    adults = population["adults"][rows]
    women = (adults > 0) & (population["adult_women"][rows] == adults)
    men = (adults > 0) & (population["adult_men"][rows] == adults)
    pregnant = population["pregnant"][rows] == code_of("pregnant", Fact.YES)
    active = population["substance_use"][rows] == code_of("substance_use", SubstanceUse.ACTIVE)
    drug_free = population["wants_drug_free"][rows] == code_of("wants_drug_free", Fact.YES)
    cell = np.where(women, 0, np.where(men, 1, 2))
    cell = cell * len(FAMILIES) + ((population["children"][rows] > 0) | pregnant)
    cell = cell * len(PROFILES) + np.where(active, 0, np.where(drug_free, 1, 2))
    return np.asarray(cell * len(TIERS) + population["tier"][rows], dtype=np.int64)
