"""`snapshot` and `report`: the day's figures taken, and the monthly report written."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.clock import now, today
from api.cli.options import AsOf, Database, read_day
from api.cli.voice import voice_of


def snapshot(
    ctx: typer.Context,
    as_of: AsOf = None,
    again: Annotated[bool, typer.Option("--again")] = False,
    db: Database = None,
) -> None:
    """Take the day's figures, once a day."""
    voice, given = voice_of(ctx), read_day(as_of)
    from api.usecases.cities import day_of, filled, open_city
    from api.usecases.city_view import read_view
    from api.usecases.counts.publication import take

    with voice.working("snapshot"), open_city(db) as engine:
        filled(engine)
        day = day_of(engine, given, today())
        taken = take(engine, read_view(engine, day), day, now(), "operator", again=again)
    said = "snapshot.taken" if taken.new else "snapshot.stood"
    voice.page().line(voice.texts(said, day=voice.figures.day(day)))


def report(
    ctx: typer.Context,
    month: Annotated[str, typer.Option("--month")],
    out: Annotated[Path, typer.Option("--out")],
    as_of: AsOf = None,
    db: Database = None,
) -> None:
    """Write the report of a month as a PDF and a workbook."""
    voice, given = voice_of(ctx), read_day(as_of)
    from api.usecases.cities import day_of, open_city
    from api.usecases.reports.content import month_of
    from api.usecases.reports.monthly import look_up_month, take_if_now, write_report
    from models.database import reading

    first = month_of(month)
    with voice.working("report"), open_city(db) as engine:
        day = day_of(engine, given, today())
        with reading(engine) as connection:
            look_up_month(connection, first, day)
        take_if_now(engine, first, day, now(), "operator")
        files = write_report(engine, first, voice.language, out)
    for file in files:
        voice.page().line(voice.texts("report.written", path=str(file)))
