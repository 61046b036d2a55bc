"""A simulation while it runs: how far it has come, and what it says so far."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api.cli.voice import Voice

if TYPE_CHECKING:
    from scenarios.experiments.experiment import Experiment


@contextmanager
def refining(voice: Voice) -> Iterator["Callable[[Experiment], None] | None"]:
    """A bar on a terminal's standard error, with the mean number waiting in each scenario so far.

    Yields what is to be called with the experiment so far; None where nobody looks on.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task(voice.texts("working.simulate"), total=None)

        def show(so_far: "Experiment") -> None:
            told = said_so_far(voice, so_far)
            bar.update(task, completed=so_far.done, total=so_far.asked, description=told)

        yield show


def said_so_far(voice: Voice, so_far: "Experiment") -> str:
    """The mean number of households waiting, baseline first, over the replications that all have finished."""
    shared = tuple(sorted(set.intersection(*(set(arm.results) for arm in so_far.arms))))
    if not shared:
        return voice.texts("working.simulate")
    means = [float(arm.totals("waiting", shared).mean()) for arm in so_far.arms]
    told = [voice.figures.number(round(mean)) for mean in means]
    return voice.texts("simulate.so_far", waiting=" → ".join(told) if len(told) == 2 else ", ".join(told))
