"""What a backup holds, for people and programs."""

from dataclasses import asdict
from typing import Any, Literal

from api.cli.page import Page
from api.cli.voice import Voice
from api.usecases.backups import Backup


def show_backup(
    page: Page, voice: Voice, done: Literal["backup", "restore"], file: str, made: Backup
) -> None:
    """That it is done, how much it is, and what does not lie in it."""
    number = voice.figures.number
    words = {
        "file": file,
        "rows": number(made.rows),
        "tables": number(len(made.tables)),
        "made": made.made_at,
    }
    page.line(voice.texts(f"{done}.done", **words))
    page.line(voice.texts(f"{done}.keys"))


def backup_as_json(made: Backup) -> dict[str, Any]:
    """The backup's list, without the columns."""
    tables = {table.name: {"rows": table.rows, "checksum": table.checksum} for table in made.tables}
    number, digest = made.record
    return asdict(made) | {
        "tables": tables,
        "rows": made.rows,
        "record": {"number": number, "digest": digest},
    }
