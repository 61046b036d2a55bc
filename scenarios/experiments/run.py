"""Runs an experiment: what is missing is done, what is finished is kept."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from typing import Protocol

from models.dataset import Dataset
from models.frozen import digest, freeze
from optimiser.matching import Moves
from scenarios.assumptions.model import Assumptions
from scenarios.experiments.backends.base import Backend
from scenarios.experiments.backends.here import OneProcess
from scenarios.experiments.experiment import Arm, Design, Experiment
from scenarios.experiments.first_look import first_look, weeks_at_first
from scenarios.experiments.keys import digest_of_assumptions, digest_of_reform, edition, key_of
from scenarios.experiments.prices import prices_of
from scenarios.experiments.replication import Replication, packed, unpacked
from scenarios.experiments.task import Setup, Simulate, Task, tasks_in_order
from scenarios.whatif.reform import Reform
from scenarios.whatif.scenario import BASELINE


class Shelf(Protocol):
    """Where finished replications are kept by name; a plain dict will do."""

    def get(self, key: str, /) -> bytes | None:
        """What is kept under a name, None for nothing."""

    def __setitem__(self, key: str, content: bytes, /) -> None:
        """Keep something under a name."""


def run_experiment(
    city: Dataset,
    as_of: date,
    scenarios: Sequence[tuple[str, Reform]],
    assumptions: Assumptions,
    weeks: int,
    replications: int,
    seed: int,
    moves: Moves = "none",
    backend: Backend | None = None,
    keep: Shelf | None = None,
    progress: Callable[[Experiment], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    simulate: Simulate | None = None,
    uncertain: bool = False,
    glance: Callable[[Experiment], None] | None = None,
) -> Experiment:
    """Simulate every scenario as often as asked, under the same luck.

    Parameters
    ----------
    scenarios
        Names and reforms, each of `weeks` weeks; the first is the baseline.
    backend
        Who does the work: this process unless another is given.
    keep
        Replications found there are not done again; new ones are put there as soon as they are finished.
    progress
        Called with the experiment so far: once with what was kept, then after every new replication.
    cancel
        Asked between replications; once it answers yes, the experiment so far is returned.
    simulate
        What carries out one replication; the simulation of this room unless another is given.
    uncertain
        Draw the calibrated rates anew for each replication, the same for all scenarios, so that intervals
        tell how little the data say too, and not only the luck.
    glance
        Called once with a first look at the first weeks, when nothing can be said of the whole horizon yet.

    Returns
    -------
    Experiment
        Complete unless it was cancelled. The numbers depend on neither the backend nor the order of work.

    Raises
    ------
    ValueError
        If a number is below 1, the first scenario is not the baseline, or a reform has another length.
    WorkersLost
        If the backend's workers went away for good; what was finished is kept.
    """
    _refuse_nonsense(scenarios, weeks, replications)
    code, inputs = edition(), digest(freeze(city, as_of))
    reforms = tuple(reform for _, reform in scenarios)
    prices = tuple(prices_of(city, as_of, reform, assumptions) for reform in reforms)
    digests = [digest_of_reform(reform) for reform in reforms]
    assumed = digest_of_assumptions(assumptions, uncertain)
    design = Design(as_of, weeks, replications, seed, moves, assumptions.digest, inputs, code, uncertain)
    setup = Setup(
        city, as_of, reforms, prices, assumptions, seed, moves, simulate or _engine(), code, uncertain
    )
    found: list[dict[int, Replication]] = [{} for _ in scenarios]

    def so_far() -> Experiment:
        arms = (
            Arm(name, reform, dict(results))
            for (name, _), reform, results in zip(scenarios, digests, found, strict=True)
        )
        return Experiment(design, tuple(arms))

    def key(task: Task) -> str:
        reform = digests[task.arm]
        return key_of(code, inputs, reform, assumed, as_of, seed, moves, task.replication)

    def finished(task: Task, replication: Replication) -> None:
        for arm, reform in enumerate(digests):
            if reform == digests[task.arm]:
                found[arm][task.replication] = replication

    missing = []
    for task in tasks_in_order(len(scenarios), replications):
        if digests.index(digests[task.arm]) < task.arm:
            # What does the same as an earlier scenario, such as nothing within the horizon, is done once.
            continue
        content = None if keep is None else keep.get(key(task))
        if content is None:
            missing.append(task)
        else:
            finished(task, unpacked(content))
    if progress is not None:
        progress(so_far())
    if not missing or (cancel is not None and cancel()):
        return so_far()
    weeks_seen = weeks_at_first(design, len(scenarios))
    if glance is not None and weeks_seen and not so_far().shared:
        glance(first_look(setup, so_far(), weeks_seen))
    with closing((backend or OneProcess()).run(setup, missing)) as working:
        for task, replication in working:
            finished(task, replication)
            if keep is not None:
                keep[key(task)] = packed(replication)
            if progress is not None:
                progress(so_far())
            if cancel is not None and cancel():
                break
    return so_far()


def _engine() -> Simulate:
    # The engine brings the solver along, which whoever only reads results need not wait for.
    from scenarios.simulation.run import simulate

    return simulate


def _refuse_nonsense(scenarios: Sequence[tuple[str, Reform]], weeks: int, replications: int) -> None:
    if weeks < 1 or replications < 1:
        raise ValueError(f"weeks ({weeks}) and replications ({replications}) go from 1")
    if not scenarios or scenarios[0][0] != BASELINE.name:
        raise ValueError(f"the first scenario is {BASELINE.name}, which the others are compared with")
    for name, reform in scenarios:
        if reform.weeks != weeks:
            raise ValueError(f"{name} is compiled for {reform.weeks} weeks, not for {weeks}")
