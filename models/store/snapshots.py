"""Snapshots at rest."""

from datetime import date

from sqlalchemy import Connection, insert, select, update
from sqlmodel import SQLModel

from models.snapshots import Snapshot
from models.tables import SnapshotRecord

_snapshots = SQLModel.metadata.tables[str(SnapshotRecord.__tablename__)]


def add_snapshot(connection: Connection, snapshot: Snapshot) -> None:
    """Keep a snapshot, and let go of who waited in those before it."""
    connection.execute(update(_snapshots).values(waiting={}))
    values = {name: getattr(snapshot, name) for name in Snapshot.model_fields}
    connection.execute(insert(_snapshots).values(values))


def latest_snapshot(connection: Connection, until: date | None = None) -> Snapshot | None:
    """The last snapshot up to and with a day, of all days where none is given."""
    found = snapshots(connection, until=until, most=1)
    return found[0] if found else None


def snapshots(
    connection: Connection, since: date | None = None, until: date | None = None, most: int | None = None
) -> list[Snapshot]:
    """Snapshots between two days, both included, the newest first."""
    wanted = select(_snapshots).order_by(_snapshots.c.day.desc(), _snapshots.c.number.desc())
    if since is not None:
        wanted = wanted.where(_snapshots.c.day >= since)
    if until is not None:
        wanted = wanted.where(_snapshots.c.day <= until)
    if most is not None:
        wanted = wanted.limit(most)
    return [Snapshot.model_construct(**row) for row in connection.execute(wanted).mappings()]


def months_last(connection: Connection, until: date, most: int) -> list[Snapshot]:
    """The last snapshot of each month up to a day, the newest first."""
    days = connection.execute(select(_snapshots.c.day).where(_snapshots.c.day <= until).distinct()).scalars()
    last: dict[tuple[int, int], date] = {}
    for day in days:
        month = (day.year, day.month)
        last[month] = max(day, last.get(month, day))
    wanted = sorted(last.values(), reverse=True)[:most]
    found = snapshots(connection, since=min(wanted, default=until), until=until)
    of_day: dict[date, Snapshot] = {}
    for one in found:
        of_day.setdefault(one.day, one)
    return [of_day[day] for day in wanted]


def snapshots_listed(connection: Connection) -> list[Snapshot]:
    """Every snapshot without its figures, the newest first."""
    columns = [_snapshots.c[name] for name in ("day", "number", "made_at", "made_by", "revision", "versions")]
    wanted = select(*columns).order_by(_snapshots.c.day.desc(), _snapshots.c.number.desc())
    return [Snapshot.model_construct(**row) for row in connection.execute(wanted).mappings()]
