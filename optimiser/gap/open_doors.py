"""A run's problem with the pairs into full pools kept, which one more place could make use of."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.instance import Instance
from optimiser.limits.model import Limits
from optimiser.limits.reserve import reserved
from optimiser.matching import Moves, matching_problem
from optimiser.priority import Priority
from optimiser.problem import Problem

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


def problem_with_doors_open(
    a: Assessment, priority: Priority, eligible: tuple[Index, Index], moves: Moves, limits: Limits
) -> Problem:
    """The problem of a run with the pairs into full pools kept; the best choice is the same.

    Raises
    ------
    LimitsProblem
        When a limit names something that is not there.
    """
    roomy = Assessment(a.policy, a.instance.with_pools(vacant=a.instance.pools["vacant"] + 1))
    roomy.unsuitable = a.unsuitable
    roomy.excepted = a.excepted
    problem = matching_problem(roomy, priority, eligible, moves, limits)
    vacant = a.instance.pools["vacant"].astype(np.int64) - reserved(a.instance, limits.reserves)
    return replace(problem, vacant=vacant)


def opened_by_one_more(instance: Instance, limits: Limits) -> Index:
    """Places that come open with one more in each pool, shape (m,): 0 where a reserve takes it, else 1."""
    roomy = instance.with_pools(vacant=instance.pools["vacant"] + 1)
    return 1 - (reserved(roomy, limits.reserves) - reserved(instance, limits.reserves))


def same_choice(problem: Problem, chosen: Flags, other: Problem) -> Flags:
    """The choice of one problem's pairs as a choice of another's, which has those chosen among its own."""
    m = len(problem.vacant)
    wanted = problem.seeker[chosen] * m + problem.pool[chosen]
    return np.isin(other.seeker * m + other.pool, wanted)
