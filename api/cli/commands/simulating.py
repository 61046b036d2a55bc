"""`simulate`: what becomes of the city, as it is and with each scenario."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from api.cli.clock import now, today
from api.cli.options import LONGEST_NUMBER, AsOf, Database, Json, Moves, read_day, read_moves, read_target
from api.cli.voice import voice_of
from api.usecases.problems import UserError

WEEKS, REPLICATIONS, SEED, MOVES = "260", "20", "1", "none"
MOST_WEEKS = 520
MOST_REPLICATIONS = 10_000
MOST_PROCESSES = 1_024
MOST_SEED = 999_999_999


def simulate(
    ctx: typer.Context,
    scenarios: Annotated[list[str] | None, typer.Argument()] = None,
    weeks: Annotated[str, typer.Option("--weeks")] = WEEKS,
    replications: Annotated[str, typer.Option("--replications")] = REPLICATIONS,
    seed: Annotated[str, typer.Option("--seed")] = SEED,
    moves: Moves = MOVES,
    assumptions: Annotated[str | None, typer.Option("--assumptions")] = None,
    uncertain: Annotated[bool, typer.Option("--uncertain")] = False,
    processes: Annotated[str | None, typer.Option("--processes")] = None,
    scheduler: Annotated[str | None, typer.Option("--scheduler")] = None,
    as_of: AsOf = None,
    db: Database = None,
    json: Json = None,
) -> None:
    """Simulate scenarios beside today's city."""
    voice = voice_of(ctx)
    given, chain, target = read_day(as_of), read_moves(moves), read_target(json)
    if processes is not None and scheduler is not None:
        raise UserError("processes_or_scheduler")
    numbers = (
        _whole(weeks, "bad_weeks", 1, MOST_WEEKS),
        _whole(replications, "bad_replications", 1, MOST_REPLICATIONS),
        _whole(seed, "bad_seed", 0, MOST_SEED),
    )
    workers = None if processes is None else _whole(processes, "bad_processes", 1, MOST_PROCESSES)
    file = None if assumptions is None else Path(assumptions)
    from api.cli.data import write_json
    from api.cli.pages.scenario_faults import say_scenario_faults
    from api.cli.pages.simulation_progress import refining
    from api.usecases.cities import day_of, open_city
    from api.usecases.simulating import Asked, run_simulation

    asked = Asked(tuple(scenarios or ()), *numbers, chain, workers, scheduler, file, uncertain)
    try:
        with open_city(db) as engine, refining(voice) as shown:
            day = day_of(engine, given, today())
            done = run_simulation(engine, day, asked, now(), shown.progress, glance=shown.glance)
    except KeyboardInterrupt:
        voice.complain(voice.texts("simulate.interrupted"))
        raise
    say_scenario_faults(voice, done.warnings)
    if target is not None:
        write_json(done.answer, target)
    if target != "-":
        from api.cli.pages.simulation import show_simulation

        show_simulation(voice.page(), voice, done)


Mistake = Literal["bad_weeks", "bad_replications", "bad_seed", "bad_processes"]


def _whole(text: str, mistake: Mistake, least: int, most: int) -> int:
    """A whole number within bounds."""
    told = text.strip()
    if told.isascii() and told.isdigit() and len(told) <= LONGEST_NUMBER and least <= int(told) <= most:
        return int(told)
    raise UserError(mistake, value=text, most=str(most))
