"""`audit verify`: whether the record of who read and decided what is whole."""

from typing import Annotated

import typer

from api.cli.options import Database, Json, read_target
from api.cli.voice import voice_of
from api.usecases.problems import UserError

FAULTY = 2
DIGEST = 64


def verify(
    ctx: typer.Context,
    head: Annotated[str | None, typer.Option("--head")] = None,
    db: Database = None,
    json: Json = None,
) -> None:
    """Look through the record."""
    voice = voice_of(ctx)
    target, known = read_target(json), read_head(head)
    from api.cli.data import write_json
    from api.usecases.cities import open_city
    from models.store.audit import flaws
    from models.store.audit import head as last_entry

    with open_city(db) as engine:
        found = flaws(engine, known)
        number, digest = last_entry(engine)
    if target is not None:
        told = [{"number": flaw.number, "kind": flaw.kind} for flaw in found]
        write_json({"whole": not found, "entries": number, "head": digest, "flaws": told}, target)
    for flaw in found:
        voice.complain(voice.texts(f"audit.{flaw.kind}", number=flaw.number))
    if found:
        raise typer.Exit(FAULTY)
    if target != "-":
        page = voice.page()
        page.line(voice.texts("audit.whole", entries=voice.count("record_entry", number)))
        page.line(voice.texts("audit.head", head=f"{number}:{digest}"))


def read_head(text: str | None) -> tuple[int, str] | None:
    """A head noted earlier, as `number:digest`."""
    if text is None:
        return None
    number, _, digest = text.partition(":")
    if number.isascii() and number.isdigit() and len(number) < 16 and len(digest) == DIGEST:
        return int(number), digest
    raise UserError("bad_head", value=text)
