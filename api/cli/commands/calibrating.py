"""`calibrate`: what the city's own stays tell of the rates that a simulation assumes."""

from typing import Annotated

import typer

from api.cli.clock import today
from api.cli.options import LONGEST_NUMBER, AsOf, Database, Json, read_day, read_target
from api.cli.voice import voice_of
from api.usecases.problems import UserError

MOST_WEEKS = 520


def calibrate(
    ctx: typer.Context,
    as_of: AsOf = None,
    weeks: Annotated[str, typer.Option("--weeks")] = "52",
    steady: Annotated[bool, typer.Option("--steady")] = False,
    db: Database = None,
    json: Json = None,
    write: Annotated[str | None, typer.Option("--write")] = None,
) -> None:
    """Estimate how stays end and who comes."""
    voice = voice_of(ctx)
    given, target, file = read_day(as_of), read_target(json), read_target(write)
    length = read_weeks(weeks)
    if target == file == "-":
        raise UserError("one_calibration_on_output")
    from api.cli.data import write_json, write_text
    from api.usecases.calibrating import calibrate_city
    from api.usecases.cities import day_of, open_city

    with voice.counting("calibrate") as progress, open_city(db) as engine:
        done = calibrate_city(engine, day_of(engine, given, today()), length, steady, progress)
    if target is not None:
        write_json(done.answer, target)
    if file is not None:
        write_text(done.as_toml(), file)
    if "-" not in (target, file):
        from api.cli.pages.calibration import show_calibration

        show_calibration(voice.page(), voice, done, file)


def read_weeks(text: str) -> int:
    """A whole number of weeks to look back."""
    whole = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    if whole and 1 <= int(text) <= MOST_WEEKS:
        return int(text)
    raise UserError("bad_weeks", value=text, most=str(MOST_WEEKS))
