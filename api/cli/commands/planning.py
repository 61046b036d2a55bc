"""`plan`: the cheapest places that meet a target."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.clock import today
from api.cli.options import LONGEST_NUMBER, AsOf, Database, Json, read_day
from api.cli.options import read_target as read_json_target
from api.cli.voice import voice_of
from api.usecases.problems import UserError

MOST_WEEKS = 520
MOST_REPLICATIONS = 10_000


def plan(
    ctx: typer.Context,
    target: Annotated[str, typer.Option("--target")] = "women_gap_structural<=0",
    buildable: Annotated[str | None, typer.Option("--buildable")] = None,
    replications: Annotated[str, typer.Option("--replications")] = "0",
    weeks: Annotated[str, typer.Option("--weeks")] = "156",
    seed: Annotated[str, typer.Option("--seed")] = "1",
    as_of: AsOf = None,
    db: Database = None,
    json: Json = None,
) -> None:
    """Find the cheapest places that meet a target."""
    voice = voice_of(ctx)
    given, answer_to = read_day(as_of), read_json_target(json)
    from api.cli.data import write_json
    from api.cli.progress import counting
    from api.usecases.cities import day_of, open_city
    from api.usecases.planning import Trial, plan_capacity, target_of
    from scenarios.whatif.faults import ScenarioProblem

    aim, file = target_of(target), None if buildable is None else Path(buildable)
    trial = Trial(
        weeks=_whole(weeks, "bad_weeks", 1, MOST_WEEKS),
        replications=_whole(replications, "bad_replications_or_none", 0, MOST_REPLICATIONS),
        seed=_whole(seed, "bad_seed", 0, 10**LONGEST_NUMBER),
    )
    try:
        with counting(voice, "plan") as progress, open_city(db) as engine:
            shown = plan_capacity(engine, day_of(engine, given, today()), aim, file, trial, progress)
    except ScenarioProblem as problem:
        from api.cli.pages.plan import say_faults

        say_faults(voice, problem.faults)
        raise typer.Exit(2) from None
    if answer_to is not None:
        write_json(shown.answer, answer_to)
    if answer_to != "-":
        from api.cli.pages.plan import show_plan

        show_plan(voice.page(), voice, shown)


def _whole(text: str, key: str, least: int, most: int) -> int:
    """A whole number within bounds."""
    told = text.strip()
    whole = told.isascii() and told.isdigit() and len(told) <= LONGEST_NUMBER
    if whole and least <= int(told) <= most:
        return int(told)
    raise UserError(key, value=text, most=str(most))
