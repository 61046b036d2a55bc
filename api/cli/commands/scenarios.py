"""`scenario list`, `show` and `check`: the what-ifs there are, what each changes, and whether it holds."""

from typing import Annotated

import typer

from api.cli.clock import today
from api.cli.options import AsOf, Database, Json, read_day, read_target
from api.cli.voice import voice_of
from api.usecases.problems import UserError

FAULTY = 2
MOST_WEEKS = 520


def list_(ctx: typer.Context, json: Json = None) -> None:
    """List the library."""
    voice, target = voice_of(ctx), read_target(json)
    from api.cli.data import write_json
    from api.cli.pages.scenarios import listed_as_json, show_list
    from api.usecases.scenarios import all_scenarios

    found = all_scenarios()
    if target is not None:
        write_json(listed_as_json(found), target)
    if target != "-":
        show_list(voice.page(), voice, found)


def show(ctx: typer.Context, scenario: Annotated[str, typer.Argument()], json: Json = None) -> None:
    """Show what a scenario changes."""
    voice, target = voice_of(ctx), read_target(json)
    from api.cli.data import write_json
    from api.cli.pages.scenarios import scenario_as_json, show_scenario
    from api.usecases.stacks import stack_named

    found = stack_named(scenario).as_one
    if target is not None:
        write_json(scenario_as_json(voice, found), target)
    if target != "-":
        show_scenario(voice.page(), voice, found, today())


def check(
    ctx: typer.Context,
    scenarios: Annotated[list[str], typer.Argument()],
    weeks: Annotated[str | None, typer.Option("--weeks")] = None,
    as_of: AsOf = None,
    db: Database = None,
    json: Json = None,
) -> None:
    """Check scenarios, against a city when one is named."""
    voice = voice_of(ctx)
    given, horizon, target = read_day(as_of), _weeks(weeks), read_target(json)
    from api.cli.data import write_json
    from api.cli.pages.scenario_faults import checked_as_json, say_scenario_faults, show_checked
    from api.usecases.cities import day_of, filled, open_city
    from api.usecases.scenarios import look_at_scenarios

    city, day = None, given or today()
    if db is not None:
        with voice.working("scenario"), open_city(db) as engine:
            city, day = filled(engine), day_of(engine, given, today())
    looked_at = look_at_scenarios(scenarios, city, day, horizon)
    if target is not None:
        write_json(checked_as_json(looked_at, city is not None), target)
    say_scenario_faults(voice, [fault for each in looked_at for fault in each.faults])
    if not all(each.sound for each in looked_at):
        raise typer.Exit(FAULTY)
    if target != "-":
        show_checked(voice.page(), voice, looked_at, city is not None)


def _weeks(text: str | None) -> int | None:
    """Weeks of the horizon."""
    if text is None:
        return None
    told = text.strip()
    if not (told.isascii() and told.isdigit() and 1 <= int(told[:9]) <= MOST_WEEKS and len(told) < 9):
        raise UserError("bad_weeks", value=text, most=str(MOST_WEEKS))
    return int(told)
