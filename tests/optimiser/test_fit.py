"""Fit of pairs: the twin's sum, and each term seen by itself."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from models.stock import School, TravelTime
from optimiser.fit import fit_of_pairs

from ..twin.priority import fit
from . import rows
from .made import SEEDS, examples, made_reading, reading


@given(SEEDS)
@examples(300)
def test_fit_is_that_of_the_twin(seed: int) -> None:
    read = made_reading(seed, largest_city=12)
    h, p = read.all_pairs()
    found = fit_of_pairs(read.assessment, h, p).tolist()
    pairs = zip(h.tolist(), p.tolist(), strict=True)
    assert found == [fit(read.city, read.household(i), read.pool(j)) for i, j in pairs]


def fit_of(household: dict[str, Any], pool: dict[str, Any], *members: Any, **tables: Any) -> int:
    people = (rows.household("A", **household), rows.pool("P", **pool), *members)
    return int(
        fit_of_pairs(reading(rows.city(*people, **tables)).assessment, np.array([0]), np.array([0]))[0]
    )


@pytest.mark.parametrize(
    ("household", "pool", "points"),
    [
        ({}, {}, 0),
        ({}, {"form": "bostad_forst"}, 300),
        ({"preferred_districts": ("Farsta",)}, {}, 200),
        ({"preferred_forms": ("stodboende",)}, {}, 150),
        ({"wants_women_only": "yes"}, {"admits": "women"}, 100),
        ({"wants_women_only": "unknown"}, {"admits": "women"}, 0),
        ({"mental_health": "severe"}, {"psychiatric_competence": "yes"}, 80),
        ({"responsible_unit": "Farsta"}, {}, 50),
        ({"responsible_unit": "Farsta", "protected_identity": "yes"}, {}, 0),
        ({"support_need": "visiting"}, {"staffing": "around_the_clock"}, -120),
        ({}, {"form": "bostad_forst", "staffing": "daily"}, 300),
        ({}, {"form": "upphandlad"}, -200),
    ],
)
def test_each_term_by_itself(household: dict[str, Any], pool: dict[str, Any], points: int) -> None:
    assert fit_of(household, pool) == points


@pytest.mark.parametrize(("minutes", "points"), [(15, 0), (16, -3), (75, -180), (90, -180)])
def test_way_to_school_counts_per_child_up_to_a_limit(minutes: int, points: int) -> None:
    schools = (School(school_id="S", name="Skolan", district="Bromma"),)
    times = (TravelTime(district="Farsta", school_id="S", minutes=minutes),)
    children = [rows.child("A", number, school_id="S") for number in (2, 3)]
    family: tuple[Any, ...] = (rows.adult("A"), *children)
    assert fit_of({}, {}, *family, schools=schools, travel_times=times) == 2 * points
    assert fit_of({}, {}, *family, schools=schools) == 0
    assert fit_of({"violence_exposed": "yes"}, {}, *family, schools=schools, travel_times=times) == 0


def test_child_moved_again_costs_unless_the_home_lasts() -> None:
    family: tuple[Any, ...] = (rows.adult("A"), rows.child("A"))
    moved = {"situation": "emergency_flat"}
    assert fit_of(moved, {}, *family) == -100
    assert fit_of(moved, {"form": "bostad_forst"}, *family) == 300
    assert fit_of({}, {}, *family) == 0
