"""The same matching problem put to scipy's assignment on expanded places, and to HiGHS goal by goal."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csr_array, vstack

from optimiser.problem import NO_HOME, Problem

Weights = NDArray[np.float64]


def by_assignment(problem: Problem, worth: NDArray[np.int64]) -> int:
    """Best value of one goal, places expanded to columns; sides are left out, as they do not fit in.

    Every resident has the place it lives in as a column of worth nothing, and a bonus for being
    somewhere that outweighs all else, so that nobody is put out.
    """
    seekers, row = np.unique(problem.seeker, return_inverse=True)
    home = problem.home[seekers]
    movers = np.bincount(home[home != NO_HOME], minlength=len(problem.vacant))
    places = np.repeat(np.arange(len(problem.vacant)), problem.vacant + movers)
    by_pool: Weights = np.zeros((len(seekers), len(problem.vacant)))
    resident = home != NO_HOME
    bonus = 1.0 + float(np.abs(worth).max(initial=0)) * len(seekers)
    by_pool[resident] = -bonus
    by_pool[resident, home[resident]] = bonus
    by_pool[row, problem.pool] = worth + np.where(resident[row], bonus, 0.0)
    chosen = linear_sum_assignment(by_pool[:, places], maximize=True)
    return round(float(by_pool[:, places][chosen].sum()) - bonus * int(resident.sum()))


def by_highs(problem: Problem, goals: int) -> tuple[int, ...]:
    """Best values of the first goals, each an integer programme with the ones before as rows."""
    matrix, high = _rows(problem)
    low = np.full(len(high), -np.inf)
    k = len(problem.seeker)
    values: list[int] = []
    for goal in problem.goals[:goals]:
        answer = milp(
            -goal.astype(float),
            constraints=LinearConstraint(matrix, low, high),
            integrality=np.ones(k),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0},
        )
        if answer.status != 0:
            raise ValueError(f"HiGHS proved nothing: {answer.message}")
        values.append(round(-answer.fun))
        matrix = _stacked(matrix, goal)
        low, high = np.append(low, values[-1] - 0.5), np.append(high, np.inf)
    return tuple(values)


def _rows(problem: Problem) -> tuple[csr_array, Weights]:
    """One place for each seeker, entries less departures of each pool, and the sides."""
    n, m, k = len(problem.home), len(problem.vacant), len(problem.seeker)
    pair = np.arange(k)
    home = problem.home[problem.seeker]
    movers = home != NO_HOME
    rows = [problem.seeker, n + problem.pool, n + home[movers]]
    columns = [pair, pair, pair[movers]]
    entries = [np.ones(k), np.ones(k), -np.ones(int(movers.sum()))]
    for number, side in enumerate(problem.sides):
        rows.append(np.full(len(side.pairs), n + m + number))
        columns.append(side.pairs)
        entries.append(side.coefficient.astype(float))
    shape = (n + m + len(problem.sides), k)
    at = (np.concatenate(rows), np.concatenate(columns))
    high = np.concatenate([np.ones(n), problem.vacant, [side.most for side in problem.sides]])
    return csr_array((np.concatenate(entries), at), shape=shape), high


def _stacked(matrix: csr_array, goal: NDArray[np.int64]) -> csr_array:
    return csr_array(vstack([matrix, csr_array(goal[None, :].astype(float))]))
