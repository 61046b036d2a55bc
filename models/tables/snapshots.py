"""Table of snapshots."""

from datetime import date

from sqlmodel import Field

from models.snapshots import Snapshot
from models.tables.base import checks_of


class SnapshotRecord(Snapshot, table=True):
    """A snapshot at rest: one of each number a day, whoever asks first."""

    __tablename__ = "snapshot"
    __table_args__ = checks_of(Snapshot)

    day: date = Field(primary_key=True)
    number: int = Field(primary_key=True, ge=1, sa_column_kwargs={"autoincrement": False})
