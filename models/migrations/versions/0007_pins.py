"""Pins and blocks."""

import sqlalchemy as sa
from alembic import op

from models.migrations.building import code, create, given, moment

revision = "0007"
down_revision = "0006"

departures = (
    "urgent_need safety childs_best knows_the_house providers_wish households_wish fact_not_in_the_data other"
)


def upgrade() -> None:
    """Forwards, on a filled database."""
    create(
        "pin",
        given("pin_id"),
        given("household_id"),
        given("pool_id"),
        code("kind", "pin block"),
        code("reason", departures),
        sa.Column("note", sa.Text(), nullable=True),
        given("made_by"),
        moment("made_at"),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("lifted_by", sa.String(), nullable=True),
        moment("lifted_at", null=True),
        sa.CheckConstraint("(lifted_by IS NULL) = (lifted_at IS NULL)", name="lifted_by_somebody"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.pool_id"]),
        sa.PrimaryKeyConstraint("pin_id"),
    )
    for column in ("household_id", "pool_id"):
        op.create_index(op.f(f"ix_pin_{column}"), "pin", [column])
