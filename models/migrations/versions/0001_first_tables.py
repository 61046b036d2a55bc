"""First tables: the city's data, where its facts come from, rows set aside, settings and runs."""

import sqlalchemy as sa
from alembic import op

from models.migrations.building import code, create, given, quoted, whole

revision = "0001"
down_revision = None

own_flats = [
    "bostad_forst",
    "forsokslagenhet",
    "traningslagenhet",
    "jourlagenhet",
    "genomgangsbostad",
    "shis_avtalat",
    "shis_relationsvald",
    "seniorlagenhet",
]
other_forms = [
    "shis_stod",
    "stodboende",
    "akutboende",
    "planeringsboende",
    "omvardnadsboende",
    "vard_och_omsorgsboende",
    "famvux",
    "utredningsplats_65",
    "upphandlad",
]
situations = (
    "rough_sleeping emergency_shelter hotel_hostel emergency_flat friends_temporary hospital "
    "treatment_institution prison supported_housing training_flat transitional insecure_tenancy "
    "eviction_risk housed"
)


def upgrade() -> None:
    """Forwards, on an empty database."""
    create_stock()
    create_households()
    create_records()
    create_runs()


def create_stock() -> None:
    """Pools, schools and quotas."""
    create(
        "pool",
        given("pool_id"),
        given("name"),
        sa.Column("facility_id", sa.String(), nullable=True),
        code("form", " ".join((*own_flats, *other_forms))),
        given("district"),
        whole("capacity", least=0),
        code("admits", "women men all"),
        code("drug_policy", "tolerant drug_free not_regulated"),
        code("staffing", "none visiting daily around_the_clock care"),
        code("children", "yes no unknown"),
        whole("min_age", least=0, null=True),
        whole("max_age", least=0, null=True),
        whole("max_persons", least=0, null=True),
        code("mobility", "none step_free wheelchair"),
        code("pets", "yes no"),
        code("psychiatric_competence", "yes no"),
        whole("max_stay_months", least=0, null=True),
        whole("monthly_cost_sek", least=0, null=True),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.CheckConstraint("max_age >= min_age", name="ages_in_order"),
        sa.CheckConstraint(
            f"NOT (drug_policy = 'drug_free' AND form IN ({quoted(own_flats)}))", name="home_not_conditional"
        ),
        sa.CheckConstraint("closes_on > opens_on", name="closes_after_it_opens"),
        sa.PrimaryKeyConstraint("pool_id"),
    )
    op.create_index(op.f("ix_pool_facility_id"), "pool", ["facility_id"])
    create(
        "school",
        given("school_id"),
        given("name"),
        given("district"),
        sa.PrimaryKeyConstraint("school_id"),
    )
    create(
        "travel_time",
        given("district"),
        given("school_id"),
        whole("minutes", least=0),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"]),
        sa.PrimaryKeyConstraint("district", "school_id"),
    )
    op.create_index(op.f("ix_travel_time_school_id"), "travel_time", ["school_id"])
    create(
        "quota",
        whole("year", least=2000, most=2100),
        sa.Column("form", sa.Text(), nullable=False),
        whole("places", least=0),
        whole("used", least=0, null=True),
        sa.Column("responsible_unit", sa.String(), nullable=True),
        given("forms_key"),
        sa.Column("unit_key", sa.String(), nullable=False),
        sa.CheckConstraint("unit_key = coalesce(responsible_unit, '')", name="unit_key_follows_unit"),
        sa.PrimaryKeyConstraint("year", "forms_key", "unit_key"),
    )


