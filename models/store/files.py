"""Files of jobs at rest, encrypted."""

from datetime import datetime

from sqlalchemy import Connection, and_, delete, insert, or_, select
from sqlmodel import SQLModel

from models.jobs import KeptFile
from models.tables import FileRecord, JobRecord

_files = SQLModel.metadata.tables[str(FileRecord.__tablename__)]
_jobs = SQLModel.metadata.tables[str(JobRecord.__tablename__)]


def keep_file(connection: Connection, file: KeptFile) -> None:
    """Keep a file."""
    connection.execute(insert(_files).values({name: getattr(file, name) for name in KeptFile.model_fields}))


def file_by_id(connection: Connection, file_id: str) -> KeptFile | None:
    """A file with its content; None when there is none, or it has been removed."""
    row = connection.execute(select(_files).where(_files.c.file_id == file_id)).mappings().first()
    return None if row is None else KeptFile.model_construct(**row)


def remove_file(connection: Connection, file_id: str) -> None:
    """Remove a file that is no longer needed."""
    connection.execute(delete(_files).where(_files.c.file_id == file_id))


def remove_files_before(connection: Connection, moment: datetime) -> int:
    """Remove files kept before a moment; how many they were."""
    return connection.execute(delete(_files).where(_files.c.kept_at < moment)).rowcount


def remove_copies_of_cases(connection: Connection, sent_before: datetime) -> int:
    """Remove the exports, and what was sent in before a moment: cases stand in them; how many they were."""
    exports = select(_jobs.c.job_id).where(_jobs.c.kind == "export")
    sent_in = and_(_files.c.job_id.is_(None), _files.c.kept_at < sent_before)
    return connection.execute(delete(_files).where(or_(_files.c.job_id.in_(exports), sent_in))).rowcount
