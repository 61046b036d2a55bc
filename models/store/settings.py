"""What the database keeps for itself: its own as-of date, the city's name."""

from datetime import date

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlmodel import SQLModel

from models.database import glancing, writing
from models.tables import Setting

_settings = SQLModel.metadata.tables[str(Setting.__tablename__)]

AS_OF = "as_of"
CITY = "city"


def get_setting(engine: Engine, key: str) -> str | None:
    """Value of a setting, None where it was never set."""
    with glancing(engine) as connection:
        return setting_in(connection, key)


def setting_in(connection: Connection, key: str) -> str | None:
    """As `get_setting`, inside a transaction that goes on."""
    value = connection.execute(select(_settings.c.value).where(_settings.c.key == key)).scalar()
    return None if value is None else str(value)


def set_setting(engine: Engine, key: str, value: str) -> None:
    """Set a setting, in place of its earlier value."""
    with writing(engine) as connection:
        put_setting(connection, key, value)


def put_setting(connection: Connection, key: str, value: str) -> None:
    """As `set_setting`, inside a transaction that goes on."""
    connection.execute(delete(_settings).where(_settings.c.key == key))
    connection.execute(insert(_settings).values(key=key, value=value))


def stored_as_of(engine: Engine) -> date | None:
    """The database's own as-of date, as the demo city has one; None elsewhere."""
    value = get_setting(engine, AS_OF)
    return None if value is None else date.fromisoformat(value)
