"""The city's data: `demo`, `import` and `export`."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.clock import now, today
from api.cli.commands.serving import read_port
from api.cli.options import AsOf, Database, Json, Moves, read_day, read_moves, read_seconds, read_target
from api.cli.voice import voice_of
from api.usecases.problems import UserError

FAULTY = 2


def demo(
    ctx: typer.Context,
    serve: Annotated[bool | None, typer.Option("--serve/--no-serve")] = None,
    port: Annotated[str | None, typer.Option("--port")] = None,
    moves: Moves = None,
    time_limit: Annotated[str | None, typer.Option("--time-limit")] = None,
    db: Database = None,
    json: Json = None,
) -> None:
    """Build the demo city, match it, and open the desks."""
    voice = voice_of(ctx)
    chain, limit, target = read_moves(moves), read_seconds(time_limit), read_target(json)
    number = read_port(port)
    from api.cli.data import write_json
    from api.cli.pages.city import show_city
    from api.cli.pages.summary import show_summary
    from api.usecases.cities import open_city
    from api.usecases.demo_city import build_demo
    from api.usecases.matching import run_match

    with voice.working("demo"), open_city(db) as engine:
        as_of = build_demo(engine)
        finished = run_match(engine, as_of, chain, limit, now())
    if target is not None:
        write_json(finished.answer, target)
    if target != "-":
        page = voice.page()
        show_city(page, voice, finished.dataset, as_of)
        page.line()
        show_summary(page, voice, finished)
        page.section(voice.texts("demo.next"))
        household = finished.answer["unmatched"][0]["household"]
        named = "" if db is None else f" --db {db}"
        for line in voice.texts("demo.examples", household=household, db=named).splitlines():
            page.line(f"  {line}")
    # A program that reads the answer waits for its end: it is served to only when it says so.
    if target != "-" if serve is None else serve:
        from api.cli.commands.demo_desks import serve_demo

        serve_demo(voice, db, finished, number)


def import_(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument()],
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    quarantine: Annotated[bool, typer.Option("--quarantine")] = False,
    as_of: AsOf = None,
    db: Database = None,
    json: Json = None,
) -> None:
    """Take in a dataset folder."""
    voice = voice_of(ctx)
    given, target = read_day(as_of), read_target(json)
    from api.cli.data import write_json
    from api.cli.pages.imports import import_as_json, say_faults, show_import
    from api.usecases.cities import day_of, holds_demo_city, import_city, open_city

    with voice.working("import"), open_city(db) as engine:
        day = day_of(engine, given, today())
        report = import_city(engine, Path(folder), day, dry_run=dry_run, quarantine=quarantine)
        demo_city = holds_demo_city(engine)
    if target is not None:
        write_json(import_as_json(report, voice.language), target)
    if report.faults:
        say_faults(voice, report.faults)
        raise typer.Exit(FAULTY)
    if target != "-":
        show_import(voice.page(), voice, report)
    if demo_city and any(changes.inserted for changes in report.changes.values()):
        voice.complain(voice.texts("import.into_demo"))


def export_(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument()],
    kind: Annotated[str, typer.Option("--format")] = "csv",
    as_of: AsOf = None,
    db: Database = None,
) -> None:
    """Write the city to a folder."""
    voice = voice_of(ctx)
    read_day(as_of)
    from api.cli.pages.imports import show_export
    from api.usecases.cities import EXPORT_FORMATS, export_city, open_city

    chosen = next((known for known in EXPORT_FORMATS if known == kind), None)
    if chosen is None:
        raise UserError("bad_format", value=kind, known=", ".join(EXPORT_FORMATS))
    with voice.working("export"), open_city(db) as engine:
        rows = export_city(engine, Path(folder), chosen)
    show_export(voice.page(), voice, rows, folder)
