"""One goal as a minimum-cost flow: places go to seekers, and a resident who moves hands on a place."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.face import Face

HUB = 0


class FlowProblem(Exception):
    """The flow engine refused; names its status."""


class NoFlow(FlowProblem):
    """No choice meets the face."""


class Network(NamedTuple):
    """Arcs of the flow, in the order: pairs, entries of seekers, places into the hub, places from it."""

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    capacity: NDArray[np.int64]
    cost: NDArray[np.int64]
    supply: NDArray[np.int64]


def best_choice(problem: Problem, face: Face, worth: NDArray[np.int64]) -> NDArray[np.bool_]:
    """A choice on the face with the greatest worth, as open pairs taken or not, shape (k,).

    The network has a node for the hub (outside), for each pool and for each seeker. A unit of flow is a
    seeker who walks from where they are (the hub, or home) to a pool; flow out of a pool and not
    replaced comes from the hub as an empty place. In every pool entries less departures stay within
    the vacant places, so the optimum of the flow is the optimum of the matching, in whole numbers.

    Raises
    ------
    NoFlow
        When no choice meets the face.
    FlowProblem
        When the worth is out of the engine's range.
    """
    open_to = np.zeros(len(face.must), dtype=bool)
    open_to[problem.seeker[face.pairs]] = True
    if not open_to[face.must].all():
        raise NoFlow("a seeker who has to be placed has no open pair")
    if not len(face.pairs):
        if bool((face.full & (problem.vacant > 0)).any()):
            raise NoFlow("nothing is open, yet a pool has to be full")
        return np.zeros(0, dtype=bool)
    net = _network(problem, face, worth)
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(net.tail, net.head, net.capacity, net.cost)
    solver.set_nodes_supplies(np.arange(len(net.supply)), net.supply)
    status = solver.solve()
    if status == solver.INFEASIBLE:
        raise NoFlow("no choice meets what the goals before force")
    if status != solver.OPTIMAL:
        raise FlowProblem(f"the flow ended as {status.name}")
    return np.asarray(solver.flows(arcs[: len(face.pairs)])) > 0


def _network(problem: Problem, face: Face, worth: NDArray[np.int64]) -> Network:
    seekers, node_of_pair = np.unique(problem.seeker[face.pairs], return_inverse=True)
    m = len(problem.vacant)
    pool_node = np.arange(m) + 1
    seeker_node = np.arange(len(seekers)) + 1 + m
    home = problem.home[seekers]
    from_node = np.where(home == NO_HOME, HUB, home + 1)
    must = face.must[seekers]
    movers = np.bincount(home[home != NO_HOME], minlength=m)
    supply = np.zeros(1 + m + len(seekers), dtype=np.int64)
    supply[seeker_node[must]] += 1
    np.subtract.at(supply, from_node[must], 1)
    full = face.full
    supply[pool_node[full]] -= problem.vacant[full]
    supply[HUB] += problem.vacant[full].sum()
    free, may = ~full, ~must
    return Network(
        tail=np.concatenate(
            [seeker_node[node_of_pair], from_node[may], pool_node[free], np.full(int(free.sum()), HUB)]
        ),
        head=np.concatenate(
            [problem.pool[face.pairs] + 1, seeker_node[may], np.full(int(free.sum()), HUB), pool_node[free]]
        ),
        capacity=np.concatenate(
            [
                np.ones(len(face.pairs) + int(may.sum()), dtype=np.int64),
                problem.vacant[free],
                movers[free] + 1,
            ]
        ),
        cost=np.concatenate([-worth, np.zeros(int(may.sum()) + 2 * int(free.sum()), dtype=np.int64)]),
        supply=supply,
    )


RANGE = 1 << 56
"""Cost x nodes that the engine certainly takes; it refuses (BAD_COST_RANGE) somewhat above 2**60."""


def largest_worth(problem: Problem) -> int:
    """Greatest worth of a pair, in absolute value, that is certainly within the engine's range."""
    return RANGE // (len(problem.home) + len(problem.vacant) + 2)
