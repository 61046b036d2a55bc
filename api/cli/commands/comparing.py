"""`compare`: what changed between two stored runs, and why."""

from typing import Annotated

import typer

from api.cli.options import Database, Json, read_target
from api.cli.voice import voice_of
from api.usecases.problems import UserError


def compare(
    ctx: typer.Context,
    before: Annotated[str, typer.Argument()],
    after: Annotated[str, typer.Argument()],
    db: Database = None,
    json: Json = None,
) -> None:
    """Compare two stored runs."""
    voice = voice_of(ctx)
    for run in (before, after):
        if not run.isdecimal():
            raise UserError("unknown_run", id=run)
    target = read_target(json)
    from api.cli.data import write_json
    from api.usecases.cities import open_city
    from api.usecases.comparing import compare_runs

    with voice.working("compare"), open_city(db) as engine:
        found = compare_runs(engine, int(before), int(after))
    if target is not None:
        write_json(found.as_data(), target)
    if target != "-":
        from api.cli.pages.comparison import show_comparison

        show_comparison(voice.page(), voice, found)
