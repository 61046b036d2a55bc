"""`ask`: which unknown facts to ask for first."""

from typing import Annotated

import typer

from api.cli.clock import today
from api.cli.limit_options import read_number
from api.cli.options import AsOf, Database, Json, Moves, read_day, read_moves, read_target
from api.cli.voice import voice_of


def ask(
    ctx: typer.Context,
    as_of: AsOf = None,
    moves: Moves = None,
    top: Annotated[str | None, typer.Option("--top")] = None,
    db: Database = None,
    json: Json = None,
) -> None:
    """Rank unknown facts by what their answers would open."""
    voice = voice_of(ctx)
    given, chain, target = read_day(as_of), read_moves(moves), read_target(json)
    told = None if top is None else read_number(top)
    from api.cli.data import write_json
    from api.usecases.asking import TOP, what_to_ask
    from api.usecases.cities import day_of, open_city

    with voice.counting("ask") as progress, open_city(db) as engine:
        day = day_of(engine, given, today())
        found = what_to_ask(engine, day, chain, TOP if told is None else told, progress)
    if target is not None:
        write_json(found.answer, target)
    if target != "-":
        from api.cli.pages.asking import show_questions

        show_questions(voice.page(), voice, found)
