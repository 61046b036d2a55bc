"""Answers kept for requests sent again are encrypted, and belong to a role and a unit."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Forwards, on a filled database."""
    # They stood open, and are kept for a day at most: a request sent again meanwhile is one more request.
    op.execute(sa.text("DELETE FROM done_request"))
    op.drop_column("done_request", "body")
    op.add_column("done_request", sa.Column("role", sa.String(), nullable=False))
    op.add_column("done_request", sa.Column("unit", sa.String(), nullable=True))
    op.add_column("done_request", sa.Column("body", sa.Text(), nullable=False))
