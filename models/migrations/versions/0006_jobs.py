"""Jobs, and the files that they are given or give."""

import sqlalchemy as sa
from alembic import op

from models.migrations.building import code, create, given, moment, whole

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Forwards, on a filled database."""
    create(
        "job",
        given("job_id"),
        given("kind"),
        code("state", "queued running done failed cancelled"),
        given("asked_by"),
        code("asked_role", "caseworker coordinator planner manager auditor admin"),
        sa.Column("asked_unit", sa.String(), nullable=True),
        moment("asked_at"),
        moment("started_at", null=True),
        moment("ended_at", null=True),
        sa.Column("parameters", sa.JSON(), nullable=False),
        whole("done", least=0, null=True),
        whole("total", least=0, null=True),
        sa.Column("partial", sa.JSON(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("problem", sa.JSON(), nullable=True),
        whole("attempts", least=0),
        sa.Column("stop_asked", sa.Boolean(), nullable=False),
        whole("version", least=1),
        sa.Column("worker", sa.String(), nullable=True),
        moment("beat_at", null=True),
        sa.CheckConstraint(
            "(state IN ('done', 'failed', 'cancelled')) = (ended_at IS NOT NULL)", name="ended_at_some_time"
        ),
        sa.CheckConstraint("(state = 'failed') = (problem IS NOT NULL)", name="failed_for_a_reason"),
        sa.CheckConstraint("(state = 'running') = (worker IS NOT NULL)", name="run_by_a_worker"),
        sa.CheckConstraint("(worker IS NULL) = (beat_at IS NULL)", name="worker_heard_of"),
        sa.PrimaryKeyConstraint("job_id"),
    )
    op.create_index(op.f("ix_job_asked_by"), "job", ["asked_by"])
    op.create_index(op.f("ix_job_state"), "job", ["state"])
    create(
        "kept_file",
        given("file_id"),
        given("owner"),
        sa.Column("job_id", sa.String(), nullable=True),
        given("name"),
        given("media_type"),
        moment("kept_at"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.job_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file_id"),
    )
    op.create_index(op.f("ix_kept_file_job_id"), "kept_file", ["job_id"])
