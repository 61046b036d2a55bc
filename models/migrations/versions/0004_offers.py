"""Places one by one, offers and decisions."""

import sqlalchemy as sa
from alembic import op

from models.migrations.building import code, create, given, moment, whole

revision = "0004"
down_revision = "0003"

states = "proposed offered accepted moved_in ended declined withdrawn expired"
declines = (
    "location house_rules shared_spaces feels_unsafe pet own_solution wants_other_form school not_reached "
    "no_answer place_not_ready support_too_small group_at_the_house threat_or_conflict other"
)
departures = (
    "urgent_need safety childs_best knows_the_house providers_wish households_wish fact_not_in_the_data other"
)


def upgrade() -> None:
    """Forwards, on a filled database."""
    create_plans()
    create_offers()
    create_decisions()
    create_places()
    fill_places()


def create_plans() -> None:
    """Runs as plans."""
    create(
        "plan",
        sa.Column("run_id", sa.Integer(), nullable=False),
        code("state", "draft published replaced"),
        given("made_by"),
        moment("made_at"),
        sa.Column("published_by", sa.String(), nullable=True),
        moment("published_at", null=True),
        sa.CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_at_some_time"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"]),
        sa.PrimaryKeyConstraint("run_id"),
    )


def create_offers() -> None:
    """Offers."""
    create(
        "offer",
        given("offer_id"),
        given("household_id"),
        given("pool_id"),
        sa.Column("from_pool_id", sa.String(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        whole("chain", least=1, null=True),
        whole("step", least=1, null=True),
        sa.Column("in_cycle", sa.Boolean(), nullable=False),
        code("state", states),
        whole("place_number", least=1, null=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("next_contact_on", sa.Date(), nullable=True),
        sa.Column("next_contact_by", sa.String(), nullable=True),
        code("departure", departures, null=True),
        sa.Column("explanation_hash", sa.String(), nullable=True),
        moment("created_at"),
        moment("changed_at"),
        whole("version", least=1),
        sa.CheckConstraint("from_pool_id <> pool_id", name="moves_somewhere_else"),
        sa.CheckConstraint("(chain IS NULL) = (step IS NULL)", name="chain_and_step_together"),
        sa.CheckConstraint("chain IS NULL OR run_id IS NOT NULL", name="chain_of_a_run"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.pool_id"]),
        sa.ForeignKeyConstraint(["from_pool_id"], ["pool.pool_id"]),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"]),
        sa.PrimaryKeyConstraint("offer_id"),
    )
    for column in ("household_id", "pool_id", "run_id"):
        op.create_index(op.f(f"ix_offer_{column}"), "offer", [column])


def create_decisions() -> None:
    """Decisions on offers."""
    create(
        "decision",
        given("decision_id"),
        given("offer_id"),
        moment("at"),
        given("actor"),
        code("state", states),
        code("declined_by", "household provider", null=True),
        code("reason", declines, null=True),
        sa.Column("reason_due_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("assessment", sa.Text(), nullable=True),
        sa.Column("child_best_interests", sa.Text(), nullable=True),
        sa.Column("child_view", sa.Text(), nullable=True),
        sa.Column("child_view_missing", sa.Text(), nullable=True),
        sa.CheckConstraint("state <> 'accepted' OR assessment IS NOT NULL", name="accepted_with_assessment"),
        sa.CheckConstraint("(state = 'declined') = (declined_by IS NOT NULL)", name="declined_by_somebody"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.offer_id"]),
        sa.PrimaryKeyConstraint("decision_id"),
    )
    op.create_index(op.f("ix_decision_offer_id"), "decision", ["offer_id"])


def create_places() -> None:
    """Places one by one."""
    create(
        "place",
        given("pool_id"),
        whole("number", least=1),
        sa.Column("occupant", sa.String(), nullable=True),
        sa.Column("offer_id", sa.String(), nullable=True),
        sa.Column("held_for", sa.String(), nullable=True),
        sa.CheckConstraint("(offer_id IS NULL) = (held_for IS NULL)", name="held_by_an_offer"),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.pool_id"]),
        sa.ForeignKeyConstraint(["occupant"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.offer_id"]),
        sa.ForeignKeyConstraint(["held_for"], ["household.household_id"]),
        sa.PrimaryKeyConstraint("pool_id", "number"),
        sa.UniqueConstraint("occupant"),
        sa.UniqueConstraint("offer_id"),
        sa.UniqueConstraint("held_for"),
    )


def fill_places() -> None:
    """Number the places of the pools already there, and let each resident live in one."""
    connection = op.get_bind()
    places = sa.table("place", sa.column("pool_id"), sa.column("number"), sa.column("occupant"))
    residents: dict[str, list[str]] = {}
    for row in connection.execute(
        sa.text(
            "SELECT current_pool_id, household_id FROM household WHERE current_pool_id IS NOT NULL "
            "ORDER BY household_id"
        )
    ):
        residents.setdefault(row.current_pool_id, []).append(row.household_id)
    rows = []
    for pool in connection.execute(sa.text("SELECT pool_id, capacity FROM pool")):
        lives = residents.get(pool.pool_id, [])
        for number in range(pool.capacity):
            occupant = lives[number] if number < len(lives) else None
            rows.append({"pool_id": pool.pool_id, "number": number + 1, "occupant": occupant})
    if rows:
        connection.execute(sa.insert(places), rows)
