"""`wait`: how long a household may have to wait for a place, by form; a forecast, never a promise."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.clock import today
from api.cli.options import LONGEST_NUMBER, AsOf, Database, Json, read_day, read_target
from api.cli.voice import voice_of
from api.usecases.problems import UserError

MOST_REPLICATIONS = 1_000


def wait(
    ctx: typer.Context,
    household: Annotated[str, typer.Argument()],
    as_of: AsOf = None,
    replications: Annotated[str, typer.Option("--replications")] = "20",
    assumptions: Annotated[str | None, typer.Option("--assumptions")] = None,
    db: Database = None,
    json: Json = None,
) -> None:
    """Forecast a household's wait."""
    voice = voice_of(ctx)
    given, target = read_day(as_of), read_target(json)
    times = read_replications(replications)
    file = None if assumptions is None else Path(assumptions)
    from api.cli.data import write_json
    from api.usecases.cities import day_of, open_city
    from api.usecases.waiting import show_wait

    with voice.counting("wait") as progress, open_city(db) as engine:
        day = day_of(engine, given, today())
        shown = show_wait(engine, household, day, times, file, progress)
    if target is not None:
        write_json(shown.answer, target)
    if target != "-":
        from api.cli.pages.wait import show_wait_page

        show_wait_page(voice.page(), voice, shown)


def read_replications(text: str) -> int:
    """A whole number of simulations."""
    whole = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    if whole and 1 <= int(text) <= MOST_REPLICATIONS:
        return int(text)
    raise UserError("bad_replications", value=text, most=str(MOST_REPLICATIONS))
