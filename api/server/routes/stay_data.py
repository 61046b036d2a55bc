"""Last year's stays for those who plan: what a stay costs side by side, and a back-test of the rates."""

from dataclasses import asdict
from datetime import date

from fastapi import APIRouter, Request
from pydantic import BaseModel

from api.cli.voice import Voice
from api.server.problems import language_of
from api.server.routes.scenarios import Reader
from api.server.service import Here
from api.usecases.scenario_runs.stays_told import back_test_told, costs_told

router = APIRouter(tags=["scenarios"])


class StayCostOut(BaseModel):
    """What a stay costs in a form, or in all own or all procured places, beside as many nights elsewhere.

    SEK of one stay in hundreds; null where too few stays tell, or nobody has given a price.
    """

    kind: str
    form: str | None
    name: str
    places: int
    stays: float | None
    days: float | None
    days_low: float | None
    days_high: float | None
    night_sek: float | None
    place_sek: float | None
    void_sek: float | None
    support_sek: float | None
    restoration_sek: float | None
    stay_sek: float | None
    procured_sek: float | None
    hotel_sek: float | None


class StayCostsOut(BaseModel):
    """Costs of last year's stays; `basis` tells what is measured and what is assumed."""

    since: date
    until: date
    complete: bool
    about: list[str]
    basis: dict[str, str]
    hotel_night_sek: float
    procured_night_sek: float | None
    rows: list[StayCostOut]


class ExpectedOut(BaseModel):
    """What rates would have expected, with its 95 % interval; `within` is null where a count is hidden."""

    mean: float
    low: float
    high: float
    within: bool | None


class EndedOut(BaseModel):
    """How many stays ended, and how many the rates would have expected to end."""

    form: str | None
    end: str
    name: str
    stays: float | None
    seen: float | None
    seen_shown: str | None
    assumed: ExpectedOut | None
    fitted: ExpectedOut | None


class BackTestOut(BaseModel):
    """Last year's stays as a back-test: `fitted` are rates learnt from the two years before it."""

    since: date
    until: date
    fitted_since: date
    fitted_until: date
    complete: bool
    about: list[str]
    rows: list[EndedOut]


@router.get("/stay-costs", responses={422: {}})
def show_stay_costs(request: Request, actor: Reader, here: Here) -> StayCostsOut:
    """Show what a stay costs in own places, procured ones and a hotel, side by side."""
    found = costs_told(here.city().dataset, here.as_of(), Voice(language_of(request)))
    return StayCostsOut.model_validate(asdict(found))


@router.get("/stay-back-test", responses={422: {}})
def show_back_test(request: Request, actor: Reader, here: Here) -> BackTestOut:
    """Show last year's stays beside what the rates of a simulation would have expected."""
    found = back_test_told(here.city().dataset, here.as_of(), Voice(language_of(request)))
    return BackTestOut.model_validate(asdict(found))
