"""Scenarios: the library in words, one's own looked at, and runs of them as jobs."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from api.access.actor import Actor
from api.cli.pages.scenario_changes import ChangeWords
from api.cli.pages.scenarios import rule_texts, scenario_as_json, title_of
from api.cli.voice import Voice
from api.server.job_bodies import JobOut
from api.server.jobs import taken_on
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem, language_of
from api.server.routes.scenario_bodies import (
    ChangeOut,
    CheckIn,
    CheckOut,
    FaultOut,
    NewRun,
    RunLine,
    RunOut,
    ScenarioLine,
    ScenarioOut,
    SummaryOut,
)
from api.server.service import Here, Service
from api.texts import Language
from api.usecases.scenario_runs.asking import RunAsked, ask_for_run
from api.usecases.scenario_runs.shown import shown_run
from api.usecases.scenario_runs.stacking import own_scenario
from api.usecases.scenarios import all_scenarios
from models.experiments import Experiment
from models.store import list_experiments, load_experiment
from scenarios.whatif.check import check_scenario, every_fault
from scenarios.whatif.faults import ScenarioFault, ScenarioProblem
from scenarios.whatif.scenario import Scenario

router = APIRouter(tags=["scenarios"])

Reader = Annotated[Actor, needs("scenario.read")]
Runner = Annotated[Actor, needs("scenario.run")]
RunNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]
MOST_LISTED = 1000


@router.get("/scenarios")
def list_scenarios(request: Request, actor: Reader) -> list[ScenarioLine]:
    """List the scenarios that come with the service, today's city first."""
    language = language_of(request)
    return [_line(scenario, language) for scenario in all_scenarios()]


@router.get("/scenarios/{name}", responses={404: {}})
def show_scenario(
    name: Annotated[str, Path(max_length=200)], request: Request, actor: Reader, here: Here
) -> ScenarioOut:
    """Tell a scenario in words."""
    for scenario in all_scenarios():
        if scenario.name == name:
            return _out(scenario, language_of(request), here.as_of(), _pool_names(here))
    raise Problem(404, "unknown_scenario")


@router.post("/scenario-checks")
def check_own(body: CheckIn, request: Request, actor: Reader, here: Here) -> CheckOut:
    """Look at a scenario of one's own: what is wrong at which entry, and what it says in words."""
    language, day = language_of(request), here.as_of()
    try:
        scenario = own_scenario(body.written())
    except ScenarioProblem as problem:
        every = every_fault(problem, here.city().dataset, day, body.weeks)
        return CheckOut(sound=False, faults=_faults(every, language), scenario=None)
    found = check_scenario(scenario, here.city().dataset, day, body.weeks)
    sound = not any(fault.severity == "error" for fault in found)
    told = _out(scenario, language, day, _pool_names(here)) if sound else None
    return CheckOut(sound=sound, faults=_faults(found, language), scenario=told)


@router.post("/scenario-runs", status_code=202)
def run_scenarios(
    body: NewRun, request: Request, response: Response, actor: Runner, here: Here, once: OnceOnly
) -> JobOut:
    """Simulate scenarios beside today's city: a job, whose first figures come within seconds."""
    city = here.city().dataset
    asked = RunAsked(
        as_of=here.as_of(body.as_of),
        own=[own.written() for own in body.own],
        told=[names for names in body.stacks if names],
        way=body.policy,
        weeks=body.weeks,
        replications=body.replications,
        seed=body.seed,
        moves=body.moves,
        uncertain=body.uncertain,
    )
    with scenario_refusals(language_of(request)):
        return taken_on(once, actor, request, response, lambda work: ask_for_run(work, city, asked))


