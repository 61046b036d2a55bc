"""Tickets of the city's own login, each good for one session."""

import sqlalchemy as sa
from alembic import op

from models.migrations.building import create, moment

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Forwards, on a filled database."""
    create(
        "spent_login",
        sa.Column("ticket", sa.String(), nullable=False),
        moment("spent_at"),
        sa.PrimaryKeyConstraint("ticket"),
    )
    op.create_index(op.f("ix_spent_login_spent_at"), "spent_login", ["spent_at"])
