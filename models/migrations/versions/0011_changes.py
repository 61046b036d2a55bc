"""Changes of cases and pools made by hand."""

import sqlalchemy as sa
from alembic import op

from models.migrations.building import code, create, given, moment

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Forwards, on a filled database."""
    create(
        "fact_change",
        given("change_id"),
        given("household_id"),
        sa.Column("member_id", sa.String(), nullable=True),
        given("fact"),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=False),
        code("learnt_from", "household document authority provider staff correction"),
        moment("at"),
        given("actor"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("change_id"),
    )
    op.create_index(op.f("ix_fact_change_household_id"), "fact_change", ["household_id"])
    create(
        "pool_change",
        given("change_id"),
        given("pool_id"),
        given("feature"),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        moment("at"),
        given("actor"),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.pool_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("change_id"),
    )
    op.create_index(op.f("ix_pool_change_pool_id"), "pool_change", ["pool_id"])
