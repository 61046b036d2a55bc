"""Last year's stays for those who plan: what a stay costs side by side, and a back-test of the rates."""

from fastapi import APIRouter, Request

from api.cli.voice import Voice
from api.server.problems import language_of
from api.server.routes.scenarios import Reader
from api.server.service import Here
from api.usecases.scenario_runs.stays_told import BackTestTold, CostsTold, back_test_told, costs_told

router = APIRouter(tags=["scenarios"])


@router.get("/stay-costs", responses={422: {}})
def show_stay_costs(request: Request, actor: Reader, here: Here) -> CostsTold:
    """Show what a stay costs in own places, procured ones and a hotel, side by side."""
    return costs_told(here.city().dataset, here.as_of(), Voice(language_of(request)))


@router.get("/stay-back-test", responses={422: {}})
def show_back_test(request: Request, actor: Reader, here: Here) -> BackTestTold:
    """Show last year's stays beside what the rates of a simulation would have expected."""
    return back_test_told(here.city().dataset, here.as_of(), Voice(language_of(request)))
