"""How Alembic runs a step: on the connection it is handed, inside that connection's transaction."""

from alembic import context
from sqlmodel import SQLModel

import models.tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    # SQLite cannot change a column in place: a table is rebuilt instead.
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()

__all__ = ["models"]
