"""Families to towns with several limits in each: places, school places, places for single parents.

The formulation of refugee placement: D. Delacretaz, S. D. Kominers, A. Teytelboym, Matching Mechanisms
for Refugee Resettlement (2016), and N. Ahani and others, Placement Optimization in Refugee
Resettlement (2021).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import Bounds, LinearConstraint, milp

from optimiser.assign import Limit, assign

from ..made import SEEDS, examples


@dataclass(frozen=True)
class Placement:
    """Families (members, children at school, whether one parent alone), and what each town has."""

    members: Any
    pupils: Any
    single: Any
    places: Any
    school_places: Any
    single_places: Any
    jobs: Any
    may: Any

    def uses(self) -> list[tuple[Any, Any]]:
        """What a family uses and what the towns have, limit by limit."""
        return [
            (self.members, self.places),
            (self.pupils, self.school_places),
            (self.single.astype(np.int64), self.single_places),
        ]

    def limits(self) -> tuple[Limit, ...]:
        return (
            Limit("school places", self.pupils, self.school_places),
            Limit("single parents", self.single, self.single_places),
        )


def made_placement(families: int, towns: int, seed: int) -> Placement:
    luck = np.random.default_rng(seed)
    members = luck.integers(1, 7, families)
    pupils = np.minimum(luck.integers(0, 4, families), members - 1)
    return Placement(
        members=members,
        pupils=pupils,
        single=luck.random(families) < 0.3,
        places=luck.integers(3, 3 + 4 * families // towns, towns),
        school_places=luck.integers(0, 2 + 2 * families // towns, towns),
        single_places=luck.integers(0, 3, towns),
        jobs=luck.integers(0, 100, (families, towns)),
        may=luck.random((families, towns)) < 0.8,
    )


def best_by_highs(case: Placement) -> tuple[int, ...]:
    """Most people placed, then most expected jobs."""
    families, towns = case.may.shape
    rows = [np.kron(np.eye(families), np.ones(towns))]
    high = [np.ones(families)]
    for use, most in case.uses():
        rows.append(np.kron(use, np.eye(towns)).reshape(towns, -1))
        high.append(most)
    limits = [LinearConstraint(np.vstack(rows), ub=np.concatenate(high))]
    best = []
    for goal in (np.repeat(case.members, towns), case.jobs.ravel()):
        answer = milp(
            -goal.astype(float),
            constraints=limits,
            integrality=np.ones(goal.size),
            bounds=Bounds(0, case.may.ravel().astype(float)),
            options={"mip_rel_gap": 0},
        )
        best.append(round(-answer.fun))
        limits.append(LinearConstraint(goal, lb=best[-1] - 0.5))
    return tuple(best)


def check(case: Placement) -> str:
    people = np.repeat(case.members[:, None], case.may.shape[1], axis=1)
    found = assign([people, case.jobs], case.may, case.places, sizes=case.members, limits=case.limits())
    placed = np.flatnonzero(found.pool >= 0)
    for use, most in case.uses():
        assert (np.bincount(found.pool[placed], use[placed], len(most)) <= most).all()
    assert case.may[placed, found.pool[placed]].all()
    assert found.values == best_by_highs(case)
    assert (found.optimal, found.bounds) == (True, found.values)
    return found.engine


@given(SEEDS)
@examples(60)
def test_most_people_then_most_jobs(seed: int) -> None:
    luck = np.random.default_rng(seed)
    check(made_placement(int(luck.integers(1, 14)), int(luck.integers(1, 5)), seed))


@pytest.mark.parametrize("seed", [1, 2])
def test_forty_families_and_six_towns(seed: int) -> None:
    check(made_placement(40, 6, seed))


def test_a_school_place_short_moves_the_family_with_most_pupils() -> None:
    """One town would take both families but has two school places; the other has three."""
    found = assign(
        [[[9, 1], [9, 8]]],
        np.ones((2, 2), dtype=bool),
        [8, 8],
        sizes=[4, 3],
        limits=[Limit("school places", [2, 1], [2, 3])],
    )
    assert (found.pool.tolist(), found.values) == ([0, 1], (17,))


def test_one_limit_for_all_towns_together() -> None:
    """Money for two of three, whichever town."""
    cost = Limit("support", np.array([[3, 5], [4, 4], [6, 2]]), 6)
    found = assign(np.ones((3, 2)), np.ones((3, 2), dtype=bool), [2, 2], limits=[cost])
    assert found.values == (2,)
    assert found.pool[2] == 1
