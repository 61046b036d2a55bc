"""Generalized assignment in the shapes of gap1 to gap12, against HiGHS."""

from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, eye_array, kron

from optimiser.assign import assign

from .or_library import Generalized, made_generalized, read_generalized, write_generalized


def best_by_highs(problem: Generalized) -> int | None:
    """Greatest worth with every job at an agent; None when that cannot be."""
    jobs, agents = problem.worth.shape
    once = kron(eye_array(jobs), np.ones((1, agents)))
    load = block_array([[diagonal(row) for row in problem.use]])
    answer = milp(
        -problem.worth.ravel().astype(float),
        constraints=[LinearConstraint(once, 1, 1), LinearConstraint(load, ub=problem.capacity)],
        integrality=np.ones(jobs * agents),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},
    )
    return None if answer.status == 2 else round(-answer.fun)


def diagonal(row: Any) -> Any:
    return eye_array(len(row)).multiply(row).tocsr()


def check(problem: Generalized) -> None:
    ones = np.ones_like(problem.worth)
    found = assign([ones, problem.worth], ones.astype(bool), problem.capacity, sizes=problem.use)
    best = best_by_highs(problem)
    placed = np.flatnonzero(found.pool >= 0)
    load = np.bincount(found.pool[placed], problem.use[placed, found.pool[placed]], len(problem.capacity))
    assert (load <= problem.capacity).all()
    assert problem.worth[placed, found.pool[placed]].sum() == found.values[1]
    assert found.optimal
    assert (found.values[0] == len(problem.worth)) == (best is not None)
    assert best is None or found.values == (len(problem.worth), best)


@pytest.mark.parametrize(("agents", "jobs"), [(5, 15), (5, 30), (8, 24)])
def test_every_job_at_its_best_agent(agents: int, jobs: int) -> None:
    made = [made_generalized(agents, jobs, seed) for seed in range(2)]
    for problem in read_generalized(write_generalized(made)):
        check(problem)


@pytest.mark.slow
@pytest.mark.parametrize(("agents", "jobs"), [(10, 30), (8, 48), (10, 60)])
def test_large_shapes(agents: int, jobs: int) -> None:
    check(made_generalized(agents, jobs, seed=3))


def test_cost_below_zero_makes_the_cheapest() -> None:
    """gapa to gapd state costs: two jobs of 2 fit no agent of 3 together."""
    worth = -np.array([[1, 5], [1, 9]])
    found = assign([np.ones((2, 2)), worth], np.ones((2, 2), dtype=bool), [3, 3], sizes=[2, 2])
    assert (found.values, found.pool.tolist()) == ((2, -6), [1, 0])


def test_reader_refuses_numbers_left_over() -> None:
    text = write_generalized([made_generalized(2, 3, seed=1)])
    with pytest.raises(ValueError, match="left over"):
        read_generalized(text + "7")
