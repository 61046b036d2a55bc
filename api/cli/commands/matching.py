"""`match`: who should be offered which place."""

from typing import Annotated

import typer

from api.cli.clock import now, today
from api.cli.limit_options import (
    Block,
    Budget,
    BudgetUnit,
    GroupLimit,
    Like,
    Most,
    Pin,
    Reserve,
    WomenShare,
    WomenShareUnit,
    WrittenLimits,
    read_limits,
    read_run,
)
from api.cli.options import (
    AsOf,
    Database,
    Dot,
    Json,
    Moves,
    read_day,
    read_moves,
    read_seconds,
    read_targets,
)
from api.cli.voice import voice_of


def match(
    ctx: typer.Context,
    as_of: AsOf = None,
    moves: Moves = None,
    time_limit: Annotated[str | None, typer.Option("--time-limit")] = None,
    budget: Budget = None,
    budget_unit: BudgetUnit = None,
    women_share: WomenShare = None,
    women_share_unit: WomenShareUnit = None,
    group_limit: GroupLimit = None,
    pin: Pin = None,
    block: Block = None,
    reserve: Reserve = None,
    most: Most = None,
    like: Like = None,
    db: Database = None,
    json: Json = None,
    dot: Dot = None,
) -> None:
    """Propose who gets which place."""
    voice = voice_of(ctx)
    given, chain = read_day(as_of), read_moves(moves)
    limit, (target, drawing) = read_seconds(time_limit), read_targets(json, dot)
    written = WrittenLimits(
        budget, budget_unit, women_share, women_share_unit, group_limit, pin, block, reserve, most
    )
    limits, earlier = read_limits(written), read_run(like)
    from api.cli.data import write_json, write_text
    from api.usecases.cities import day_of, open_city
    from api.usecases.matching import limits_like, run_match

    with voice.working("match"), open_city(db) as engine:
        day = day_of(engine, given, today())
        finished = run_match(engine, day, chain, limit, now(), limits_like(engine, limits, earlier))
    if target is not None:
        write_json(finished.answer, target)
    if drawing is not None:
        from api.cli.pages.drawing import drawn_chains

        name = voice.texts("drawing.title", id=finished.answer["run"]["id"])
        write_text(drawn_chains(voice, finished.answer["proposals"], finished.dataset, name), drawing)
    if "-" not in (target, drawing):
        from api.cli.pages.proposals import show_proposals
        from api.cli.pages.summary import show_summary

        page = voice.page()
        show_summary(page, voice, finished)
        show_proposals(page, voice, finished)
