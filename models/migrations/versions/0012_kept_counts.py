"""Counts that stay when cases are erased."""

import sqlalchemy as sa

from models.migrations.building import code, create, whole

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Forwards, on a filled database."""
    create(
        "kept_count",
        code("kind", "decline offer stay case"),
        sa.Column("month", sa.String(), nullable=False),
        sa.CheckConstraint("length(month) >= 7", name="month_given"),
        sa.Column("pool_id", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        whole("number", least=1),
        sa.PrimaryKeyConstraint("kind", "month", "pool_id", "word"),
    )
