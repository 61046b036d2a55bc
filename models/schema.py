"""The schema's version: which one a database has, and the way up to the newest."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.resources import files

from sqlalchemy import Connection, Engine, inspect, text

from models.problems import DatabaseProblem, name_of

Writing = Callable[[Engine], AbstractContextManager[Connection]]


def revisions() -> tuple[str, ...]:
    """Every revision this version knows, oldest first; file names carry them (`0001_first_tables.py`)."""
    names = [entry.name for entry in (files("models") / "migrations" / "versions").iterdir()]
    return tuple(sorted(name[:4] for name in names if name.endswith(".py") and name[:4].isdigit()))


def revision_of(connection: Connection) -> str | None:
    """Revision of the database's schema, None where there is none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)


def bring_up_to_date(engine: Engine, writing: Writing) -> None:
    """Run the migrations that a database lacks, all or none of them.

    Raises
    ------
    DatabaseProblem
        If the schema is of a version that this one does not know, or belongs to another program.
    """
    with engine.connect() as connection:
        if _is_newest(connection) and _is_walled(connection):
            return
    with writing(engine) as connection:
        # Another process may have been first while this one waited for its turn.
        if not _is_newest(connection):
            migrate(connection)
        if connection.dialect.name == "postgresql":
            _raise_walls(connection)


def _is_walled(connection: Connection) -> bool:
    if connection.dialect.name != "postgresql":
        return True
    import models.tables
    from models.walls import stand

    return bool(models.tables.__all__) and stand(connection)


def _raise_walls(connection: Connection) -> None:
    import models.tables
    from models.walls import raise_walls

    if models.tables.__all__:
        raise_walls(connection)


def _is_newest(connection: Connection) -> bool:
    revision, known = revision_of(connection), revisions()
    if revision is None:
        _refuse_strangers(connection)
    elif revision not in known:
        name = name_of(connection.engine.url)
        message = f"The database {name} is from a newer version of Hemvist: update Hemvist."
        raise DatabaseProblem(message, users_fault=True)
    return revision == known[-1]


def _refuse_strangers(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and inspect(connection).get_table_names():
        message = (
            f"The database {name_of(connection.engine.url)} belongs to another program: name another file."
        )
        raise DatabaseProblem(message, users_fault=True)


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to a revision inside a transaction that is the only one to write."""
    # Alembic takes a third of a second to import, and a database is up to date nearly always.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "models:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
