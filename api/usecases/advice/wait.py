"""The expected wait of a case, read from simulations of the whole city that were made beforehand."""

import io
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine

from api.usecases.cities import filled
from api.usecases.city_view import CityView
from api.usecases.policies import policy_on
from api.usecases.processors import processors
from models.database import reading
from models.frozen import digest
from models.store.frozen import forget_frozen, words_for
from models.store.runs import frozen_in, keep_frozen
from models.store.settings import put_setting, setting_in
from optimiser.compatibility import assess
from optimiser.instance_build import build_instance
from optimiser.policy.load import load_policy_data
from scenarios.assumptions import load_assumptions
from scenarios.expected_wait.answer import wait_answer
from scenarios.expected_wait.forecast import expected_wait
from scenarios.expected_wait.peers import peers
from scenarios.expected_wait.simulated import simulated_waits
from scenarios.expected_wait.spells import Spells, spells_from_today

SETTING = "wait_forecast"
REPLICATIONS = 20
SEED = 1
COLUMNS = ("row", "weeks", "ended", "form", "replication")


class WaitRefused(Exception):
    """No wait can be told: `no_forecast` where none has been made, `not_waiting` where nobody waits."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Forecast:
    """Simulated waits of everybody who waited on a day, and the ids that their rows stand for."""

    as_of: date
    made_at: str
    household_ids: tuple[str, ...]
    spells: Spells

    def in_city(self, household_ids: tuple[str, ...]) -> Spells:
        """The spells of those who are in a later state of the city, by their rows there."""
        at = {key: row for row, key in enumerate(household_ids)}
        moved = np.array([at.get(key, -1) for key in self.household_ids], dtype=np.int64)
        row = moved[self.spells.row]
        kept = Spells(row, *(getattr(self.spells, name) for name in COLUMNS[1:]))
        return kept.only(row >= 0)


def make_forecast(
    engine: Engine,
    as_of: date,
    replications: int = REPLICATIONS,
    progress: Callable[[int, int], None] | None = None,
) -> Forecast:
    """Simulate the waits of everybody who waits today; nothing is stored.

    Raises
    ------
    UserError
        If the database is empty, or the day is before the policy began.
    """
    dataset = filled(engine)
    instance = build_instance(dataset, as_of)
    numbers = peers(assess(policy_on(as_of), instance)).numbers
    simulated = simulated_waits(
        dataset,
        as_of,
        load_assumptions(),
        load_policy_data(),
        replications,
        SEED,
        processes=processors(),
        progress=progress,
    )
    return Forecast(as_of, "", instance.household_ids, spells_from_today(simulated, numbers))


def keep_forecast(connection: Connection, forecast: Forecast, now: datetime) -> str:
    """Keep a forecast as the one that is read from, in place of the one before; the hash of its content."""
    return _keep(connection, forecast, now.isoformat())


def hide_in_forecast(connection: Connection, household_ids: Collection[str]) -> bool:
    """Put a word that leads nowhere in place of some households in the forecast; whether any stood there.

    The waits of all others are told from it as before.
    """
    kept = kept_forecast(connection)
    if kept is None or not set(kept.household_ids) & set(household_ids):
        return False
    words = words_for(household_ids)
    ids = tuple(words.get(key, key) for key in kept.household_ids)
    _keep(connection, replace(kept, household_ids=ids), kept.made_at)
    return True


def _keep(connection: Connection, forecast: Forecast, made_at: str) -> str:
    buffer = io.BytesIO()
    columns = {name: getattr(forecast.spells, name) for name in COLUMNS}
    np.savez(buffer, allow_pickle=False, household_ids=np.array(forecast.household_ids), **columns)
    content = buffer.getvalue()
    content_hash = digest(content)
    told = setting_in(connection, SETTING)
    if told is not None:
        forget_frozen(connection, json.loads(told)["hash"])
    keep_frozen(connection, {content_hash: content})
    about = {"hash": content_hash, "as_of": forecast.as_of.isoformat(), "made_at": made_at}
    put_setting(connection, SETTING, json.dumps(about))
    return content_hash


def kept_forecast(connection: Connection) -> Forecast | None:
    """The forecast that is read from; None where none was made, or it has been erased."""
    told = setting_in(connection, SETTING)
    about = {} if told is None else json.loads(told)
    content = frozen_in(connection, about["hash"]) if about else None
    if content is None:
        return None
    with np.load(io.BytesIO(content), allow_pickle=False) as columns:
        spells = Spells(*(columns[name] for name in COLUMNS))
        ids = tuple(str(key) for key in columns["household_ids"])
    return Forecast(date.fromisoformat(about["as_of"]), about["made_at"], ids, spells)


def expected_wait_of(engine: Engine, view: CityView, household_id: str) -> dict[str, Any]:
    """The wait of a household as it is now, from the forecast that is kept.

    Raises
    ------
    WaitRefused
        When there is no forecast, or the household does not wait.
    """
    with reading(engine) as connection:
        forecast = kept_forecast(connection)
    if forecast is None:
        raise WaitRefused("no_forecast")
    row, city = view.row_of[household_id], peers(view.assessment)
    if not city.waits[row]:
        raise WaitRefused("not_waiting")
    instance = view.assessment.instance
    found = expected_wait(forecast.in_city(instance.household_ids), city, row)
    return {
        "household": household_id,
        "forecast_as_of": forecast.as_of,
        "made_at": forecast.made_at,
        "possible": bool(city.open_forms[row].any()),
        **wait_answer(found, instance.form_ids),
    }
