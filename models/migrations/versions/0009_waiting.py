"""Waiting: parkings, confirmations, dismissed pairs and next steps."""

import sqlalchemy as sa
from alembic import op

from models.migrations.building import code, create, given, moment, whole

revision = "0009"
down_revision = "0008"

park_reasons = "households_wish in_treatment away awaits_decision own_solution_tried not_reached other"
steps = (
    "contact_household meet ask_for_facts put_offer send_request contact_provider call_sip decide "
    "renew_decision plan_way_on follow_up other"
)


def upgrade() -> None:
    """Forwards, on a filled database."""
    create(
        "parking",
        given("parking_id"),
        given("household_id"),
        code("reason", park_reasons),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        given("made_by"),
        moment("made_at"),
        sa.Column("ended_by", sa.String(), nullable=True),
        moment("ended_at", null=True),
        sa.CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="ended_by_somebody"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.PrimaryKeyConstraint("parking_id"),
    )
    op.create_index(op.f("ix_parking_household_id"), "parking", ["household_id"])
    create(
        "confirmation",
        given("household_id"),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        given("confirmed_by"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.PrimaryKeyConstraint("household_id"),
    )
    create(
        "dismissed_pair",
        given("household_id_a"),
        given("household_id_b"),
        given("dismissed_by"),
        moment("dismissed_at"),
        sa.ForeignKeyConstraint(["household_id_a"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["household_id_b"], ["household.household_id"]),
        sa.PrimaryKeyConstraint("household_id_a", "household_id_b"),
    )
    op.create_index(op.f("ix_dismissed_pair_household_id_b"), "dismissed_pair", ["household_id_b"])
    create(
        "next_step",
        given("step_id"),
        given("household_id"),
        code("what", steps),
        sa.Column("text", sa.Text(), nullable=True),
        given("owner"),
        sa.Column("due_on", sa.Date(), nullable=False),
        moment("done_at", null=True),
        given("made_by"),
        moment("made_at"),
        whole("version", least=1),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["owner"], ["user_account.user_id"]),
        sa.PrimaryKeyConstraint("step_id"),
    )
    for column in ("household_id", "owner", "due_on"):
        op.create_index(op.f(f"ix_next_step_{column}"), "next_step", [column])
