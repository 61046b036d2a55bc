"""A plan carried out: its moves and entries split into the fewest chains, the longest as short as can be."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import networkx as nx
from ortools.linear_solver import pywraplp

from optimiser.instance import NONE
from optimiser.matching import Plan

Arc = tuple[int, int]
"""The pool left (NONE for who enters) and the pool taken."""


@dataclass(frozen=True, slots=True)
class Step:
    """One proposal in a chain: its place in the plan, the chain's number and the step, both from 1."""

    proposal: int
    chain: int
    step: int


def split(plan: Plan) -> list[Step]:
    """Every proposal of a plan with its chain and step, ordered by chain and step.

    Chains are as few as can be: in every pool each entry beyond the departures starts one. Then the
    longest is as short as can be, if need be with proposals set apart in cycles, which are no chains;
    then as few proposals as can be are in cycles. All steps of a cycle are 1.
    """
    arcs = list(zip(plan.from_pool.tolist(), plan.pool.tolist(), strict=True))
    chains: list[tuple[list[int], bool]] = []
    for part in _parts(arcs):
        chains += _chains_of_part(arcs, part)
    chains.sort(key=lambda chain: (arcs[chain[0][0]][1], chain[0][0]))
    return [
        Step(proposal, number, 1 if is_cycle else step)
        for number, (chain, is_cycle) in enumerate(chains, start=1)
        for step, proposal in enumerate(chain, start=1)
    ]


def _parts(arcs: Sequence[Arc]) -> Iterator[list[int]]:
    graph = nx.Graph()
    graph.add_nodes_from(pool for _, pool in arcs)
    graph.add_edges_from((left, pool) for left, pool in arcs if left != NONE)
    for pools in sorted(nx.connected_components(graph), key=min):
        yield [i for i, (_, pool) in enumerate(arcs) if pool in pools]


def _chains_of_part(arcs: Sequence[Arc], part: list[int]) -> list[tuple[list[int], bool]]:
    kinds = Counter(arcs[i] for i in part)
    for longest in range(len(part) + 1):
        steps = _steps(kinds, longest)
        if steps is not None:
            chains, rest = _threaded(arcs, part, steps)
            return [(chain, False) for chain in chains] + [(cycle, True) for cycle in _cycles(arcs, rest)]
    raise AssertionError("a part always splits when chains may be as long as the part")


def _steps(kinds: Counter[Arc], longest: int) -> dict[tuple[Arc, int], int] | None:
    """How many proposals of each kind happen at each step, or None when some chain must be longer.

    A place taken at step t + 1 was left at step t. Where more enter than leave, every place left is
    taken again and the rest of the entries start chains; where more leave, every entry follows one.
    Proposals at no step are in cycles: in each pool as many of them enter as leave.
    """
    entries, departures = _degrees(kinds)
    starts = {pool: count - departures[pool] for pool, count in entries.items() if count > departures[pool]}
    if longest == 0 or not starts:
        return None if starts else ({} if longest == 0 else None)
    solver = pywraplp.Solver.CreateSolver("SAT")
    solver.SetSolverSpecificParametersAsString("num_workers:1")
    order = sorted(kinds)
    count = {
        (kind, step): solver.IntVar(0, kinds[kind], "") for kind in order for step in range(1, longest + 1)
    }
    set_apart = {kind: solver.IntVar(0, 0 if kind[0] == NONE else kinds[kind], "") for kind in order}
    for kind in order:
        solver.Add(sum(count[kind, step] for step in range(1, longest + 1)) + set_apart[kind] == kinds[kind])
    for pool in sorted(entries.keys() | departures.keys()):
        taken = [kind for kind in order if kind[1] == pool]
        left = [kind for kind in order if kind[0] == pool]
        solver.Add(_sum(set_apart[kind] for kind in taken) == _sum(set_apart[kind] for kind in left))
        solver.Add(_sum(count[kind, 1] for kind in taken) == starts.get(pool, 0))
        for step in range(1, longest):
            into = _sum(count[kind, step + 1] for kind in taken)
            out = _sum(count[kind, step] for kind in left)
            solver.Add(into == out if pool in starts else into <= out)
        if pool in starts:
            solver.Add(_sum(count[kind, longest] for kind in left) == 0)
    solver.Minimize(_sum(set_apart.values()))
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    return {key: round(variable.solution_value()) for key, variable in count.items()}


def _degrees(kinds: Counter[Arc]) -> tuple[Counter[int], Counter[int]]:
    entries: Counter[int] = Counter()
    departures: Counter[int] = Counter()
    for (left, pool), number in kinds.items():
        entries[pool] += number
        if left != NONE:
            departures[left] += number
    return entries, departures


def _sum(terms: Iterable[pywraplp.Variable]) -> pywraplp.LinearExpr | int:
    listed = list(terms)
    return pywraplp.SumArray(listed) if listed else 0


def _threaded(
    arcs: Sequence[Arc], part: list[int], steps: dict[tuple[Arc, int], int]
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


def _cycles(arcs: Sequence[Arc], rest: list[int]) -> Iterator[list[int]]:
    """Balanced proposals as rounds, one for each connected part, from its smallest pool."""
    graph = nx.MultiDiGraph()
    for i in rest:
        graph.add_edge(arcs[i][1], arcs[i][0], key=i)
    for pools in sorted(nx.weakly_connected_components(graph), key=min):
        yield [key for _, _, key in nx.eulerian_circuit(graph.subgraph(pools), source=min(pools), keys=True)]
