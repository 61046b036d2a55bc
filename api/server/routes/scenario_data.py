"""What a what-if is built of and rests on: choices for a form, the numbers assumed, and a run as a table."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from api.cli.voice import Voice
from api.server.problems import Problem, language_of
from api.server.routes.scenarios import Reader, RunNumber
from api.server.service import Here
from api.usecases.scenario_runs.as_table import csv_of
from api.usecases.scenario_runs.choices import choices
from api.usecases.scenario_runs.rates import rates_told
from api.usecases.scenario_runs.shown import shown_run
from models.store import load_experiment
from scenarios.assumptions import load_assumptions

router = APIRouter(tags=["scenarios"])
CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}}},
    404: {},
}


class ParameterOut(BaseModel):
    """A number of the policy and what it is today."""

    parameter: str
    text: str
    value: int


class EntryOut(BaseModel):
    """A rule, points, fit or condition that a scenario may change, or take away where `removable`."""

    part: str
    name: str
    text: str
    removable: bool
    parameters: list[ParameterOut]


class QuotaOut(BaseModel):
    """Places of a year for a form, or for several that share them; without a unit it is for every unit."""

    year: int
    forms: list[str]
    responsible_unit: str | None
    places: int


class ChoicesOut(BaseModel):
    """What a scenario may name: districts, units, segments by id, entries of the policy, and quotas."""

    districts: list[str]
    units: list[str]
    segments: dict[str, str]
    entries: list[EntryOut]
    quotas: list[QuotaOut]


class RateOut(BaseModel):
    """A number that simulations rest on; `basis` is `source`, `calibrated` or `assumed`."""

    key: str
    group: str
    group_text: str
    name: str
    value: float
    unit: str
    basis: str
    source: str
    low: float | None
    high: float | None


@router.get("/scenario-choices")
def show_choices(request: Request, actor: Reader, here: Here) -> ChoicesOut:
    """Show what a scenario may name, for a form."""
    found = choices(here.city().dataset, here.as_of(), Voice(language_of(request)))
    return ChoicesOut(
        districts=list(found.districts),
        units=list(found.units),
        segments=dict(found.segments),
        entries=[EntryOut.model_validate(asdict(entry)) for entry in found.entries],
        quotas=[QuotaOut.model_validate(asdict(quota)) for quota in found.quotas],
    )


@router.get("/assumptions")
def show_assumptions(request: Request, actor: Reader) -> list[RateOut]:
    """List the numbers that a simulation rests on today, with what each rests on in its turn."""
    kept = {key: asdict(entry) for key, entry in load_assumptions().entries.items()}
    return _rates(kept, request)


@router.get("/scenario-runs/{experiment_id}/assumptions")
def show_run_assumptions(
    experiment_id: RunNumber, request: Request, actor: Reader, here: Here
) -> list[RateOut]:
    """List the numbers that a finished run rested on."""
    found = load_experiment(here.engine, experiment_id)
    if found is None:
        raise Problem(404, "unknown_scenario_run")
    return _rates(found[0].assumptions, request)


@router.get("/scenario-runs/{experiment_id}/table", responses=CSV, response_class=Response)
def fetch_table(experiment_id: RunNumber, request: Request, actor: Reader, here: Here) -> Response:
    """Fetch a finished run as CSV: totals and months of every measure."""
    found = load_experiment(here.engine, experiment_id)
    if found is None:
        raise Problem(404, "unknown_scenario_run")
    return Response(
        csv_of(shown_run(found[1]), language_of(request)).encode("utf-8"),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="scenario-run-{experiment_id}.csv"'},
    )


def _rates(kept: dict[str, Any], request: Request) -> list[RateOut]:
    return [RateOut(**asdict(rate)) for rate in rates_told(kept, Voice(language_of(request)))]