def create_households() -> None:
    """Households and what belongs to them."""
    create(
        "household",
        given("household_id"),
        code("situation", situations),
        sa.Column("homeless_since", sa.Date(), nullable=True),
        sa.Column("situation_ends_on", sa.Date(), nullable=True),
        sa.Column("responsible_unit", sa.String(), nullable=True),
        code("support_need", "none visiting daily around_the_clock care"),
        code("substance_use", "none past active unknown"),
        code("mental_health", "none some severe unknown"),
        code("social_problems", "yes no unknown"),
        code("mobility", "none step_free wheelchair unknown"),
        code("violence_exposed", "yes no unknown"),
        code("acute_danger", "yes no unknown"),
        code("protected_identity", "yes no unknown"),
        code("pregnant", "yes no unknown"),
        code("wants_women_only", "yes no unknown"),
        code("wants_drug_free", "yes no unknown"),
        code("accepts_emergency_shelter", "yes no unknown"),
        code("first_hand_barrier", "yes no unknown"),
        code("registered_in_stockholm", "yes no unknown"),
        code("active_case", "yes no unknown"),
        code("right_of_residence", "yes no unknown"),
        code("housing_search_support", "yes no unknown"),
        code("pet", "yes no unknown"),
        whole("shis_months", least=0, null=True),
        sa.Column("preferred_districts", sa.Text(), nullable=False),
        sa.Column("avoid_districts", sa.Text(), nullable=False),
        sa.Column("safe_districts", sa.Text(), nullable=False),
        sa.Column("preferred_forms", sa.Text(), nullable=False),
        sa.Column("declined_forms", sa.Text(), nullable=False),
        sa.Column("current_pool_id", sa.String(), nullable=True),
        sa.Column("moved_in_on", sa.Date(), nullable=True),
        sa.Column("unavailable_until", sa.Date(), nullable=True),
        code("sharing_basis", "consent law", null=True),
        sa.Column("sharing_basis_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["current_pool_id"], ["pool.pool_id"]),
        sa.PrimaryKeyConstraint("household_id"),
    )
    op.create_index(op.f("ix_household_current_pool_id"), "household", ["current_pool_id"])
    op.create_index(op.f("ix_household_responsible_unit"), "household", ["responsible_unit"])
    create(
        "member",
        given("household_id"),
        given("member_id"),
        sa.Column("birth_date", sa.Date(), nullable=False),
        code("sex", "woman man other unknown"),
        sa.Column("school_id", sa.String(), nullable=True),
        code("special_stability_need", "yes no unknown"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["school_id"], ["school.school_id"]),
        sa.PrimaryKeyConstraint("household_id", "member_id"),
    )
    op.create_index(op.f("ix_member_school_id"), "member", ["school_id"])
    by_code_point = ' COLLATE "C"' if op.get_bind().dialect.name == "postgresql" else ""
    create(
        "conflict",
        sa.Column("household_id_a", sa.String(), nullable=False),
        sa.Column("household_id_b", sa.String(), nullable=False),
        sa.CheckConstraint(f"household_id_a{by_code_point} < household_id_b", name="sorted"),
        sa.ForeignKeyConstraint(["household_id_a"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["household_id_b"], ["household.household_id"]),
        sa.PrimaryKeyConstraint("household_id_a", "household_id_b"),
    )
    op.create_index(op.f("ix_conflict_household_id_b"), "conflict", ["household_id_b"])
    create(
        "stay",
        given("household_id"),
        given("pool_id"),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.CheckConstraint("ended_on >= started_on", name="ends_after_it_starts"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.pool_id"]),
        sa.PrimaryKeyConstraint("household_id", "pool_id", "started_on"),
    )
    op.create_index(op.f("ix_stay_pool_id"), "stay", ["pool_id"])
    create(
        "decline",
        given("household_id"),
        given("pool_id"),
        sa.Column("declined_on", sa.Date(), nullable=False),
        code("by", "household provider", null=True),
        sa.Column("reason", sa.String(), nullable=True),
        code("declined_by", "household provider"),
        sa.CheckConstraint("declined_by = coalesce(\"by\", 'household')", name="declined_by_follows_by"),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.pool_id"]),
        sa.PrimaryKeyConstraint("household_id", "pool_id", "declined_on", "declined_by"),
    )
    op.create_index(op.f("ix_decline_pool_id"), "decline", ["pool_id"])


def create_records() -> None:
    """Sources of facts, rows set aside, settings."""
    create(
        "fact_source",
        sa.Column("household_id", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("household_id", "fact"),
    )
    create(
        "quarantine",
        sa.Column("id", sa.Integer(), nullable=False),
        code("entity_kind", "household pool school travel_time conflict quota stay decline"),
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        whole("row"),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("message_sv", sa.Text(), nullable=False),
        sa.Column("message_en", sa.Text(), nullable=False),
        sa.Column("remedy_sv", sa.Text(), nullable=False),
        sa.Column("remedy_en", sa.Text(), nullable=False),
        sa.Column("row_values", sa.JSON(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_quarantine_entity_id"), "quarantine", ["entity_id"])
    op.create_index(op.f("ix_quarantine_entity_kind"), "quarantine", ["entity_kind"])
    create(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )


def create_runs() -> None:
    """Runs, their proposals and frozen inputs."""
    create(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        given("moves"),
        given("policy_hash"),
        given("inputs_hash"),
        sa.Column("engine", sa.String(), nullable=False),
        code("status", "optimal feasible"),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.CheckConstraint("seconds >= 0", name="seconds_least"),
        sa.PrimaryKeyConstraint("id"),
    )
    create(
        "proposal",
        given("household_id"),
        given("pool_id"),
        sa.Column("from_pool_id", sa.String(), nullable=True),
        whole("tier", least=1, most=5),
        whole("points", least=0),
        whole("fit"),
        whole("monthly_cost_sek", least=0),
        whole("chain", least=1, null=True),
        whole("step", least=1, null=True),
        sa.Column("conditional", sa.Boolean(), nullable=False),
        whole("run_id"),
        sa.CheckConstraint("conditional = (chain IS NULL)", name="chain_unless_conditional"),
        sa.CheckConstraint("(chain IS NULL) = (step IS NULL)", name="chain_and_step_together"),
        sa.CheckConstraint("from_pool_id <> pool_id", name="moves_somewhere_else"),
        sa.ForeignKeyConstraint(["from_pool_id"], ["pool.pool_id"]),
        sa.ForeignKeyConstraint(["household_id"], ["household.household_id"]),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.pool_id"]),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("household_id", "run_id"),
    )
    op.create_index(op.f("ix_proposal_pool_id"), "proposal", ["pool_id"])
    op.create_index(op.f("ix_proposal_run_id"), "proposal", ["run_id"])
    create(
        "frozen_input",
        given("hash"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
    )
