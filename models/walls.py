"""The second wall: PostgreSQL itself lets a person's transaction see no other unit's households.

The first wall is the program, which asks of every case who may see it. Should it forget to, the database
still answers with the rows of the person's own unit, and those shared with the city's placement function
where the person coordinates it. Work that must see the whole city (matching, moving people, the record)
says so.

A transaction of a person runs as a role of its own, which owns nothing: owners and superusers pass policies
by. Without that role (another owner made it on the same server) the policies hold for the owner by force.
On SQLite there is no second wall.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from models.problems import DatabaseProblem

ROLE = "hemvist_person"
IN_CITY = "(SELECT hemvist_in_city())"
WITHOUT_PEOPLE_OF_THEIR_OWN = frozenset({"run"})
"""Tables with a wall of their own that those who refer to them do not stand behind."""

OWN_UNIT = (
    "responsible_unit = current_setting('hemvist.unit', true) "
    "AND current_setting('hemvist.role', true) IN ('caseworker', 'coordinator')"
)
TODAY = "(SELECT coalesce(nullif(current_setting('hemvist.today', true), ''), 'infinity')::date)"
SHARED = (
    f"sharing_basis IS NOT NULL AND sharing_basis_on <= {TODAY} "
    "AND current_setting('hemvist.role', true) = 'coordinator'"
)
ADMIN = "current_setting('hemvist.role', true) = 'admin'"

SPECIAL: dict[str, str] = {
    "household": f"({OWN_UNIT}) OR ({SHARED})",
    # Whole cities, and rows as they stood in a file: for work that has declared itself.
    "run": "false",
    "frozen_input": "false",
    "quarantine": "false",
    "snapshot": "false",
    "audit": "current_setting('hemvist.role', true) = 'auditor'",
    "credential": ADMIN,
    "session": ADMIN,
    "spent_token": ADMIN,
    "done_request": "user_id = current_setting('hemvist.user', true)",
    "kept_file": "owner = current_setting('hemvist.user', true)",
    "job": "asked_by = current_setting('hemvist.user', true)",
}
"""What a person sees of a table, where it does not follow from the households its rows speak of."""


@dataclass(frozen=True, slots=True)
class Person:
    """For whom a transaction is, and on which day: a ground for sharing holds from its own day on.

    Without a day, a ground may be of a day to come; one without a date opens nothing.
    """

    user_id: str
    role: str
    unit: str | None
    today: date | None = None


def walls() -> dict[str, str]:
    """By table: the condition under which a person sees a row of it."""
    found: dict[str, str] = {}
    for table in SQLModel.metadata.sorted_tables:
        condition = SPECIAL.get(table.name) or _by_reference(table, found)
        if condition is not None:
            found[table.name] = condition
    return found


def _by_reference(table: Table, found: dict[str, str]) -> str | None:
    parts = []
    for column in table.columns:
        for key in sorted(column.foreign_keys, key=str):
            parent = key.column.table.name
            if parent in found and parent not in WITHOUT_PEOPLE_OF_THEIR_OWN and parent != table.name:
                seen = f"SELECT 1 FROM {parent} p WHERE p.{key.column.name} = {table.name}.{column.name}"
                parts.append(f"({column.name} IS NULL OR EXISTS ({seen}))")
        if column.name.startswith("household_id") and not column.foreign_keys:
            seen = f"SELECT 1 FROM household p WHERE p.household_id = {table.name}.{column.name}"
            parts.append(f"({column.name} IS NULL OR EXISTS ({seen}))")
    return " AND ".join(parts) or None


def raise_walls(connection: Connection) -> None:
    """Put up the walls of this version, in place of those that stand.

    Raises
    ------
    DatabaseProblem
        When the database would let its user past them.
    """
    if connection.dialect.name != "postgresql" or _digest(connection) == digest():
        return
    _make_role(connection)
    for statement in _statements(set(inspect(connection).get_table_names())):
        connection.execute(text(statement))
    connection.execute(text(f"COMMENT ON FUNCTION hemvist_in_city() IS '{digest()}'"))
    if not _holds(connection):
        raise DatabaseProblem(
            "The database user passes by the walls between units: give it no BYPASSRLS, or let it create "
            f"the role {ROLE}.",
            True,
        )


def digest() -> str:
    """What tells the walls of this version from others."""
    return hashlib.sha256("\n".join(_statements(set(walls()))).encode()).hexdigest()


def _digest(connection: Connection) -> str | None:
    found = connection.execute(
        text("SELECT obj_description(to_regprocedure('hemvist_in_city()'), 'pg_proc')")
    ).scalar()
    return None if found is None else str(found)


def stand(connection: Connection) -> bool:
    """Whether the walls are those of this version."""
    return connection.dialect.name != "postgresql" or _digest(connection) == digest()


def _make_role(connection: Connection) -> None:
    # Roles belong to the whole server: another database may have made it, at this very moment.
    make = f"CREATE ROLE {ROLE} NOLOGIN NOINHERIT NOBYPASSRLS"
    late = "WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL"
    connection.execute(text(f"DO $$ BEGIN {make}; EXCEPTION {late}; END $$"))
    join = f"IF NOT pg_has_role('{ROLE}', 'MEMBER') THEN GRANT {ROLE} TO CURRENT_USER; END IF"
    late = "WHEN undefined_object OR insufficient_privilege OR unique_violation THEN NULL"
    connection.execute(text(f"DO $$ BEGIN {join}; EXCEPTION {late}; END $$"))


def _statements(there: set[str]) -> list[str]:
    made = [
        "CREATE OR REPLACE FUNCTION hemvist_in_city() RETURNS boolean LANGUAGE sql STABLE AS "
        "$$ SELECT coalesce(current_setting('hemvist.scope', true), '') = 'city' $$"
    ]
    for name, condition in sorted(walls().items()):
        if name in there:
            rule = f"{IN_CITY} OR ({condition})"
            made += [
                f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
                f"DROP POLICY IF EXISTS wall ON {name}",
                f"CREATE POLICY wall ON {name} USING ({rule}) WITH CHECK ({rule})",
            ]
    rights = "SELECT, INSERT, UPDATE, DELETE"
    for grant in (
        f"GRANT USAGE ON SCHEMA public TO {ROLE}",
        f"GRANT {rights} ON ALL TABLES IN SCHEMA public TO {ROLE}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON TABLES TO {ROLE}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {ROLE}",
    ):
        late = "EXCEPTION WHEN undefined_object THEN NULL"
        made.append(f"DO $$ BEGIN {grant}; {late}; END $$")
    return made


def _holds(connection: Connection) -> bool:
    passes = connection.execute(
        text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    ).scalar()
    return not passes or bool(connection.execute(text(_MEMBER)).scalar())


_MEMBER = f"SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}' AND pg_has_role(oid, 'MEMBER'))"
_ENTER = text(
    "SELECT set_config('role', coalesce((SELECT rolname::text FROM pg_roles "
    f"WHERE rolname = '{ROLE}' AND pg_has_role(oid, 'MEMBER')), current_user::text), true), "
    "set_config('hemvist.scope', 'person', true), set_config('hemvist.user', :user_id, true), "
    "set_config('hemvist.role', :role, true), set_config('hemvist.unit', :unit, true), "
    "set_config('hemvist.today', :today, true)"
)
_WIDEN = text("SELECT current_setting('hemvist.scope', true), set_config('hemvist.scope', 'city', true)")
_NARROW = text("SELECT set_config('hemvist.scope', :scope, true)")


def see_as(connection: Connection, person: Person) -> None:
    """Let the rest of a transaction see what a person may see."""
    if connection.dialect.name == "postgresql":
        # A unit without a name is no unit: nobody's households are everybody's.
        told = {"user_id": person.user_id, "role": person.role, "unit": person.unit or "\u0001"}
        today = "" if person.today is None else person.today.isoformat()
        connection.execute(_ENTER, told | {"today": today})


@contextmanager
def city_wide(connection: Connection) -> Iterator[None]:
    """Work that must see the whole city though it is done for a person; the person is shown none of it."""
    if connection.dialect.name != "postgresql":
        yield
        return
    before = connection.execute(_WIDEN).one()[0] or ""
    try:
        yield
    except BaseException:
        # A transaction that has failed takes no more orders, and is rolled back whole.
        with suppress(SQLAlchemyError, DatabaseProblem):
            connection.execute(_NARROW, {"scope": before})
        raise
    connection.execute(_NARROW, {"scope": before})


def declare_city(connection: Any, _record: Any) -> None:
    """Let a new connection of the program's own engine speak for the city until a person is named."""
    with connection.cursor() as cursor:
        cursor.execute("SET hemvist.scope = 'city'")
    connection.commit()
