"""`recommend`: places for one household, or households for one vacancy."""

from typing import Annotated

import typer

from api.cli.clock import today
from api.cli.options import AsOf, Database, Json, Moves, read_day, read_moves, read_target
from api.cli.voice import voice_of


def recommend(
    ctx: typer.Context,
    household: Annotated[str | None, typer.Argument()] = None,
    pool: Annotated[str | None, typer.Option("--pool")] = None,
    as_of: AsOf = None,
    moves: Moves = None,
    db: Database = None,
    json: Json = None,
) -> None:
    """Rank places for a household, or households for a pool."""
    voice = voice_of(ctx)
    given, chain, target = read_day(as_of), read_moves(moves), read_target(json)
    from api.cli.data import write_json
    from api.usecases.cities import day_of, open_city
    from api.usecases.recommending import recommend as rank

    with voice.counting("recommend") as progress, open_city(db) as engine:
        day = day_of(engine, given, today())
        found = rank(engine, household, pool, day, chain, progress=progress)
    if target is not None:
        write_json(found.answer, target)
    if target != "-":
        from api.cli.pages.recommendation import show_recommendation

        show_recommendation(voice.page(), voice, found)
