"""The record of people: `keys rotate`, `erase`, `tidy` and `extract`."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.clock import now, today
from api.cli.options import Database, Json, read_day, read_target
from api.cli.voice import voice_of
from api.settings import Settings
from api.usecases.problems import UserError

FAULTY = 2


def rotate(ctx: typer.Context, db: Database = None, json: Json = None) -> None:
    """Close everything encrypted with the newest key."""
    voice, target = voice_of(ctx), read_target(json)
    settings = settings_of(ctx, db)
    from api.cli.data import write_json
    from api.usecases.cities import open_city
    from api.usecases.key_turning import turn_keys
    from models.encryption import use_keys

    use_keys(settings.key_list)
    with voice.working("keys"), open_city(db) as engine:
        done = turn_keys(engine, now())
    if target is not None:
        told = {"turned": done.again, "already": done.already, "locked": done.locked, "left": done.left}
        write_json(told, target)
    if done.left:
        voice.complain(voice.texts("keys.left", left=done.left, locked=done.locked))
        raise typer.Exit(FAULTY)
    if target != "-":
        voice.page().line(voice.texts("keys.turned", again=done.again, already=done.already))


def erase(
    ctx: typer.Context,
    closed_before: Annotated[str, typer.Option("--before")],
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    db: Database = None,
    json: Json = None,
) -> None:
    """Erase cases closed before a day."""
    voice, target = voice_of(ctx), read_target(json)
    day = read_day(closed_before) or today()
    from api.cli.data import write_json
    from api.usecases.cities import open_city
    from api.usecases.erasing import erase as erase_cases
    from api.usecases.erasing import would_erase

    with voice.working("erase"), open_city(db) as engine:
        done = would_erase(engine, day) if dry_run else erase_cases(engine, day, now())
    if target is not None:
        told = {"cases": len(done.cases), "rows": dict(done.rows), "frozen": done.frozen, "runs": done.runs}
        write_json({"dry_run": dry_run, **told}, target)
    if target != "-":
        page, cases = voice.page(), voice.count("case", len(done.cases))
        if dry_run:
            page.line(voice.texts("erase.would", cases=cases, day=day))
            for household_id in done.cases:
                page.line(household_id)
        else:
            page.line(voice.texts("erase.done", cases=cases, day=day, frozen=done.frozen))


def tidy(ctx: typer.Context, db: Database = None, json: Json = None) -> None:
    """Go the nightly round."""
    voice, target = voice_of(ctx), read_target(json)
    settings = settings_of(ctx, db)
    from dataclasses import asdict

    from api.cli.data import write_json
    from api.usecases.cities import open_city
    from api.usecases.tidying import tidy as go_the_round
    from models.encryption import use_keys
    from models.store import stored_as_of

    use_keys(settings.key_list)
    with voice.working("tidy"), open_city(db) as engine:
        day = stored_as_of(engine) or today()
        done = asdict(go_the_round(engine, day, now(), settings.erase_after_months))
    if target is not None:
        write_json(done, target)
    if target != "-":
        page = voice.page()
        for name, number in done.items():
            page.line(voice.texts(f"tidy.{name}", n=number))


def extract(
    ctx: typer.Context,
    household: Annotated[str, typer.Argument()],
    out_file: Annotated[str, typer.Option("--out")],
    db: Database = None,
) -> None:
    """Write all that is held on a household to a file."""
    voice = voice_of(ctx)
    settings = settings_of(ctx, db)
    file = Path(out_file)
    if file.exists():
        raise UserError("extract_exists", path=str(file))
    if not file.absolute().parent.is_dir():
        raise UserError("no_folder", path=str(file.absolute().parent))
    from api.extract_page import extract_as_json, extract_as_page
    from api.usecases.cities import open_city
    from api.usecases.extracting import extract_by_operator
    from models.encryption import use_keys

    use_keys(settings.key_list)
    with open_city(db) as engine:
        made = extract_by_operator(engine, household, now())
    as_page = file.suffix.lower() in (".html", ".htm")
    content = extract_as_page(made, voice.texts.language) if as_page else extract_as_json(made)
    # Nobody else on the machine reads what is held on a person.
    file.touch(mode=0o600)
    file.write_text(content, encoding="utf-8")
    voice.page().line(voice.texts("extract.done", rows=voice.figures.number(made.rows), path=str(file)))


def settings_of(ctx: typer.Context, db: str | None) -> Settings:
    """The settings of the environment, which hold the keys."""
    from api.cli.pages.settings import say_faults
    from api.configuration import SettingsFaulty, read_settings

    try:
        return read_settings(db=db)
    except SettingsFaulty as faulty:
        say_faults(voice_of(ctx), faulty.faults)
        raise typer.Exit(FAULTY) from None
