"""Advice on a case or a vacancy: explanation, recommendations both ways, questions, expected wait."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic_core import to_json

from api.access.actor import Actor
from api.jobs.asking import ask_for
from api.server.desk import listed
from api.server.job_bodies import JobOut
from api.server.jobs import taken_on
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.routes.advice_bodies import (
    ExplanationOut,
    ForecastIn,
    HouseholdsOut,
    PlacesOut,
    QuestionOut,
    WaitOut,
)
from api.server.service import Here, Service
from api.usecases.advice.explanation import Wanted, explain_case
from api.usecases.advice.questions import questions_seen
from api.usecases.advice.recommendation import Asked, choices_for, households_for, places_for
from api.usecases.advice.wait import WaitRefused, expected_wait_of
from api.usecases.cases import case_seen
from api.usecases.city_view import CityView
from api.usecases.work import looking_for

router = APIRouter(tags=["advice"])

Reader = Annotated[Actor, needs("case.read")]
Forecaster = Annotated[Actor, needs("plan.run")]
Moves = Annotated[
    Literal["none", "unlimited"],
    Query(description="Whether residents may move on in the run that the answer is read from."),
]
Most = Annotated[
    int | None, Query(ge=1, le=100, description="Most options to try; left out, as many as are quick.")
]


@router.get("/households/{household_id}/explanation", response_model=ExplanationOut)
def explanation(
    household_id: str,
    actor: Reader,
    here: Here,
    pool: Annotated[list[str] | None, Query(max_length=500, description="Pools to explain.")] = None,
    moves: Moves = "unlimited",
    would_help: Annotated[
        bool | None, Query(description="Look for what would help; left out, only where it is quick.")
    ] = None,
    regret: Annotated[
        bool | None, Query(description="What each pool given would cost the whole; likewise.")
    ] = None,
    every_rule: Annotated[
        bool,
        Query(
            alias="all",
            description="Tell the rules that a pool meets too; of pools given they always are told.",
        ),
    ] = False,
) -> Response:
    """Explain every pool for one household, and what would help it."""
    view = _opened(here, actor, household_id, "explanation")
    wanted = Wanted(tuple(pool or ()), moves, would_help, regret, every_rule)
    # Every rule on every pool is long: to check it against its description takes as long as to find it out.
    return Response(to_json(explain_case(view, actor, household_id, wanted)), media_type="application/json")


@router.get("/households/{household_id}/recommendations")
def recommended_places(
    household_id: str, actor: Reader, here: Here, moves: Moves = "unlimited", most: Most = None
) -> PlacesOut:
    """Recommend places for one household, by what each changes for the whole."""
    view = _opened(here, actor, household_id, "recommendations")
    return PlacesOut(**places_for(view, actor, household_id, Asked(moves, most)))


@router.get("/households/{household_id}/choices")
def choices(household_id: str, actor: Reader, here: Here, moves: Moves = "unlimited") -> PlacesOut:
    """Find two places to choose between, where there are two without loss for others."""
    view = _opened(here, actor, household_id, "choices")
    return PlacesOut(**choices_for(view, actor, household_id, Asked(moves)))


@router.get("/households/{household_id}/expected-wait", responses={409: {}})
def expected_wait(household_id: str, actor: Reader, here: Here) -> WaitOut:
    """Tell how long it may take to a place, by form: a forecast, never a promise."""
    view = _opened(here, actor, household_id, "expected-wait")
    try:
        return WaitOut(**expected_wait_of(here.engine, view, household_id))
    except WaitRefused as refused:
        raise Problem(409, refused.key) from None


@router.post("/expected-waits", status_code=202)
def forecast_waits(
    body: ForecastIn, request: Request, response: Response, actor: Forecaster, here: Here, once: OnceOnly
) -> JobOut:
    """Have a forecast of all waits made: a job; each case's expected wait is then read from it."""
    asked = {"as_of": here.as_of().isoformat(), "replications": body.replications}
    return taken_on(once, actor, request, response, lambda work: ask_for(work, "waits", asked))


@router.get("/pools/{pool_id}/recommendations")
def recommended_households(
    pool_id: str, actor: Reader, here: Here, moves: Moves = "unlimited", most: Most = None
) -> HouseholdsOut:
    """Recommend households for one vacancy, by what each changes for the whole."""
    view = here.city()
    if pool_id not in view.pools:
        raise Problem(404, "unknown_pool")
    with looking_for(here.engine, actor, here.now()) as work:
        work.record("case.listed", "pool", pool_id, part="recommendations")
    return HouseholdsOut(**households_for(view, actor, pool_id, Asked(moves, most)))


@router.get("/asking")
def asking(
    actor: Reader, here: Here, moves: Moves = "none", limit: Limit = 50, cursor: Cursor = None
) -> Page[QuestionOut]:
    """List what to ask first, over all households that the person may see; that is recorded."""
    view = here.city()
    found = questions_seen(view, actor, here.questions.of(view, actor, moves))
    rows, following = page_of(found, lambda question: (question["rank"],), cursor, limit)
    about = {row["household"] for row in rows if row["household"] is not None}
    listed(here, actor, "asking", about, moves=moves)
    return Page(items=[QuestionOut(**row) for row in rows], total=len(found), next=following)


def _opened(here: Service, actor: Actor, household_id: str, part: str) -> CityView:
    """The city, once it is recorded that a case was looked at that the person may see."""
    view = here.city()
    if case_seen(view, actor, household_id) is None:
        raise Problem(404, "unknown_household")
    with looking_for(here.engine, actor, here.now()) as work:
        work.record("case.read", "household", household_id, part=part)
    return view
