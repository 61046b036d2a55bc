"""The service: `serve`, `config`, `backup` and `restore`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.cli.clock import now
from api.cli.options import Database, Json, read_target
from api.cli.voice import voice_of
from api.usecases.problems import UserError

FAULTY = 2
HIGHEST_PORT = 65535


def serve(
    ctx: typer.Context,
    host: Annotated[str | None, typer.Option("--host")] = None,
    port: Annotated[str | None, typer.Option("--port")] = None,
    with_desks: Annotated[bool, typer.Option("--desks/--no-desks")] = False,
    desks_port: Annotated[str | None, typer.Option("--desks-port")] = None,
    db: Database = None,
) -> None:
    """Serve the web API until told to stop, and the desks beside it."""
    voice = voice_of(ctx)
    number, beside = read_port(port), read_port(desks_port)
    from api.cli.pages.settings import say_faults
    from api.configuration import SettingsFaulty, read_settings
    from api.serving import serve as serve_until_stopped

    try:
        settings = read_settings(host=host, port=number, db=db)
    except SettingsFaulty as faulty:
        say_faults(voice, faulty.faults)
        raise typer.Exit(FAULTY) from None
    if with_desks or beside is not None:
        from api.cli.commands.desks import PORT, serve_with_desks
        from api.server.logs import Log

        serve_with_desks(voice, settings, beside or PORT, Log())
        return
    page = voice.page()

    def ready(address: str) -> None:
        page.line(voice.texts("serve.ready", address=address))
        # Whoever waits for the line on a pipe shall not wait for the end.
        sys.stdout.flush()

    serve_until_stopped(settings, now, ready)


def read_port(text: str | None) -> int | None:
    """A port, from 1 to 65535."""
    if text is None:
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= HIGHEST_PORT:
        return int(text)
    raise UserError("bad_port", value=text)


def config(ctx: typer.Context, json: Json = None) -> None:
    """List every setting."""
    voice = voice_of(ctx)
    target = read_target(json)
    from api.cli.data import write_json
    from api.cli.pages.settings import found_faults, say_faults, settings_as_json, show_settings
    from api.configuration import configuration, unknown_names

    settings, unknown, faults = configuration(), unknown_names(), found_faults()
    if target is not None:
        write_json(settings_as_json(settings, unknown, faults), target)
    if target != "-":
        show_settings(voice.page(), voice, settings)
    for name in unknown:
        voice.complain(voice.texts("config.unknown", name=name))
    say_faults(voice, faults)


def backup(
    ctx: typer.Context, file: Annotated[str, typer.Argument()], db: Database = None, json: Json = None
) -> None:
    """Write everything in the database to a file."""
    voice = voice_of(ctx)
    target = read_target(json)
    from api.cli.data import write_json
    from api.cli.pages.backups import backup_as_json, show_backup
    from api.usecases.backups import back_up
    from api.usecases.cities import open_city

    with voice.working("backup"), open_city(db) as engine:
        made = back_up(engine, Path(file), now())
    if target is not None:
        write_json(backup_as_json(made), target)
    if target != "-":
        show_backup(voice.page(), voice, "backup", file, made)


def restore(
    ctx: typer.Context, file: Annotated[str, typer.Argument()], db: Database = None, json: Json = None
) -> None:
    """Put a backup into an empty database."""
    voice = voice_of(ctx)
    target = read_target(json)
    from api.cli.data import write_json
    from api.cli.pages.backups import backup_as_json, show_backup
    from api.usecases.backups import restore as put_back
    from models.database import default_url

    with voice.working("restore"):
        made = put_back(db or default_url(), Path(file), now())
    if target is not None:
        write_json(backup_as_json(made), target)
    if target != "-":
        show_backup(voice.page(), voice, "restore", file, made)
