"""Segments: the kinds of household by which people come to the city's services and wait."""

import numpy as np
from numpy.typing import NDArray

from models.codes import Fact, Situation, SubstanceUse, Support
from optimiser.instance import Columns, Instance, code_of

SEGMENTS = (
    *("family_violence", "family", "discharge", "over_65", "young_adult"),
    *("woman_tolerant_high", "woman_tolerant_low", "woman_drug_free_high", "woman_drug_free_low"),
    *("man_tolerant_high", "man_tolerant_low", "man_drug_free_high", "man_drug_free_low"),
    "other_adults",
)
"""The first that fits names the segment of a household.

tolerant: active use. high: daily support or more. Young adult: everyone 18 to 24. Over 65: an adult of 65 or
older. Discharge: in hospital, a treatment institution or prison. Other adults: women and men together, or a
sex that is not recorded.
"""

YOUNG_ADULT_AT_MOST = 24
OVER_65_FROM = 65


def segments(instance: Instance) -> NDArray[np.int8]:
    """Segment of every household as an index into SEGMENTS, shape (n,)."""
    return segments_of(instance.households)


def segments_of(c: Columns) -> NDArray[np.int8]:
    """As `segments`, of columns of households."""

    def coded(column: str, *values: str) -> NDArray[np.bool_]:
        return np.asarray(np.logical_or.reduce([c[column] == code_of(column, value) for value in values]))

    family = (c["children"] > 0) | coded("pregnant", Fact.YES)
    tolerant = coded("substance_use", SubstanceUse.ACTIVE)
    high = c["support_need"] >= code_of("support_need", Support.DAILY)
    leaving = (Situation.HOSPITAL, Situation.TREATMENT_INSTITUTION, Situation.PRISON)
    chosen = np.full(len(c["adults"]), SEGMENTS.index("other_adults"), dtype=np.int8)
    for sex, column in (("man", "adult_men"), ("woman", "adult_women")):
        all_of_sex = c[column] == c["adults"]
        for drug, uses in (("drug_free", ~tolerant), ("tolerant", tolerant)):
            for support, needs in (("low", ~high), ("high", high)):
                chosen[all_of_sex & uses & needs] = SEGMENTS.index(f"{sex}_{drug}_{support}")
    for name, fits in (
        ("young_adult", c["oldest_adult"] <= YOUNG_ADULT_AT_MOST),
        ("over_65", c["oldest_adult"] >= OVER_65_FROM),
        ("discharge", coded("situation", *leaving)),
        ("family", family),
        ("family_violence", family & coded("violence_exposed", Fact.YES)),
    ):
        chosen[fits] = SEGMENTS.index(name)
    return chosen
