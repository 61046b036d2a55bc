"""Experiments and the replications finished for them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

GIVEN = ("moves", "policy_hash", "inputs_hash", "assumptions_hash", "edition")
LEAST = {"weeks": 1, "replications": 1, "seed": 0}


def upgrade() -> None:
    """Forwards; what is there stays as it is."""
    op.create_table(
        "experiment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("scenarios", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in LEAST),
        *(sa.Column(name, sa.String(), nullable=False) for name in GIVEN),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("assumptions", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        *(sa.CheckConstraint(f"{name} >= {least}", name=f"{name}_least") for name, least in LEAST.items()),
        *(sa.CheckConstraint(f"length({name}) >= 1", name=f"{name}_given") for name in GIVEN),
        sa.CheckConstraint("seconds >= 0", name="seconds_least"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "replication",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key) >= 1", name="key_given"),
        sa.CheckConstraint("length(edition) >= 1", name="edition_given"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_replication_edition"), "replication", ["edition"])
