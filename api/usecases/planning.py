"""A capacity plan: the cheapest places that meet a target, and what happens when they are built."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from api.usecases.cities import filled
from api.usecases.policies import policy_on
from api.usecases.problems import UserError
from api.usecases.simulating import Asked, backend_for
from models.dataset import Dataset
from models.store import ReplicationShelf
from optimiser.policy.load import load_policy_data
from optimiser.policy.model import Policy
from scenarios.assumptions import load_assumptions
from scenarios.capacity.buildables import check_in_city, load_buildables
from scenarios.capacity.plan import CapacityPlan, capacity_plan, plan_answer
from scenarios.capacity.simulated import Lived, live_through, weekly_measure
from scenarios.capacity.target import MEASURES, Target, TargetProblem, read_target
from scenarios.experiments.keys import edition

OURS = "buildables.toml"
ARMS = 2
"""A plan is simulated beside today's stock."""

Progress = Callable[[int, int], None]
"""Told how many replications are finished, of how many."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How a plan is to be simulated: weeks, replications (0 for not at all) and the seed of its luck."""

    weeks: int
    replications: int
    seed: int


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan with the policy whose rules it names, its simulation if asked for, and `plan --json`."""

    as_of: date
    policy: Policy
    plan: CapacityPlan
    lived: Lived | None
    answer: dict[str, Any]


def target_of(written: str) -> Target:
    """The target as a person wrote it.

    Raises
    ------
    UserError
        If it cannot be read; says how a target is written.
    """
    try:
        return read_target(written)
    except TargetProblem:
        raise UserError("bad_target", value=written, known=", ".join(MEASURES)) from None


def plan_capacity(
    engine: Engine,
    as_of: date,
    target: Target,
    buildable: Path | None,
    trial: Trial,
    progress: Progress | None = None,
) -> PlanShown:
    """The cheapest expansion of the city's stock that meets a target, simulated if asked.

    The plan is not stored; replications are kept as those of `simulate` are.

    Parameters
    ----------
    buildable
        File with what could be built, None for the product's own.

    Raises
    ------
    UserError
        If the database is empty, the day is before the policy began, or the target is one that no simulated
        week counts.
    ScenarioProblem
        With every fault of the file.
    """
    if trial.replications and weekly_measure(target) is None:
        raise UserError("target_not_simulated", target=target.name)
    buildables = load_buildables(buildable)
    city, policy = filled(engine), policy_on(as_of)
    check_in_city(buildables, city, OURS if buildable is None else buildable.name)
    plan = capacity_plan(city, as_of, policy, target, buildables)
    lived = _lived(engine, as_of, city, plan, trial, progress) if trial.replications else None
    return PlanShown(as_of, policy, plan, lived, plan_answer(plan, lived.answer() if lived else None))


def _lived(
    engine: Engine, as_of: date, city: Dataset, plan: CapacityPlan, trial: Trial, progress: Progress | None
) -> Lived:
    # The same shelf as for `simulate`, so that today's stock is simulated once for all plans.
    shelf = ReplicationShelf(engine, edition())
    shelf.clear_out()
    asked = Asked((), trial.weeks, trial.replications, trial.seed, "none")
    return live_through(
        city,
        as_of,
        plan,
        load_policy_data(),
        load_assumptions(),
        trial.weeks,
        trial.replications,
        trial.seed,
        backend=backend_for(asked, ARMS),
        keep=shelf,
        progress=None if progress is None else lambda so_far: progress(so_far.done, so_far.asked),
    )
