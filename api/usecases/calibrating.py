"""A calibration: what the city's own stays tell of the rates that a simulation assumes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from api.usecases.cities import filled
from api.usecases.policies import policy_on
from api.usecases.problems import UserError
from api.usecases.processors import processors
from optimiser.policy.load import load_policy_data
from scenarios.assumptions import Assumptions, load_assumptions
from scenarios.calibration.answer import calibration_answer
from scenarios.calibration.calibration import Calibration, calibrate
from scenarios.calibration.observed import CalibrationProblem
from scenarios.calibration.steady import steady_baseline
from scenarios.calibration.written import as_toml, calibrated

SEED = 1
MOST_NAMED = 20
"""Faulty stays named in a sentence; the number says how many there are."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A calibration beside the assumptions in force, and the answer as `calibrate --json` gives it.

    `after` are the assumptions with the estimates in place, and, where that was asked, with the inflow that
    keeps as many waiting as today (`steady`).
    """

    found: Calibration
    assumptions: Assumptions
    after: Assumptions
    steady: bool
    answer: dict[str, Any]

    def as_toml(self) -> str:
        """A file of the assumptions after the calibration."""
        since, until = (day.isoformat() for day in self.found.window)
        inflow = "; inflow chosen so that as many go on waiting" if self.steady else ""
        return as_toml(self.after, f"From the city's own stays, {since} to {until}{inflow}.")


def calibrate_city(
    engine: Engine,
    as_of: date,
    weeks: int,
    steady: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Calibrated:
    """Estimate how stays end and who comes, from the last weeks before a day; nothing is stored.

    Parameters
    ----------
    steady
        Whether to look for the inflow that keeps as many waiting as today, by simulating five years again
        and again.
    progress
        Told how many of those simulations are done, and of how many.

    Raises
    ------
    UserError
        If the database is empty, has no stays or stays to come, or the day is before the policy began.
    """
    dataset = filled(engine)
    try:
        found = calibrate(dataset, as_of, policy_on(as_of), weeks)
    except CalibrationProblem as problem:
        named, n = "; ".join(problem.records[:MOST_NAMED]), str(len(problem.records))
        raise UserError(problem.key, records=named, n=n, day=as_of.isoformat()) from None
    assumptions = load_assumptions()
    after = calibrated(assumptions, found)
    answer = calibration_answer(found, assumptions)
    if steady:
        after = steady_baseline(dataset, as_of, after, load_policy_data(), SEED, processors(), progress)
        answer["steady_inflow"] = after.table("arrivals")
    return Calibrated(found, assumptions, after, steady, answer)
