"""A capacity plan lived through: built as a scenario, and how often its target then holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.dataset import Dataset
from models.stock import Pool
from optimiser.policy.load import PolicyData
from scenarios.assumptions.model import Assumptions
from scenarios.capacity.buildables import SET_BY_THE_PLAN
from scenarios.capacity.plan import CapacityPlan
from scenarios.capacity.target import TIER_1, Target
from scenarios.experiments.backends.base import Backend
from scenarios.experiments.experiment import Arm, Experiment
from scenarios.experiments.interval import over_replications
from scenarios.experiments.run import Shelf, run_experiment
from scenarios.whatif.compile import compile_reform
from scenarios.whatif.pool_rows import pool_columns
from scenarios.whatif.scenario import BASELINE, Change, Scenario

PLAN = "capacity_plan"

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Held:
    """How a target fares week by week, over all replications.

    Attributes
    ----------
    share, low, high
        Share of weeks in which it holds, with its 95 % interval; NaN without weeks, or from a single run.
    mean
        The measure, as a mean of weeks.
    """

    share: float
    low: float
    high: float
    mean: float

    def answer(self) -> dict[str, float | None]:
        """For programs; what cannot be known is None."""
        told = {"share_of_weeks": self.share, "low": self.low, "high": self.high, "mean": self.mean}
        return {name: None if np.isnan(value) else value for name, value in told.items()}


@dataclass(frozen=True, slots=True)
class Lived:
    """A plan simulated.

    Attributes
    ----------
    measure
        What is counted each week; see `weekly_measure`.
    open_from
        First week in which everything built stands open; it may come after the horizon.
    whole, opened, unbuilt
        With the plan over all weeks, and from `open_from` on; without it over all weeks, under the same luck.
    """

    measure: str
    weeks: int
    replications: int
    open_from: int
    whole: Held
    opened: Held
    unbuilt: Held

    def answer(self) -> dict[str, Any]:
        """What stands under `simulation` in `plan --json`."""
        return {
            "measure": self.measure,
            "weeks": self.weeks,
            "replications": self.replications,
            **self.whole.answer(),
            "open_from_week": self.open_from,
            "once_open": self.opened.answer(),
            "unbuilt": self.unbuilt.answer(),
        }


def weekly_measure(target: Target) -> str | None:
    """The measure of a simulated week that answers to a target, None where none does.

    The women's gap is counted each week at support level only. For tier 1 it is those of them who wait
    without any place when the week's placements are made.
    """
    if target.measure == TIER_1:
        return "waiting.tier_1"
    return target.measure if target.section == "support" else None


def plan_scenario(plan: CapacityPlan) -> Scenario:
    """A plan as a scenario: every pool decided on in week 0, open after its lead time."""
    return Scenario(
        PLAN,
        title_sv="Byggplanen",
        title_en="The capacity plan",
        text_sv=f"Det billigaste tillskott av platser som når {plan.target.name}.",
        text_en=f"The cheapest addition of places that meets {plan.target.name}.",
        changes=tuple(
            Change("open_pool", settings={**_row(b.with_places(places)), "lead_weeks": b.lead_weeks})
            for b, places in plan.built
        ),
    )


def live_through(
    city: Dataset,
    as_of: date,
    plan: CapacityPlan,
    policy: PolicyData,
    assumptions: Assumptions,
    weeks: int,
    replications: int,
    seed: int,
    backend: Backend | None = None,
    keep: Shelf | None = None,
    progress: Callable[[Experiment], None] | None = None,
) -> Lived:
    """Simulate a plan beside today's stock under the same luck, and count the weeks in which it holds.

    Parameters
    ----------
    backend, keep, progress
        Who does the work, where finished replications are kept, and who is told: see `run_experiment`.

    Raises
    ------
    ValueError
        When the target is not counted week by week (`weekly_measure`).
    """
    measure = weekly_measure(plan.target)
    if measure is None:
        raise ValueError(f"{plan.target.name} is not counted week by week")
    arms = [
        (name, compile_reform(city, as_of, scenarios, weeks, policy))
        for name, scenarios in ((BASELINE.name, ()), (PLAN, (plan_scenario(plan),)))
    ]
    lived = run_experiment(
        city,
        as_of,
        arms,
        assumptions,
        weeks,
        replications,
        seed,
        backend=backend,
        keep=keep,
        progress=progress,
    )
    open_from = max((b.lead_weeks for b, _ in plan.built), default=0)
    unbuilt, built = (_values(arm, measure) for arm in lived.arms)
    most = plan.target.most
    return Lived(
        measure,
        weeks,
        replications,
        open_from,
        _held(built, most),
        _held(built[:, open_from:], most),
        _held(unbuilt, most),
    )


def _values(arm: Arm, measure: str) -> Values:
    """The measure in each replication and week; where nothing was there to count, nobody is short."""
    if measure not in arm.names:
        return np.zeros((len(arm.numbers), arm.results[arm.numbers[0]].weekly.shape[1]))
    return np.nan_to_num(arm.weekly(measure))


def _held(values: Values, most: int) -> Held:
    if not values.shape[1]:
        return Held(*(float("nan"),) * 4)
    share = over_replications((values <= most).mean(axis=1))
    low, high = np.clip([share.low, share.high], 0.0, 1.0)
    return Held(float(share.mean), float(low), float(high), float(values.mean()))


def _row(pool: Pool) -> dict[str, Any]:
    """The columns of a pool that have a value, as TOML holds them."""
    columns = pool_columns()
    dates = SET_BY_THE_PLAN - {"capacity", "monthly_cost_sek"}
    values = {name: getattr(pool, name) for name in columns if name not in dates}
    return {
        name: str(value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None
    }
