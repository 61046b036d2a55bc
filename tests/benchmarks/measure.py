"""Seconds and peak memory of a piece of work, and tables of them."""

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.console import Console
from rich.table import Table

Result = TypeVar("Result")


@dataclass(frozen=True)
class Measured(Generic[Result]):
    """What came out and the seconds it took."""

    result: Result
    seconds: float


def measured(work: Callable[[], Result], rounds: int = 1) -> Measured[Result]:
    """The fastest of some rounds."""
    best: Measured[Result] | None = None
    for _ in range(rounds):
        started = time.perf_counter()
        result = work()
        seconds = time.perf_counter() - started
        if best is None or seconds < best.seconds:
            best = Measured(result, seconds)
    if best is None:
        raise ValueError("at least one round is needed")
    return best


def peak_gib() -> float:
    """Most memory this process has held so far, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def show(title: str, rows: Sequence[Sequence[str]]) -> None:
    """Print rows of (what, seconds, ratio or size, remark)."""
    table = Table("What", "Seconds", "Beside", "Remark", title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    Console(width=118).print(table)
