"""A plan carried out: its moves and entries split into the fewest chains, the longest as short as can be."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from optimiser.chain_steps import Arc, only_steps
from optimiser.instance import NONE
from optimiser.matching import Plan


@dataclass(frozen=True, slots=True)
class Step:
    """One proposal in a chain: its place in the plan, the chain's number and the step, both from 1."""

    proposal: int
    chain: int
    step: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How many proposals of each kind happen at each step of a chain, and how many cycles of kinds."""

    steps: Mapping[tuple[Arc, int], int]
    cycles: Mapping[tuple[Arc, ...], int]


def split(
    plan: Plan, vacant: NDArray[np.int64], most: int | None = None, longest_cycle: int | None = None
) -> list[Step] | None:
    """Every proposal of a plan with its chain and step, ordered by chain and step.

    Chains are as few as can be; then the longest is as short as can be, if need be with proposals set
    apart in cycles, which are no chains; then as few proposals as can be are in cycles. All steps of a
    cycle are 1.

    Parameters
    ----------
    vacant
        Places free before the run, shape (m,).
    most
        Most proposals in a chain; None for no limit.
    longest_cycle
        Most proposals in a cycle; None for the same limit as chains.

    Returns
    -------
    list of Step, or None
        None when the plan does not split within the limit.
    """
    if not (plan.from_pool != NONE).any():
        return single_steps(plan.pool)
    arcs = list(zip(plan.from_pool.tolist(), plan.pool.tolist(), strict=True))
    within = most if longest_cycle is None else longest_cycle
    chains: list[tuple[list[int], bool]] = []
    for part in _parts(arcs):
        found = _chains_of_part(arcs, part, vacant, most, within)
        if found is None:
            return None
        chains += found
    chains.sort(key=lambda chain: (arcs[chain[0][0]][1], chain[0][0]))
    return [
        Step(proposal, number, 1 if is_cycle else step)
        for number, (chain, is_cycle) in enumerate(chains, start=1)
        for step, proposal in enumerate(chain, start=1)
    ]


def single_steps(pool: NDArray[np.int64]) -> list[Step]:
    """The steps of proposals that take vacant places: each a chain by itself, in the order of their pools."""
    entries = np.argsort(pool, kind="stable").tolist()
    return [Step(proposal, number, 1) for number, proposal in enumerate(entries, start=1)]


def _parts(arcs: Sequence[Arc]) -> Iterator[list[int]]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(pool for _, pool in arcs)
    graph.add_edges_from((left, pool) for left, pool in arcs if left != NONE)
    for pools in sorted(nx.connected_components(graph), key=min):
        yield [i for i, (_, pool) in enumerate(arcs) if pool in pools]


def _chains_of_part(
    arcs: Sequence[Arc],
    part: list[int],
    vacant: NDArray[np.int64],
    most: int | None,
    longest_cycle: int | None,
) -> list[tuple[list[int], bool]] | None:
    path = _single_path(arcs, part)
    if path and (most is None or len(path) <= most):
        return [(path, False)]
    kinds = Counter(arcs[i] for i in part)
    steps = only_steps(kinds, vacant)
    if steps is not None and (most is None or max(step for _, step in steps) <= most):
        chains, _ = _threaded(arcs, part, steps)
        return [(chain, False) for chain in chains]
    starts = _fewest_starts(kinds, vacant, most or len(part), longest_cycle)
    if starts is None:
        return None
    shortest = -(-(len(part) - _most_apart(kinds)) // max(starts, 1))
    for longest in range(max(shortest, min(starts, 1)), (most or len(part)) + 1):
        spread = _spread(kinds, vacant, longest, starts, longest_cycle)
        if spread is not None:
            chains, rest = _threaded(arcs, part, spread.steps)
            rounds = _rounds(arcs, rest) if longest_cycle is None else _cycles(arcs, rest, spread.cycles)
            return [(chain, False) for chain in chains] + [(cycle, True) for cycle in rounds]
    raise AssertionError("a part splits with the fewest starts when chains may be as long as allowed")


def _single_path(arcs: Sequence[Arc], part: list[int]) -> list[int]:
    """The one chain that a part is when no two in it take, or leave, the same pool; else empty."""
    takers = {arcs[i][1]: i for i in part}
    leavers = {arcs[i][0]: i for i in part}
    start = [pool for pool in takers if pool not in leavers]
    if len(takers) < len(part) or len(leavers) < len(part) or len(start) != 1:
        return []
    path = [takers[start[0]]]
    while arcs[path[-1]][0] in takers:
        path.append(takers[arcs[path[-1]][0]])
    return path


def _most_apart(kinds: Counter[Arc]) -> int:
    """A number that the proposals in cycles do not exceed: those between pools that lead to each other."""
    graph: nx.DiGraph[int] = nx.DiGraph((pool, left) for left, pool in kinds if left != NONE)
    round_of = {
        pool: number for number, pools in enumerate(nx.strongly_connected_components(graph)) for pool in pools
    }
    return sum(
        count for (left, pool), count in kinds.items() if left != NONE and round_of[left] == round_of[pool]
    )


def _fewest_starts(
    kinds: Counter[Arc], vacant: NDArray[np.int64], most: int, longest_cycle: int | None
) -> int | None:
    """Fewest chains of a part; None when it does not split within the limit."""
    if longest_cycle is None:
        entries = Counter(pool for _, pool in kinds.elements())
        departures = Counter(left for left, _ in kinds.elements() if left != NONE)
        return sum((entries - departures).values())
    spread = _spread(kinds, vacant, most, None, longest_cycle)
    return None if spread is None else sum(spread.steps[kind, 1] for kind in kinds)


def _spread(
    kinds: Counter[Arc],
    vacant: NDArray[np.int64],
    longest: int,
    starts: int | None,
    longest_cycle: int | None,
) -> Spread | None:
    """Proposals of each kind spread over the steps of chains and over cycles, or None if that cannot be.

    A place taken at step t + 1 was left at step t, one taken at step 1 was vacant. With `starts` given
    there are so many chains, and as few proposals as can be in cycles; else as few chains as can be.
    Without `longest_cycle` the proposals in cycles need only balance: as many enter each pool as leave it.
    """
    solver = pywraplp.Solver.CreateSolver("SAT")
    solver.SetSolverSpecificParametersAsString("num_workers:1")
    order, steps = sorted(kinds), range(1, longest + 1)
    count = {(kind, step): solver.IntVar(0, kinds[kind], "") for kind in order for step in steps}
    apart = {kind: solver.IntVar(0, 0 if kind[0] == NONE else kinds[kind], "") for kind in order}
    cycles = (
        {}
        if longest_cycle is None
        else {
            cycle: solver.IntVar(0, min(kinds[kind] for kind in cycle), "")
            for cycle in _simple(order, longest_cycle)
        }
    )
    for kind in order:
        solver.Add(_sum(count[kind, step] for step in steps) + apart[kind] == kinds[kind])
        if longest_cycle is not None:
            solver.Add(_sum(y for cycle, y in cycles.items() if kind in cycle) == apart[kind])
    for pool in sorted({pool for kind in order for pool in kind if pool != NONE}):
        taken = [kind for kind in order if kind[1] == pool]
        left = [kind for kind in order if kind[0] == pool]
        solver.Add(_sum(apart[kind] for kind in taken) == _sum(apart[kind] for kind in left))
        if longest:
            solver.Add(_sum(count[kind, 1] for kind in taken) <= int(vacant[pool]))
        for step in range(1, longest):
            into = _sum(count[kind, step + 1] for kind in taken)
            solver.Add(into <= _sum(count[kind, step] for kind in left))
    first = _sum(count[kind, 1] for kind in order) if longest else 0
    if starts is None:
        solver.Minimize(first)
    else:
        solver.Add(first == starts)
        solver.Minimize(_sum(apart.values()))
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    return Spread(
        {key: round(variable.solution_value()) for key, variable in count.items()},
        {cycle: round(variable.solution_value()) for cycle, variable in cycles.items()},
    )


def _simple(kinds: Sequence[Arc], most: int) -> Iterator[tuple[Arc, ...]]:
    """Cycles of kinds, at most so long, that visit no pool twice."""
    graph: nx.DiGraph[int] = nx.DiGraph((pool, left) for left, pool in kinds if left != NONE)
    for pools in nx.simple_cycles(graph, length_bound=most) if most > 1 else ():
        yield tuple((left, pool) for pool, left in zip(pools, [*pools[1:], pools[0]], strict=True))


def _sum(terms: Iterable[pywraplp.Variable]) -> pywraplp.LinearExpr | int:
    listed = list(terms)
    return pywraplp.SumArray(listed) if listed else 0


def _threaded(
    arcs: Sequence[Arc], part: list[int], steps: Mapping[tuple[Arc, int], int]
) -> tuple[list[list[int]], list[int]]:
    """Chains of proposals from the counts of kinds per step, and the proposals left over for cycles.

    Within a kind the proposals follow the plan's order.
    """
    waiting: dict[Arc, list[int]] = defaultdict(list)
    for i in sorted(part, reverse=True):
        waiting[arcs[i]].append(i)
    open_ends: dict[int, list[list[int]]] = {}
    chains: list[list[int]] = []
    for step in sorted({step for _, step in steps}):
        ends: dict[int, list[list[int]]] = defaultdict(list)
        for kind in sorted(kind for kind, at in steps if at == step):
            for _ in range(steps[kind, step]):
                chain: list[int] = [] if step == 1 else open_ends[kind[1]].pop(0)
                if step == 1:
                    chains.append(chain)
                chain.append(waiting[kind].pop())
                if kind[0] != NONE:
                    ends[kind[0]].append(chain)
        open_ends = ends
    return chains, sorted(i for left in waiting.values() for i in left)


def _rounds(arcs: Sequence[Arc], rest: list[int]) -> Iterator[list[int]]:
    """Balanced proposals as rounds, one for each connected part, from its smallest pool."""
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    for i in rest:
        graph.add_edge(arcs[i][1], arcs[i][0], key=i)
    for pools in sorted(nx.weakly_connected_components(graph), key=min):
        yield [key for _, _, key in nx.eulerian_circuit(graph.subgraph(pools), source=min(pools), keys=True)]


def _cycles(
    arcs: Sequence[Arc], rest: list[int], cycles: Mapping[tuple[Arc, ...], int]
) -> Iterator[list[int]]:
    """The proposals set apart, dealt to cycles of kinds; within a kind in the plan's order."""
    waiting: dict[Arc, list[int]] = defaultdict(list)
    for i in sorted(rest, reverse=True):
        waiting[arcs[i]].append(i)
    for cycle, count in cycles.items():
        for _ in range(count):
            yield [waiting[kind].pop() for kind in cycle]
