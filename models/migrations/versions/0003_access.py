"""Users, their sessions, and the record of what they read and decide."""

import sqlalchemy as sa
from alembic import op

from models.migrations.building import code, create, given, moment, whole

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Forwards, on a filled database."""
    create_users()
    create_audit()
    keep_audit()
    create_requests()


def create_users() -> None:
    """Users, passwords, sessions."""
    create(
        "user_account",
        given("user_id"),
        given("username"),
        code("role", "caseworker coordinator planner manager auditor admin"),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("oidc_subject", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        moment("created_at"),
        sa.CheckConstraint("username = lower(username)", name="username_lower"),
        sa.CheckConstraint("role <> 'caseworker' OR unit IS NOT NULL", name="caseworker_has_unit"),
        sa.PrimaryKeyConstraint("user_id"),
        sa.UniqueConstraint("username"),
        sa.UniqueConstraint("oidc_subject"),
    )
    create(
        "credential",
        given("user_id"),
        given("password_hash"),
        moment("changed_at"),
        whole("failures", least=0),
        moment("locked_until", null=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.user_id"]),
        sa.PrimaryKeyConstraint("user_id"),
    )
    create(
        "session",
        given("session_id"),
        given("user_id"),
        given("token_hash"),
        moment("began_at"),
        moment("expires_at"),
        moment("ended_at", null=True),
        sa.CheckConstraint("expires_at > began_at", name="ends_after_it_began"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.user_id"]),
        sa.PrimaryKeyConstraint("session_id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(op.f("ix_session_user_id"), "session", ["user_id"])
    create(
        "spent_token",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        moment("spent_at"),
        sa.ForeignKeyConstraint(["session_id"], ["session.session_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index(op.f("ix_spent_token_session_id"), "spent_token", ["session_id"])


def create_audit() -> None:
    """The record."""
    create(
        "audit",
        whole("number", least=1),
        moment("at"),
        given("actor"),
        sa.Column("role", sa.String(), nullable=False),
        given("action"),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        code("outcome", "done refused"),
        sa.Column("detail", sa.JSON(), nullable=False),
        given("previous"),
        given("digest"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("digest"),
    )
    op.create_index(op.f("ix_audit_actor"), "audit", ["actor"])
    op.create_index(op.f("ix_audit_subject_id"), "audit", ["subject_id"])


def create_requests() -> None:
    """Requests already carried out."""
    create(
        "done_request",
        sa.Column("user_id", sa.String(), nullable=False),
        given("request_key"),
        sa.Column("fingerprint", sa.String(), nullable=False),
        whole("status"),
        sa.Column("body", sa.JSON(), nullable=False),
        moment("done_at"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.user_id"]),
        sa.PrimaryKeyConstraint("user_id", "request_key"),
    )
    op.create_index(op.f("ix_done_request_done_at"), "done_request", ["done_at"])


def keep_audit() -> None:
    """Refuse changes and deletions in the record: it only grows."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit only grows'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_only_grows_{act.lower()} BEFORE {act} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END"
        )
