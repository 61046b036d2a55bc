"""The text formats of OR-Library for assignment and generalized assignment, read and written.

Source: J. E. Beasley, OR-Library: Assignment problem (assign100 to assign800) and Generalised
assignment problem (gap1 to gap12, gapa to gapd).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Generalized:
    """One generalized assignment problem: every job to one agent.

    worth and use (jobs, agents): what a job brings or costs at an agent, and what it uses there;
    capacity (agents,).
    """

    worth: Any
    use: Any
    capacity: Any


def read_assignment(text: str) -> Any:
    """Cost of each item at each place, shape (n, n): first n, then the costs row by row."""
    numbers = np.array(text.split(), dtype=np.int64)
    n = int(numbers[0])
    if len(numbers) != 1 + n * n:
        raise ValueError(f"an assignment problem of {n} has {n * n} costs, not {len(numbers) - 1}")
    return numbers[1:].reshape(n, n)


def read_generalized(text: str) -> list[Generalized]:
    """How many problems; for each: agents and jobs, worth and use agent by agent, and the capacities."""
    numbers = iter(text.split())
    problems = []
    for _ in range(int(next(numbers))):
        agents, jobs = int(next(numbers)), int(next(numbers))
        worth = _matrix(numbers, agents, jobs)
        use = _matrix(numbers, agents, jobs)
        problems.append(Generalized(worth.T, use.T, _matrix(numbers, 1, agents)[0]))
    if next(numbers, None) is not None:
        raise ValueError("numbers are left over after the last problem")
    return problems


def _matrix(numbers: Iterator[str], rows: int, columns: int) -> Any:
    read = [int(next(numbers)) for _ in range(rows * columns)]
    return np.array(read, dtype=np.int64).reshape(rows, columns)


def write_assignment(cost: Any) -> str:
    """Rows wrapped after ten numbers, as the published files wrap theirs."""
    lines = [f" {len(cost)}"]
    for row in cost.tolist():
        lines += [" " + " ".join(map(str, row[i : i + 10])) for i in range(0, len(row), 10)]
    return "\n".join(lines) + "\n"


def write_generalized(problems: list[Generalized]) -> str:
    lines = [str(len(problems))]
    for problem in problems:
        jobs, agents = problem.worth.shape
        lines.append(f"{agents} {jobs}")
        lines += [" ".join(map(str, row)) for row in problem.worth.T.tolist()]
        lines += [" ".join(map(str, row)) for row in problem.use.T.tolist()]
        lines.append(" ".join(map(str, problem.capacity.tolist())))
    return "\n".join(lines) + "\n"


def made_assignment(n: int, seed: int) -> Any:
    """Costs from 1 to 100, as in assign100 to assign800."""
    return np.random.default_rng(seed).integers(1, 101, (n, n))


def made_generalized(agents: int, jobs: int, seed: int, tightness: float = 0.8) -> Generalized:
    """Use from 5 to 25, worth from 15 to 25, capacity a share of the mean load: as gap1 to gap12."""
    luck = np.random.default_rng(seed)
    use = luck.integers(5, 26, (jobs, agents))
    capacity = np.floor(tightness * use.sum(axis=0) / agents).astype(np.int64)
    return Generalized(luck.integers(15, 26, (jobs, agents)), use, capacity)