@router.get("/scenario-runs")
def list_runs(
    actor: Reader,
    here: Here,
    scenario: Annotated[str | None, Query(max_length=200, description="Runs with this scenario.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[RunLine]:
    """List finished scenario runs, newest first."""
    found = [
        _run_line(experiment)
        for experiment in list_experiments(here.engine, MOST_LISTED)
        if scenario is None or scenario in experiment.scenarios
    ]
    rows, following = page_of(found, lambda run: (-run.experiment_id,), cursor, limit)
    return Page(items=rows, total=len(found), next=following)


@router.get("/scenario-runs/{experiment_id}")
def show_run(
    experiment_id: RunNumber,
    request: Request,
    actor: Reader,
    here: Here,
    detail: Annotated[
        Literal["weeks", "months"], Query(description="months: without what each week counted.")
    ] = "weeks",
) -> RunOut:
    """Show a finished run: figures with intervals, winners and losers, and sentences."""
    found = load_experiment(here.engine, experiment_id)
    if found is None:
        raise Problem(404, "unknown_scenario_run")
    experiment, answer = found[0], shown_run(found[1])
    language = language_of(request)
    return RunOut(
        **_run_line(experiment).model_dump(),
        seconds=experiment.seconds,
        inputs=experiment.inputs_hash,
        policy=experiment.policy_hash,
        assumptions=experiment.assumptions_hash,
        edition=experiment.edition,
        months=answer["months"],
        figures=[_in_language(told, ("title",), language) for told in answer.get("figures", [])],
        summary=[
            SummaryOut(**_in_language(told, ("headline", "points", "sides"), language))
            for told in answer.get("summary", [])
        ],
        results=answer["scenarios"] if detail == "weeks" else [_by_month(one) for one in answer["scenarios"]],
        rates=Counter(entry["basis"] for entry in experiment.assumptions.values()),
    )


@contextmanager
def scenario_refusals(language: Language) -> Iterator[None]:
    """Answer with every fault of the scenarios."""
    try:
        yield
    except ScenarioProblem as problem:
        faults = [fault.model_dump() for fault in _faults(problem.faults, language)]
        raise Problem(422, "scenario_faults", {"errors": faults}) from None


def _line(scenario: Scenario, language: Language) -> ScenarioLine:
    return ScenarioLine(
        name=scenario.name,
        title=title_of(Voice(language), scenario),
        text=scenario.text_sv if language == "sv" else scenario.text_en,
        changes=len(scenario.changes),
    )


def _pool_names(here: Service) -> dict[str, str]:
    return {pool.pool_id: pool.name for pool in here.city().dataset.pools}


def _out(scenario: Scenario, language: Language, day: date, pools: Mapping[str, str]) -> ScenarioOut:
    voice = Voice(language)
    opened = {str(c.settings.get("pool_id")): str(c.settings.get("name")) for c in scenario.changes}
    sentence: Callable[..., str] = ChangeWords(voice, {**pools, **opened}).sentence
    told = scenario_as_json(voice, scenario)["changes"]
    changes = [
        ChangeOut(
            kind=change.kind,
            from_week=change.from_week,
            until_week=change.until_week,
            settings=data["settings"],
            sentence=sentence(change),
        )
        for change, data in zip(scenario.changes, told, strict=True)
    ]
    rules = rule_texts(voice, scenario.changes, day)
    return ScenarioOut(**_line(scenario, language).model_dump(), told=changes, rules=rules)


def _faults(faults: tuple[ScenarioFault, ...], language: Language) -> list[FaultOut]:
    return [
        FaultOut(
            severity=fault.severity,
            change=fault.change,
            key=fault.key,
            value=fault.value,
            kind=fault.kind,
            message=fault.message(language),
            remedy=fault.remedy(language),
        )
        for fault in faults
    ]


def _run_line(experiment: Experiment) -> RunLine:
    shown = {name: getattr(experiment, name) for name in RunLine.model_fields if hasattr(experiment, name)}
    uncertain = bool(experiment.options.get("uncertain"))
    return RunLine(experiment_id=int(experiment.id or 0), uncertain=uncertain, **shown)


def _by_month(told: Mapping[str, Any]) -> dict[str, Any]:
    """A scenario without its weeks: totals and months are what a page shows."""
    totals = {name: {"total": measure["total"]} for name, measure in told["measures"].items()}
    return {**told, "measures": totals}


def _in_language(told: Mapping[str, Any], keys: tuple[str, ...], language: Language) -> dict[str, Any]:
    return {**told, **{key: told[key][language] for key in keys}}
