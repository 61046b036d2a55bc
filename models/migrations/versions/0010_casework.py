"""Casework: plans for leaving, assistance, requests to providers, follow-ups and check lists."""

import sqlalchemy as sa
from alembic import op

from models.migrations.building import code, create, given, moment, whole

revision = "0010"
down_revision = "0009"

reasons = (
    "location house_rules shared_spaces feels_unsafe pet own_solution wants_other_form school not_reached "
    "no_answer place_not_ready support_too_small group_at_the_house threat_or_conflict other"
)


def upgrade() -> None:
    """Forwards, on a filled database."""
    create_discharge_plans()
    create_assistance()
    create_requests()
    create_follow_ups()
    create_checklists()


def create_discharge_plans() -> None:
    """Plans for leaving an institution."""
    create(
        "discharge_plan",
        given("plan_id"),
        given("household_id"),
        code("institution", "hospital treatment prison"),
        sa.Column("admitted_on", sa.Date(), nullable=False),
        sa.Column("leaves_on", sa.Date(), nullable=True),
        sa.Column("sip_on", sa.Date(), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        given("made_by"),
        moment("made_at"),
        moment("closed_at", null=True),
        whole("version", least=1),
        sa.CheckConstraint("leaves_on >= admitted_on", name="leaves_after_admission"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.PrimaryKeyConstraint("plan_id"),
    )
    op.create_index(op.f("ix_discharge_plan_household_id"), "discharge_plan", ["household_id"])


def create_assistance() -> None:
    """Decisions on assistance."""
    create(
        "assistance_decision",
        given("assistance_id"),
        given("household_id"),
        given("form"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("carried_out_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        given("made_by"),
        moment("made_at"),
        whole("version", least=1),
        sa.CheckConstraint("to_on >= from_on", name="ends_after_it_begins"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.PrimaryKeyConstraint("assistance_id"),
    )
    op.create_index(op.f("ix_assistance_decision_household_id"), "assistance_decision", ["household_id"])


def create_requests() -> None:
    """Requests to providers."""
    create(
        "placement_request",
        given("request_id"),
        given("reference"),
        given("household_id"),
        given("pool_id"),
        sa.Column("offer_id", sa.String(), nullable=True),
        code("state", "sent answered withdrawn"),
        sa.Column("content", sa.Text(), nullable=False),
        given("sent_by"),
        moment("sent_at"),
        code("answer", "yes no", null=True),
        moment("answered_at", null=True),
        code("reason", reasons, null=True),
        sa.Column("reason_due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        whole("version", least=1),
        sa.CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name="answered_with_an_answer"),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_some_time"),
        sa.CheckConstraint("reason IS NULL OR answer = 'no'", name="reason_of_a_no"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.pool_id"]),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.offer_id"]),
        sa.PrimaryKeyConstraint("request_id"),
        sa.UniqueConstraint("reference"),
    )
    for column in ("household_id", "pool_id", "offer_id"):
        op.create_index(op.f(f"ix_placement_request_{column}"), "placement_request", [column])


def create_follow_ups() -> None:
    """Follow-ups."""
    create(
        "follow_up",
        given("follow_up_id"),
        given("household_id"),
        given("pool_id"),
        sa.Column("offer_id", sa.String(), nullable=True),
        sa.Column("moved_in_on", sa.Date(), nullable=False),
        whole("months", least=1, most=12),
        sa.Column("due_on", sa.Date(), nullable=False),
        code("outcome", "stays moved lost", null=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        moment("done_at", null=True),
        sa.CheckConstraint("(outcome IS NULL) = (done_at IS NULL)", name="done_with_an_outcome"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.pool_id"]),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.offer_id"]),
        sa.PrimaryKeyConstraint("follow_up_id"),
    )
    for column in ("household_id", "pool_id", "offer_id"):
        op.create_index(op.f(f"ix_follow_up_{column}"), "follow_up", [column])


def create_checklists() -> None:
    """Check lists of families in a hotel."""
    create(
        "child_checklist",
        given("household_id"),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("plan_out", sa.Text(), nullable=True),
        sa.Column("plan_out_on", sa.Date(), nullable=True),
        given("changed_by"),
        moment("changed_at"),
        whole("version", least=1),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.PrimaryKeyConstraint("household_id"),
    )
