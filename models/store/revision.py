"""The city's revision: a number that grows with every change, so that a view kept in memory knows its age."""

from sqlalchemy import Connection, Engine, insert, select, update
from sqlmodel import SQLModel

from models.database import glancing
from models.tables import Setting

_settings = SQLModel.metadata.tables[str(Setting.__tablename__)]

REVISION = "revision"


def touch(connection: Connection) -> int:
    """Count one more change, inside the transaction that makes it; the new revision."""
    revision = revision_in(connection) + 1
    if revision == 1:
        connection.execute(insert(_settings).values(key=REVISION, value="1"))
    else:
        connection.execute(update(_settings).where(_settings.c.key == REVISION).values(value=str(revision)))
    return revision


def revision_in(connection: Connection) -> int:
    """The revision, 0 before the first change."""
    value = connection.execute(select(_settings.c.value).where(_settings.c.key == REVISION)).scalar()
    return 0 if value is None else int(value)


def revision(engine: Engine) -> int:
    """The revision of a database."""
    with glancing(engine) as connection:
        return revision_in(connection)
