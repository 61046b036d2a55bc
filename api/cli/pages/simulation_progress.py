"""A simulation while it runs: how far it has come, and what it says so far."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from api.cli.voice import Voice

if TYPE_CHECKING:
    from scenarios.experiments.experiment import Experiment


class Shown(NamedTuple):
    """What is to be called with the experiment so far, and with a first look; None where nobody looks on."""

    progress: "Callable[[Experiment], None] | None" = None
    glance: "Callable[[Experiment], None] | None" = None


@contextmanager
def refining(voice: Voice) -> Iterator[Shown]:
    """A bar on a terminal's standard error, with the mean number waiting in each scenario so far.

    Until a replication of every scenario is finished, that of the first weeks.
    """
    if not sys.stderr.isatty():
        yield Shown()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task(voice.texts("working.simulate"), total=None)

        def show(so_far: "Experiment") -> None:
            bar.update(task, completed=so_far.done, total=so_far.asked)
            if so_far.shared:
                bar.update(task, description=said_so_far(voice, so_far))

        def show_first_look(look: "Experiment") -> None:
            bar.update(task, description=said_at_first(voice, look), refresh=True)

        yield Shown(show, show_first_look)


def said_so_far(voice: Voice, so_far: "Experiment") -> str:
    """The mean number of households waiting, baseline first, over the replications that all have finished."""
    return voice.texts("simulate.so_far", waiting=_waiting(voice, so_far))


def said_at_first(voice: Voice, look: "Experiment") -> str:
    """The mean number of households waiting in the first weeks, baseline first."""
    weeks = voice.count("week", look.design.weeks)
    return voice.texts("simulate.at_first", weeks=weeks, waiting=_waiting(voice, look))


def _waiting(voice: Voice, experiment: "Experiment") -> str:
    means = [float(arm.totals("waiting", experiment.shared).mean()) for arm in experiment.arms]
    told = [voice.figures.number(round(mean)) for mean in means]
    return " → ".join(told) if len(told) == 2 else ", ".join(told)
