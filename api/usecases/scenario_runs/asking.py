"""Asking for scenario runs and capacity plans: looked at before anybody waits for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.jobs.asking import ask_for
from api.usecases.planning import target_of
from api.usecases.problems import UserError
from api.usecases.scenario_runs.stacking import Written, stacks_of
from api.usecases.stacks import Stack, compile_stacks
from api.usecases.work import Work
from models.dataset import Dataset
from models.jobs import Job
from optimiser.matching import Moves
from scenarios.capacity.simulated import weekly_measure
from scenarios.whatif.check import every_fault
from scenarios.whatif.faults import ScenarioProblem

LEAST_BOUND = 5
"""A target is nothing at all, or five and more: a smaller one would tell a small count."""


@dataclass(frozen=True, slots=True)
class RunAsked:
    """A scenario run that a person asks for; `told` names the scenarios of each stack."""

    as_of: date
    own: Sequence[Written]
    told: Sequence[Sequence[str]]
    way: str | None
    weeks: int
    replications: int
    seed: int
    moves: Moves
    uncertain: bool


def ask_for_run(work: Work, city: Dataset, asked: RunAsked) -> Job:
    """Have scenarios simulated.

    Raises
    ------
    ScenarioProblem
        With every fault of the scenarios, also of what they name in the city.
    UserError
        When two scenarios have the same name.
    TooManyJobs
        When the person has too much under way.
    """
    try:
        stacks = stacks_of(asked.own, asked.told, asked.way)
    except ScenarioProblem as problem:
        raise ScenarioProblem(every_fault(problem, city, asked.as_of, asked.weeks)) from problem
    compile_stacks(city, asked.as_of, stacks, asked.weeks)
    return ask_for(work, "simulate", _kept(asked, stacks))


def ask_for_capacity(work: Work, as_of: date, target: str, weeks: int, replications: int, seed: int) -> Job:
    """Have the cheapest places worked out that meet a target.

    Raises
    ------
    UserError
        When the target cannot be read, is too small to be told, or is one that no simulated week counts.
    TooManyJobs
        When the person has too much under way.
    """
    aim = target_of(target)
    if 0 < aim.most < LEAST_BOUND:
        raise UserError("target_too_small")
    if replications and weekly_measure(aim) is None:
        raise UserError("target_not_simulated", target=aim.name)
    return ask_for(
        work,
        "capacity",
        {
            "as_of": str(as_of),
            "target": aim.name,
            "weeks": weeks,
            "replications": replications,
            "seed": seed,
        },
    )


def _kept(asked: RunAsked, stacks: Sequence[Stack]) -> dict[str, Any]:
    return {
        "as_of": str(asked.as_of),
        "own": [written.kept() for written in asked.own],
        "told": [list(names) for names in asked.told],
        "way": asked.way,
        "weeks": asked.weeks,
        "replications": asked.replications,
        "seed": asked.seed,
        "moves": asked.moves,
        "uncertain": asked.uncertain,
        "scenarios": [stack.name for stack in stacks],
    }
