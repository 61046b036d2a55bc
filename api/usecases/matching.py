"""A match: run on what the database holds, checked, stored with all that is needed to replay it."""

import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import partial
from importlib.metadata import version
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Engine

from api.usecases.cities import filled
from api.usecases.desk.pinning import limits_with_pins
from api.usecases.policies import policy_on
from api.usecases.problems import UserError
from models.database import reading
from models.dataset import Dataset
from models.frozen import digest, freeze
from models.runs import Proposal, Run, RunStatus
from models.store import load_run, save_run
from optimiser.answer import answer
from optimiser.fit import fit_of_pairs
from optimiser.instance import NONE
from optimiser.instance_build import build_instance
from optimiser.limits.model import NO_LIMITS, Limits
from optimiser.limits.told import limits_told
from optimiser.match import Match, match
from optimiser.matching import Moves
from optimiser.policy.frozen import freeze_policy
from optimiser.policy.load import load_policy_data
from optimiser.reasons.baselines import baselines
from optimiser.solve.deadline import Stop
from optimiser.solve.mip import OutOfTime

Along = Callable[[Connection, int, dict[str, Any]], None]
"""What is kept together with a run: told the run's id and its answer."""

BESIDE = "baselines"
PARTS = ("hemvist", "numpy", "ortools")
RUN_ORDER = (
    "id",
    "as_of",
    "moves",
    "policy",
    "inputs",
    "engine",
    "status",
    "seconds",
    "goals",
    "conditional_goals",
)


@dataclass(frozen=True, slots=True)
class Finished:
    """A match that was run and stored: its data, the run, and the answer as `match --json` gives it."""

    dataset: Dataset
    match: Match
    answer: dict[str, Any]


def limits_like(engine: Engine, limits: Limits, run_id: int | None) -> Limits:
    """The limits, with the proposals of a stored run as the plan to stay close to; None for none.

    Raises
    ------
    UserError
        If there is no such run.
    """
    if run_id is None:
        return limits
    stored = load_run(engine, run_id)
    if stored is None:
        raise UserError("unknown_run", id=str(run_id))
    certain = (proposal for proposal in stored[1] if not proposal.conditional)
    return replace(limits, like=tuple((p.household_id, p.pool_id) for p in certain))


def run_match(
    engine: Engine,
    as_of: date,
    moves: Moves,
    time_limit: float | None,
    now: datetime,
    limits: Limits = NO_LIMITS,
    stop: Stop | None = None,
    along: Along | None = None,
    beside: bool = False,
) -> Finished:
    """Propose who gets which place on a day, and store the run.

    Parameters
    ----------
    time_limit
        Seconds for the engine, None for no limit.
    now
        When the run is made, for the record only.
    limits
        What the run has to keep beyond the city's data, the policy, and the pins and blocks in force.
    stop
        Whoever may end the run before its time; the best found so far is then stored.
    along
        Called in the transaction that stores the run, with its id and its answer.
    beside
        Whether to keep with the run what simpler ways of placing reach.

    Raises
    ------
    UserError
        If the database is empty, or the time is up before any plan keeps all limits.
    LimitsProblem
        If a limit names something that is not there.
    LimitsConflict
        If no plan keeps all limits.
    FailedCheck
        If the answer does not hold; nothing is stored then.
    """
    start = perf_counter()
    dataset = filled(engine)
    frozen = freeze(dataset, as_of)
    inputs = digest(frozen)
    policy = policy_on(as_of)
    with reading(engine) as connection:
        limits = limits_with_pins(connection, as_of, limits)
    kept = {inputs: frozen, policy.digest: freeze_policy(load_policy_data())}
    try:
        found = match(policy, build_instance(dataset, as_of), moves, time_limit, limits, stop)
    except OutOfTime:
        raise UserError("no_plan_in_time") from None
    result = answer(found, inputs)
    seconds = round(perf_counter() - start, 3)
    run = _run(found, result, now, seconds, time_limit)
    if beside:
        run.options[BESIDE] = [asdict(way) for way in baselines(found)]
    with_it = None if along is None else partial(_along, along, result)
    run_id = save_run(engine, run, _proposals(found, result), kept, with_it)
    result["run"] = _in_order({**result["run"], "id": run_id, "seconds": seconds})
    return Finished(dataset, found, result)


def _along(along: Along, result: dict[str, Any], connection: Connection, run_id: int) -> None:
    along(connection, run_id, result)


def versions() -> dict[str, str]:
    """Versions of what an answer may depend on, by name."""
    return {"python": platform.python_version(), **{part: version(part) for part in PARTS}}


def _run(
    found: Match, result: dict[str, Any], now: datetime, seconds: float, time_limit: float | None
) -> Run:
    about = result["run"]
    return Run(
        created_at=now,
        as_of=found.assessment.instance.as_of,
        moves=str(found.moves),
        policy_hash=about["policy"],
        inputs_hash=about["inputs"],
        engine=about["engine"],
        status=RunStatus(about["status"]),
        seconds=seconds,
        options=_options(found, time_limit),
        result=dict(result),
        versions=versions(),
    )


def _options(found: Match, time_limit: float | None) -> dict[str, Any]:
    options: dict[str, Any] = {"engine_reason": found.engine_reason}
    if time_limit is not None:
        options["time_limit"] = time_limit
    if found.limits:
        options["limits"] = limits_told(found.limits)
    return options


def _in_order(about: dict[str, Any]) -> dict[str, Any]:
    return {key: about[key] for key in (*RUN_ORDER, *(key for key in about if key not in RUN_ORDER))}


def _proposals(found: Match, result: dict[str, Any]) -> Iterator[Proposal]:
    for entry in result["proposals"]:
        figures = {
            name: entry[name] for name in ("tier", "points", "fit", "monthly_cost_sek", "chain", "step")
        }
        yield Proposal(
            household_id=entry["household"], pool_id=entry["pool"], from_pool_id=entry["from_pool"], **figures
        )
    yield from _conditional(found)


def _conditional(found: Match) -> Iterator[Proposal]:
    a, plan = found.assessment, found.conditional
    fits = fit_of_pairs(a, plan.household, plan.pool)
    for h, p, fit in zip(plan.household.tolist(), plan.pool.tolist(), fits.tolist(), strict=True):
        cost = int(a.instance.pools["monthly_cost_sek"][p])
        yield Proposal(
            household_id=a.instance.household_ids[h],
            pool_id=a.instance.pool_ids[p],
            tier=int(found.priority.tier[h]),
            points=int(found.priority.points[h]),
            fit=fit,
            monthly_cost_sek=0 if cost == NONE else cost,
            conditional=True,
        )
