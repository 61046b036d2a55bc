"""A simulation: scenarios beside today's city, run on what the database holds, kept as they are finished."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Engine

from api.usecases.cities import filled
from api.usecases.matching import versions
from api.usecases.policies import policy_on
from api.usecases.processors import processors
from api.usecases.scenario_runs.scales import KEPT, kept_for
from api.usecases.scenario_runs.stopping import OnStop, Stoppable, UntilStopped
from api.usecases.stacks import Stack, compile_stacks, read_stacks
from models.dataset import Dataset
from models.experiments import Experiment as Stored
from models.frozen import freeze
from models.store import ReplicationShelf, save_experiment
from optimiser.matching import Moves
from optimiser.policy.frozen import freeze_policy
from optimiser.policy.load import load_policy_data
from scenarios.assumptions import Assumptions, load_assumptions
from scenarios.experiments.answer import answer
from scenarios.experiments.backends.base import Backend
from scenarios.experiments.backends.cluster import Cluster
from scenarios.experiments.backends.here import OneProcess
from scenarios.experiments.backends.processes import Processes
from scenarios.experiments.experiment import Experiment
from scenarios.experiments.keys import edition
from scenarios.experiments.run import run_experiment
from scenarios.whatif.check import every_fault
from scenarios.whatif.faults import ScenarioFault, ScenarioProblem

WEEKS_IN_ONE_PROCESS = 300
"""So few simulated weeks are done before other processes have even started."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks of a simulation.

    `told` names scenarios, with + between those that stack; `processes` None is as many as there are
    processors; `scheduler` is the address of a Dask cluster; `assumptions` a file in place of our own;
    `uncertain` draws calibrated rates anew for each replication.
    """

    told: Sequence[str]
    weeks: int
    replications: int
    seed: int
    moves: Moves
    processes: int | None = None
    scheduler: str | None = None
    assumptions: Path | None = None
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulation that was run and stored.

    `answer` is what `simulate --json` gives, its `id` None where the work was cancelled; `warnings` is what
    someone should look at in the scenarios.
    """

    experiment: Experiment
    stacks: tuple[Stack, ...]
    assumptions: Assumptions
    warnings: tuple[ScenarioFault, ...]
    answer: dict[str, Any]


def run_simulation(
    engine: Engine,
    as_of: date,
    asked: Asked,
    now: datetime,
    progress: Callable[[Experiment], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    glance: Callable[[Experiment], None] | None = None,
    stacks: Sequence[Stack] | None = None,
    beside: Callable[[Experiment, Sequence[Stack]], dict[str, Any]] | None = None,
    along: Callable[[Connection, int], None] | None = None,
    begun: Callable[[dict[str, Any]], None] | None = None,
    on_stop: OnStop | None = None,
) -> Simulated:
    """Simulate scenarios beside the baseline and store the answer; finished replications are taken as kept.

    Every replication is kept as soon as it is finished, so whatever stops the work costs at most those under
    way.

    Parameters
    ----------
    now
        When it is done, for the record only.
    progress
        Called with the experiment so far, again and again.
    cancel
        Asked between replications; once it answers yes, what there is is answered and no experiment stored.
    glance
        Called once with a first look at the first weeks, when nothing is finished yet.
    stacks
        The scenarios, the baseline first, in place of those that `asked` names.
    beside
        What else to keep with the answer, from the complete experiment.
    along
        Called in the transaction that stores the experiment, with its id.
    begun
        Called before the work with what those who see counts alone are told by; the stored answer has it.
    on_stop
        Given what to call when `cancel` begins to answer yes, to end the work between two weeks rather than
        between two replications.

    Raises
    ------
    UserError
        If the database is empty, or two different scenarios share a name.
    ScenarioProblem
        With every fault of the scenarios.
    AssumptionsProblem
        With every fault of the file of assumptions.
    WorkersLost
        If there is nobody to do the work; what was finished is kept.
    """
    start = perf_counter()
    assumptions = load_assumptions(asked.assumptions)
    city, policy = filled(engine), policy_on(as_of)
    stacks = stacks_for(city, as_of, asked) if stacks is None else tuple(stacks)
    reforms, warnings = compile_stacks(city, as_of, stacks, asked.weeks)
    grain = kept_for(city, as_of, reforms, assumptions)
    if begun is not None:
        begun(grain)
    shelf = ReplicationShelf(engine, edition())
    shelf.clear_out()
    with TemporaryDirectory(prefix="hemvist") as folder:
        backend, simulate = backend_for(asked, len(stacks)), None
        if on_stop is not None:
            sign = Path(folder) / "stop"
            backend, simulate = Stoppable(backend), UntilStopped(str(sign))
            on_stop(partial(_put_up, sign))
        experiment = run_experiment(
            city,
            as_of,
            reforms,
            assumptions,
            asked.weeks,
            asked.replications,
            asked.seed,
            asked.moves,
            backend=backend,
            keep=shelf,
            progress=progress,
            cancel=cancel,
            simulate=simulate,
            uncertain=asked.uncertain,
            glance=glance,
        )
    result = answer(experiment, round(perf_counter() - start, 3))
    result["policy"] = policy.digest
    result["id"] = None
    if experiment.complete:
        result |= {} if beside is None else beside(experiment, stacks)
        stored = _stored(experiment, stacks, assumptions, policy.digest, now, result["seconds"])
        frozen = {
            experiment.design.inputs: freeze(city, as_of),
            policy.digest: freeze_policy(load_policy_data()),
        }
        result["id"] = save_experiment(engine, stored, {**result, KEPT: grain}, frozen, along)
    return Simulated(experiment, stacks, assumptions, warnings, result)


def _put_up(sign: Path) -> None:
    """Put up the sign to stop; where the work has ended already there is no folder for it any more."""
    with suppress(FileNotFoundError):
        sign.touch()


def stacks_for(city: Dataset, as_of: date, asked: Asked) -> tuple[Stack, ...]:
    """The scenarios that `asked` names.

    Raises
    ------
    ScenarioProblem
        With every fault of those that cannot be read, and what does not fit the city in those that can.
    """
    try:
        return read_stacks(asked.told)
    except ScenarioProblem as problem:
        raise ScenarioProblem(every_fault(problem, city, as_of, asked.weeks)) from problem


def backend_for(asked: Asked, arms: int) -> Backend:
    """Who does the work; it makes no difference to the numbers."""
    if asked.scheduler is not None:
        return Cluster(asked.scheduler)
    tasks = arms * asked.replications
    few = asked.processes is None and tasks * asked.weeks <= WEEKS_IN_ONE_PROCESS
    processes = 1 if few else min(asked.processes or processors(), tasks)
    return OneProcess() if processes == 1 else Processes(processes)


def _stored(
    experiment: Experiment,
    stacks: Sequence[Stack],
    assumptions: Assumptions,
    policy: str,
    now: datetime,
    seconds: float,
) -> Stored:
    design = experiment.design
    return Stored(
        created_at=now,
        as_of=design.as_of,
        scenarios=[stack.name for stack in stacks],
        weeks=design.weeks,
        replications=design.replications,
        seed=design.seed,
        moves=str(design.moves),
        policy_hash=policy,
        inputs_hash=design.inputs,
        assumptions_hash=design.assumptions,
        edition=design.edition,
        seconds=seconds,
        options={"uncertain": design.uncertain},
        assumptions={key: asdict(entry) for key, entry in assumptions.entries.items()},
        versions=versions(),
    )
