"""`simulate`: scenarios beside today's city; first figures within seconds, refined until all is done."""

from datetime import date
from functools import partial
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine

from api.jobs.progress import Cancelled, Progress
from api.usecases.scenario_runs.scales import scales
from api.usecases.scenario_runs.shown import shown_so_far
from api.usecases.scenario_runs.stacking import Written, stacks_of
from api.usecases.scenario_runs.telling import so_far, summary
from api.usecases.simulating import Asked, run_simulation
from api.usecases.stacks import Stack
from models.jobs import Job
from scenarios.experiments.experiment import Experiment

EVERY = 1.0
"""Seconds between two sets of figures."""


def run(engine: Engine, job: Job, progress: Progress) -> dict[str, Any]:
    """Simulate what was asked for; stopped, it keeps the figures of what was finished.

    Raises
    ------
    Cancelled
        When it was stopped, with the figures of the replications that all scenarios share.
    """
    asked = job.parameters
    stacks = stacks_of([Written(**own) for own in asked["own"]], asked["told"], asked["way"])
    teller = Teller(progress, stacks)
    done = run_simulation(
        engine,
        date.fromisoformat(asked["as_of"]),
        Asked(
            told=(),
            weeks=asked["weeks"],
            replications=asked["replications"],
            seed=asked["seed"],
            moves=asked["moves"],
            uncertain=asked["uncertain"],
        ),
        progress.clock(),
        progress=teller.refined,
        cancel=lambda: progress.stopping.is_set() or progress.lost.is_set(),
        glance=teller.first_look,
        stacks=stacks,
        beside=summary,
        along=partial(_keep, progress),
        begun=teller.begun,
        on_stop=progress.when_stopped,
    )
    if done.answer["id"] is None:
        kept = teller.shown(done.experiment) if done.experiment.shared else None
        raise Cancelled({"experiment_id": None, "so_far": kept})
    return {"experiment_id": done.answer["id"]}


class Teller:
    """Tells first figures as they come, not more often than anybody could read them."""

    def __init__(self, progress: Progress, stacks: list[Stack]) -> None:
        self.progress = progress
        self.stacks = stacks
        self.told = 0.0
        self.grain: dict[str, Any] | None = None

    def begun(self, grain: dict[str, Any]) -> None:
        """Learn how coarsely figures must be told."""
        self.grain = grain

    def shown(self, experiment: Experiment, first_look: bool = False) -> dict[str, Any]:
        """The figures there are, as those see them who see counts alone."""
        told, design = so_far(experiment, self.stacks, first_look), experiment.design
        reforms = {arm.name: arm.reform for arm in experiment.arms}
        return shown_so_far(told, scales(self.grain, reforms, (design.as_of, design.weeks)))

    def first_look(self, look: Experiment) -> None:
        """Tell how every scenario begins; a look that was stopped in the middle shows nothing."""
        if self.progress.stopping.is_set() or self.progress.lost.is_set():
            return
        self.progress.note(0, None, self.shown(look, first_look=True))

    def refined(self, experiment: Experiment) -> None:
        """Tell what the finished replications say."""
        done, asked = experiment.done, experiment.asked
        if experiment.shared and (done == asked or monotonic() - self.told >= EVERY):
            self.told = monotonic()
            self.progress.note(done, asked, self.shown(experiment))
        else:
            self.progress.note(done, asked)


def _keep(progress: Progress, connection: Connection, experiment_id: int) -> None:
    progress.keep(connection, {"experiment_id": experiment_id})
