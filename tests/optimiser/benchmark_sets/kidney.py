"""Kidney exchange: pairs of a patient and a willing donor, and donors who give to anyone.

Pair i is household i, whose home is pool i: its donor's kidney, handed on once the patient has got
another. Each donor without a patient is a further pool with a place free. A cycle of k pairs exchanges
k kidneys; a chain of k begins with a donor without a patient and helps k patients.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from optimiser.assign import Assignment, assign


@dataclass(frozen=True)
class Exchange:
    """Which patient can take whose kidney: takes (pairs, pairs + donors without a patient), boolean."""

    takes: Any

    @property
    def pairs(self) -> int:
        return len(self.takes)


def exchange(pairs: int, free_donors: int, gifts: list[tuple[int, int]]) -> Exchange:
    """An exchange spelled out: (donor, patient) for each kidney that would do."""
    takes = np.zeros((pairs, pairs + free_donors), dtype=bool)
    for donor, patient in gifts:
        takes[patient, donor] = True
    return Exchange(takes)


def made_exchange(pairs: int, free_donors: int, degree: int, seed: int) -> Exchange:
    """Each patient can take the kidneys of so many donors, drawn at random."""
    luck = np.random.default_rng(seed)
    takes = np.zeros((pairs, pairs + free_donors), dtype=bool)
    for patient in range(pairs):
        others = np.delete(np.arange(pairs + free_donors), patient)
        takes[patient, luck.choice(others, min(degree, len(others)), replace=False)] = True
    return Exchange(takes)


def solved(problem: Exchange, chain: int, cycle: int, worth: Any = None) -> Assignment:
    """Most transplants; then, where worth is given, the greatest worth."""
    goals = [np.ones_like(problem.takes, dtype=np.int64)] + ([] if worth is None else [worth])
    places = np.ones(problem.takes.shape[1])
    homes = np.arange(problem.pairs)
    return assign(goals, problem.takes, places, homes=homes, longest_chain=chain, longest_cycle=cycle)


def all_parts(problem: Exchange, chain: int, cycle: int) -> list[list[tuple[int, int]]]:
    """Every cycle and every chain within the limits, as its transplants (patient, donor)."""
    graph = nx.DiGraph((int(donor), int(patient)) for patient, donor in np.argwhere(problem.takes))
    inner = graph.subgraph(range(problem.pairs))
    parts = []
    for found in nx.simple_cycles(inner, length_bound=cycle) if cycle > 1 else ():
        parts.append([(patient, donor) for donor, patient in pairwise([*found, found[0]])])
    walks = [(donor,) for donor in range(problem.pairs, problem.takes.shape[1]) if donor in graph]
    while walks:
        walk = walks.pop()
        if len(walk) > 1:
            parts.append([(patient, donor) for donor, patient in pairwise(walk)])
        if len(walk) <= chain:
            walks += [(*walk, patient) for patient in graph[walk[-1]] if patient not in walk]
    return parts


def best_by_parts(problem: Exchange, chain: int, cycle: int, worth: Any) -> tuple[int, int]:
    """Most transplants, then greatest worth, over whole cycles and chains: an integer programme by HiGHS."""
    parts = all_parts(problem, chain, cycle)
    if not parts:
        return 0, 0
    rows = np.zeros((sum(problem.takes.shape), len(parts)))
    for column, part in enumerate(parts):
        for patient, donor in part:
            rows[patient, column] = rows[problem.pairs + donor, column] = 1
    size = np.array([len(part) for part in parts], dtype=float)
    total = np.array([sum(worth[pair] for pair in part) for part in parts], dtype=float)
    limits = [LinearConstraint(rows, ub=1)]
    best = []
    for goal in (size, total):
        answer = milp(
            -goal,
            constraints=limits,
            integrality=np.ones(len(parts)),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0},
        )
        best.append(round(-answer.fun))
        limits.append(LinearConstraint(goal, lb=best[-1] - 0.5))
    return best[0], best[1]


def faults(problem: Exchange, found: Assignment, chain: int, cycle: int) -> list[str]:
    """What the chains and cycles told break, transplant by transplant."""
    complaints = []
    used: set[int] = set()
    helped: list[int] = []
    for part, is_cycle in [(c, False) for c in found.chains] + [(c, True) for c in found.cycles]:
        if len(part) > (cycle if is_cycle else chain):
            complaints.append(f"{part} is too long")
        first = part[-1] if is_cycle else int(found.pool[part[0]])
        if not is_cycle and first < problem.pairs:
            complaints.append(f"{part} does not begin with a donor without a patient")
        for patient, donor in zip(part, [first, *part[:-1]], strict=True):
            if not problem.takes[patient, donor] or donor in used or found.pool[patient] != donor:
                complaints.append(f"patient {patient} cannot get the kidney of {donor}")
            used.add(donor)
            helped.append(patient)
    if sorted(helped) != np.flatnonzero(found.pool >= 0).tolist():
        complaints.append("not every transplant is in one part")
    return complaints
