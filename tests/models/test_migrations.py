"""The migrated schema is the one that the tables describe, on both systems."""

import re
from importlib.resources import files

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, Engine, inspect
from sqlmodel import SQLModel

import models.tables
from models.database import reading
from models.schema import revisions


def test_migrations_and_tables_agree(database: Engine) -> None:
    assert models.tables.HouseholdRecord.__tablename__ == "household"
    with reading(database) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_checks_agree_too(database: Engine) -> None:
    with reading(database) as connection:
        for table in SQLModel.metadata.sorted_tables:
            found = {
                check["name"]: check["sqltext"]
                for check in inspect(connection).get_check_constraints(table.name)
            }
            wanted = {
                str(check.name): str(check.sqltext)
                for check in table.constraints
                if isinstance(check, CheckConstraint) and _concerns(check, connection)
            }
            assert found.keys() == wanted.keys()
            if database.dialect.name == "sqlite":
                assert {n: _tidy(t) for n, t in found.items()} == {n: _tidy(t) for n, t in wanted.items()}
            else:
                assert {n: _words(t) for n, t in found.items()} == {n: _words(t) for n, t in wanted.items()}


def _concerns(check: CheckConstraint, connection: Connection) -> bool:
    return check._ddl_if is None or check._ddl_if.dialect == connection.dialect.name


def _tidy(text: str) -> list[str]:
    """The check's parts, of which the order in a list of words means nothing."""
    return sorted(re.split(r"[,()]", re.sub(r"\s+", "", text)))


def _words(text: str) -> set[str]:
    """Quoted words and numbers: PostgreSQL rewrites what stands between them."""
    return set(re.findall(r"'[^']*'|\b[0-9]+\b", text))


def test_every_revision_is_known_by_its_file() -> None:
    config = Config()
    config.set_main_option("script_location", str(files("models") / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [revisions()[-1]]
    assert sorted(script.revision for script in scripts.walk_revisions()) == list(revisions())


def test_index_for_every_foreign_key_to_follow_back(database: Engine) -> None:
    with reading(database) as connection:
        names = {index["name"] for index in inspect(connection).get_indexes("household")}
    assert "ix_household_current_pool_id" in names
