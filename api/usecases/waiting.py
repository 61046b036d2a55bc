"""The wait of one household: how it went for those like it, in simulations of the city as it is today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from api.usecases.cities import filled
from api.usecases.policies import policy_on
from api.usecases.problems import UserError
from api.usecases.processors import processors
from optimiser.compatibility import assess
from optimiser.instance_build import build_instance
from optimiser.policy.load import load_policy_data
from scenarios.assumptions import load_assumptions
from scenarios.expected_wait.answer import wait_answer
from scenarios.expected_wait.forecast import ExpectedWait, expected_wait
from scenarios.expected_wait.peers import peers
from scenarios.expected_wait.simulated import simulated_waits

SEED = 1
FEWEST_FOR_PROCESSES = 6
"""Fewer simulations than this are done before other processes have even started."""


@dataclass(frozen=True, slots=True)
class WaitShown:
    """A household's expected wait, ids of the forms by index, and the answer as `wait --json` gives it.

    possible is whether any form may be open to the household under the rules.
    """

    household: str
    as_of: date
    found: ExpectedWait
    form_ids: tuple[str, ...]
    possible: bool
    answer: dict[str, Any]


def show_wait(
    engine: Engine,
    household: str,
    as_of: date,
    replications: int,
    assumptions: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> WaitShown:
    """Forecast a household's wait from a day by simulating the city as it is; nothing is stored.

    Parameters
    ----------
    assumptions
        A file in place of our own assumptions.
    progress
        Told how many replications are done, and of how many.

    Raises
    ------
    UserError
        If the household is not in the database or does not wait.
    AssumptionsProblem
        With every fault of the file of assumptions.
    """
    dataset = filled(engine)
    instance = build_instance(dataset, as_of)
    if household not in instance.household_ids:
        raise UserError("unknown_household", id=household)
    h = instance.household_ids.index(household)
    city = peers(assess(policy_on(as_of), instance))
    if not city.waits[h]:
        raise UserError("not_waiting", id=household)
    ours = load_assumptions(assumptions)
    processes = 1 if replications < FEWEST_FOR_PROCESSES else processors()
    data = load_policy_data()
    simulated = simulated_waits(
        dataset, as_of, ours, data, replications, SEED, processes=processes, progress=progress
    )
    found = expected_wait(simulated, city, h)
    about = {"household": household, "as_of": as_of.isoformat(), "seed": SEED, "assumptions": ours.digest}
    possible = bool(city.open_forms[h].any())
    answer = {**about, "possible": possible, **wait_answer(found, instance.form_ids)}
    return WaitShown(household, as_of, found, instance.form_ids, possible, answer)
