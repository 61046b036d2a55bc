"""`gap` and `bottlenecks`: what the stock lacks."""

import typer

from api.cli.clock import today
from api.cli.limit_options import (
    Block,
    Budget,
    BudgetUnit,
    GroupLimit,
    Most,
    Pin,
    Reserve,
    WomenShare,
    WomenShareUnit,
    WrittenLimits,
    read_limits,
)
from api.cli.options import AsOf, Database, Json, Moves, read_day, read_moves, read_target
from api.cli.voice import voice_of


def gap(ctx: typer.Context, as_of: AsOf = None, db: Database = None, json: Json = None) -> None:
    """Count the gap in women's places."""
    voice = voice_of(ctx)
    given, target = read_day(as_of), read_target(json)
    from api.cli.data import write_json
    from api.usecases.cities import day_of, open_city
    from api.usecases.lacking import show_gap

    with voice.working("gap"), open_city(db) as engine:
        shown = show_gap(engine, day_of(engine, given, today()))
    if target is not None:
        write_json(shown.answer, target)
    if target != "-":
        from api.cli.pages.gap import show_gap_page

        show_gap_page(voice.page(), voice, shown)


def bottlenecks(
    ctx: typer.Context,
    as_of: AsOf = None,
    moves: Moves = None,
    budget: Budget = None,
    budget_unit: BudgetUnit = None,
    women_share: WomenShare = None,
    women_share_unit: WomenShareUnit = None,
    group_limit: GroupLimit = None,
    pin: Pin = None,
    block: Block = None,
    reserve: Reserve = None,
    most: Most = None,
    db: Database = None,
    json: Json = None,
) -> None:
    """Show what one more place in each pool would bring."""
    voice = voice_of(ctx)
    given, chain, target = read_day(as_of), read_moves(moves), read_target(json)
    written = WrittenLimits(
        budget, budget_unit, women_share, women_share_unit, group_limit, pin, block, reserve, most
    )
    limits = read_limits(written)
    from api.cli.data import write_json
    from api.cli.progress import counting
    from api.usecases.cities import day_of, open_city
    from api.usecases.lacking import show_bottlenecks

    with counting(voice, "bottlenecks") as progress, open_city(db) as engine:
        shown = show_bottlenecks(engine, day_of(engine, given, today()), chain, progress, limits)
    if target is not None:
        write_json(shown.answer, target)
    if target != "-":
        from api.cli.pages.bottlenecks import show_bottlenecks_page

        show_bottlenecks_page(voice.page(), voice, shown)
