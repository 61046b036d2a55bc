"""`replay`: a stored run solved again from what it was given."""

from typing import Annotated

import typer

from api.cli.options import Database, Dot, Json, read_targets
from api.cli.voice import voice_of
from api.usecases.problems import UserError

DIFFERENT = 1


def replay(
    ctx: typer.Context,
    run: Annotated[str, typer.Argument()],
    db: Database = None,
    json: Json = None,
    dot: Dot = None,
) -> int:
    """Replay a stored run."""
    voice = voice_of(ctx)
    if not run.isdecimal():
        raise UserError("unknown_run", id=run)
    target, drawing = read_targets(json, dot)
    from api.cli.data import write_json, write_text
    from api.usecases.cities import open_city
    from api.usecases.replaying import replay as solve_again

    with voice.working("replay"), open_city(db) as engine:
        found = solve_again(engine, int(run))
    if target is not None:
        write_json(found.as_data(), target)
    if drawing is not None:
        from api.cli.pages.drawing import drawn_chains

        name = voice.texts("drawing.title", id=found.run_id)
        write_text(drawn_chains(voice, found.proposals, found.dataset, name), drawing)
    if "-" not in (target, drawing):
        from api.cli.pages.replay import show_replay

        show_replay(voice.page(), voice, found)
    return 0 if found.same else DIFFERENT
