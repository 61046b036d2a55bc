"""An experiment as data for programs: what is not a number is never printed, it is null."""

from typing import Any

import numpy as np

from scenarios.experiments.comparison import (
    clear_from_week,
    difference,
    paired_weeks,
    shared_numbers,
)
from scenarios.experiments.experiment import Arm, Design, Experiment
from scenarios.experiments.interval import Interval, Values, over_replications
from scenarios.experiments.months import Months, by_month, months_of
from scenarios.experiments.outcomes import GroupOutcome, group_outcomes
from scenarios.simulation.measures import MEASURES

DECIMALS = 6


def answer(experiment: Experiment, seconds: float) -> dict[str, Any]:
    """What `simulate --json` gives.

    Every interval is one of 95 %. It is null where it cannot be known: with one replication, and where a
    week had nothing to measure in any of them. `difference` is the scenario less the baseline over the
    horizon, paired by replication. Further: `months` (means of calendar months, a week's worth of flows),
    `clear_from_week` and `groups`.

    Parameters
    ----------
    seconds
        Wall time of the work.
    """
    design = experiment.design
    months = months_of(design.as_of, design.weeks)
    return {
        "scenarios": [_scenario(experiment.baseline, arm, design, months) for arm in experiment.arms],
        "assumptions": design.assumptions,
        "seconds": seconds,
        "as_of": design.as_of.isoformat(),
        "moves": str(design.moves),
        "uncertain": design.uncertain,
        "inputs": design.inputs,
        "edition": design.edition,
        "months": list(months.labels),
    }


def _scenario(baseline: Arm, arm: Arm, design: Design, months: Months) -> dict[str, Any]:
    told = {
        "name": arm.name,
        "weeks": design.weeks,
        "replications": design.replications,
        "seed": design.seed,
        "finished": len(arm.results),
        "reform": arm.reform,
    }
    if not shared_numbers(baseline, arm):
        return {**told, "measures": {}, "difference": {}}
    told["measures"] = {name: _measure(arm, name) for name in arm.names}
    told["difference"] = {name: _single(difference(baseline, arm, name)) for name in arm.names}
    told["months"] = {name: _month(baseline, arm, name, months) for name in arm.names if name in MEASURES}
    if arm is not baseline:
        told["clear_from_week"] = {
            name: clear_from_week(paired_weeks(baseline, arm, name), difference(baseline, arm, name))
            for name in arm.names
        }
        told["groups"] = {found.group: _group(found) for found in group_outcomes(baseline, arm)}
    return told


def _measure(arm: Arm, name: str) -> dict[str, Any]:
    weekly, total = over_replications(arm.weekly(name)), over_replications(arm.totals(name))
    return {**_many(weekly), "total": _single(total)}


def _month(baseline: Arm, arm: Arm, name: str, months: Months) -> dict[str, Any]:
    told: dict[str, Any] = _many(over_replications(by_month(arm.weekly(name), months)))
    if arm is not baseline:
        paired = over_replications(by_month(paired_weeks(baseline, arm, name), months))
        told["difference"] = _many(paired)
    return told


def _group(found: GroupOutcome) -> dict[str, Any]:
    told: dict[str, Any] = {"result": found.result}
    for measure, outcome in found.outcomes.items():
        told[measure] = {
            "baseline": number(outcome.before),
            "scenario": number(outcome.after),
            **_single(outcome.difference),
            "verdict": str(outcome.verdict),
            "good": outcome.good,
        }
    return told


def _single(found: Interval) -> dict[str, float | None]:
    return {part: number(value) for part, value in found._asdict().items()}


def _many(found: Interval) -> dict[str, list[float | None]]:
    return {part: _numbers(values) for part, values in found._asdict().items()}


def _numbers(values: Values) -> list[float | None]:
    return [number(value) for value in values.tolist()]


def number(value: float | Values) -> float | None:
    """A number as JSON can hold it, to the sixth decimal; None for what is no number."""
    told = float(value)
    # Adding 0 turns -0.0 into 0.0.
    return round(told, DECIMALS) + 0.0 if np.isfinite(told) else None
