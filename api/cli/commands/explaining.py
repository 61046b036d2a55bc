"""`explain`: why a household may or may not have each place."""

from typing import Annotated

import typer

from api.cli.clock import today
from api.cli.options import AsOf, Database, Json, Moves, read_day, read_moves, read_target
from api.cli.voice import voice_of


def explain(
    ctx: typer.Context,
    household: Annotated[str, typer.Argument()],
    pool: Annotated[list[str] | None, typer.Option("--pool")] = None,
    as_of: AsOf = None,
    moves: Moves = None,
    aloud: Annotated[bool, typer.Option("--aloud")] = False,
    db: Database = None,
    json: Json = None,
) -> None:
    """Explain every pool for one household."""
    voice = voice_of(ctx)
    given, chain, target = read_day(as_of), read_moves(moves), read_target(json)
    from api.cli.data import write_json
    from api.usecases.cities import day_of, open_city
    from api.usecases.explaining import explain_household

    with voice.counting("explain") as progress, open_city(db) as engine:
        day = day_of(engine, given, today())
        explained = explain_household(engine, household, pool or (), day, chain, progress)
    if target is not None:
        write_json(explained.answer, target)
    if target != "-" and aloud:
        from api.cli.pages.aloud import read_aloud

        read_aloud(voice.page(), voice, explained)
    elif target != "-":
        from api.cli.pages.explanation import show_explanation

        show_explanation(voice.page(), voice, explained)
