"""`replay`: a stored run solved again from what it was given."""

from typing import Annotated

import typer

from api.cli.options import Database, Json, read_target
from api.cli.voice import voice_of
from api.usecases.problems import UserError

DIFFERENT = 1


def replay(
    ctx: typer.Context,
    run: Annotated[str, typer.Argument()],
    db: Database = None,
    json: Json = None,
) -> int:
    """Replay a stored run."""
    voice = voice_of(ctx)
    if not run.isdecimal():
        raise UserError("unknown_run", id=run)
    target = read_target(json)
    from api.cli.data import write_json
    from api.usecases.cities import open_city
    from api.usecases.replaying import replay as solve_again

    with voice.working("replay"), open_city(db) as engine:
        found = solve_again(engine, int(run))
    if target is not None:
        write_json(found.as_data(), target)
    if target != "-":
        from api.cli.pages.replay import show_replay

        show_replay(voice.page(), voice, found)
    return 0 if found.same else DIFFERENT
