"""Snapshots of the city's figures."""

import sqlalchemy as sa

from models.migrations.building import create, given, moment, whole

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Forwards, on a filled database."""
    create(
        "snapshot",
        sa.Column("day", sa.Date(), nullable=False),
        whole("number", least=1),
        moment("made_at"),
        given("made_by"),
        whole("revision", least=0),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("pattern", sa.JSON(), nullable=False),
        sa.Column("waiting", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("day", "number"),
    )
