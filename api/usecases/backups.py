"""Backups: everything in a database in one file, taken while the service runs, put back into an empty one.

One way for both kinds of database: every table is read inside one transaction that sees one state, and is
written as lines of text into a zip file with a list of tables, rows and checksums. So a backup of one kind
can be put back into the other.
"""

import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect

from api.access.actor import Actor
from api.usecases.problems import UserError
from api.usecases.work import Work, working_for
from models.access import Role
from models.database import open_as_it_is, reading, writing
from models.schema import migrate, revision_of, revisions
from models.store.archive import (
    Content,
    Sheet,
    carry_numbers_on,
    holds_rows,
    insert_lines,
    lines,
    see_all,
    sheets,
)
from models.store.audit import flaws_in, head_in

FORMAT = 1
LIST = "backup.json"
OPERATOR = Actor("operator", Role.ADMIN, None, "-")
"""Whoever runs commands on the machine."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A table in a backup."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    checksum: str

    @property
    def sheet(self) -> Sheet:
        """The table's name and columns."""
        return Sheet(self.name, self.columns)

    @property
    def member(self) -> str:
        """Name of its file in the backup."""
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: when it was made, of which version of the schema, and the head of the record."""

    made_at: str
    hemvist: str
    revision: str
    record: tuple[int, str]
    tables: tuple[Kept, ...]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)


def back_up(engine: Engine, file: Path, now: datetime) -> Backup:
    """Write everything in a database to a file that only its owner may read; that it was done is recorded.

    Raises
    ------
    UserError
        When the file is there already, or its folder is not.
    """
    if file.exists():
        raise UserError("backup_exists", path=str(file))
    if not file.parent.is_dir():
        raise UserError("no_folder", path=str(file.parent))
    with working_for(engine, OPERATOR, now) as work:
        work.record("backup.made")
    draft = file.with_name(f".{file.name}.part")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, reading(engine) as connection:
                see_all(connection)
                made = _written(connection, archive, now)
            stream.flush()
            os.fsync(stream.fileno())
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)
    return made


def restore(url: str, file: Path, now: datetime) -> Backup:
    """Put a backup into an empty database, look it through, and bring its schema up to date: all or nothing.

    Raises
    ------
    UserError
        When the file is no whole backup or of a newer version, the database is not empty, or what was put in
        is not what was in the file.
    """
    with _opened(file) as archive:
        backup = _listed(archive, file)
        for table in backup.tables:
            if _content(_members_lines(archive, table, file)) != (table.rows, table.checksum):
                raise UserError("backup_damaged", path=str(file))
        if backup.revision not in revisions():
            raise UserError("backup_newer", path=str(file), version=backup.hemvist)
        engine = open_as_it_is(url)
        try:
            with writing(engine) as connection:
                see_all(connection)
                _must_be_empty(connection, backup)
                _put_in(connection, archive, backup, file)
                Work(connection, OPERATOR, now).record("backup.restored", made_at=backup.made_at)
        finally:
            engine.dispose()
    return backup


def _written(connection: Connection, archive: zipfile.ZipFile, now: datetime) -> Backup:
    kept = []
    for sheet in sheets():
        content = Content()
        with archive.open(f"tables/{sheet.name}.jsonl", "w", force_zip64=True) as member:
            for line in lines(connection, sheet):
                content.add(line)
                member.write(line)
        kept.append(Kept(sheet.name, sheet.columns, content.rows, content.checksum))
    revision = str(revision_of(connection))
    made = Backup(now.isoformat(), version("hemvist"), revision, head_in(connection), tuple(kept))
    archive.writestr(LIST, json.dumps({"format": FORMAT, **asdict(made)}, indent=1))
    return made


def _opened(file: Path) -> zipfile.ZipFile:
    if not file.is_file():
        raise UserError("no_file", path=str(file))
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise UserError("not_a_backup", path=str(file)) from None


def _listed(archive: zipfile.ZipFile, file: Path) -> Backup:
    try:
        found: dict[str, Any] = json.loads(archive.read(LIST))
        if found.pop("format") != FORMAT:
            raise UserError("backup_newer", path=str(file), version=str(found.get("hemvist")))
        tables = tuple(
            Kept(**(table | {"columns": tuple((name, kind) for name, kind in table["columns"])}))
            for table in found.pop("tables")
        )
        number, digest = found.pop("record")
        return Backup(tables=tables, record=(int(number), str(digest)), **found)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile):
        raise UserError("not_a_backup", path=str(file)) from None


def _members_lines(archive: zipfile.ZipFile, table: Kept, file: Path) -> Iterator[bytes]:
    try:
        with archive.open(table.member) as member:
            yield from member
    except (KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        raise UserError("backup_damaged", path=str(file)) from None


def _content(given: Iterator[bytes]) -> tuple[int, str]:
    content = Content()
    for line in given:
        content.add(line)
    return content.rows, content.checksum


def _must_be_empty(connection: Connection, backup: Backup) -> None:
    present = set(inspect(connection).get_table_names())
    if not present:
        return
    ours = {sheet.name for sheet in sheets()} | {"alembic_version"}
    same = revision_of(connection) in (backup.revision, None) and present >= ours
    if not same or holds_rows(connection):
        raise UserError("database_not_empty")


def _put_in(connection: Connection, archive: zipfile.ZipFile, backup: Backup, file: Path) -> None:
    if revision_of(connection) is None:
        migrate(connection, backup.revision)
    for table in backup.tables:
        insert_lines(connection, table.sheet, _members_lines(archive, table, file))
    carry_numbers_on(connection, [table.sheet for table in backup.tables])
    for table in backup.tables:
        if _content(lines(connection, table.sheet)) != (table.rows, table.checksum):
            raise UserError("restored_otherwise", table=table.name)
    migrate(connection)
    found = flaws_in(connection, backup.record)
    if found:
        raise UserError("record_flawed", number=str(found[0].number))
