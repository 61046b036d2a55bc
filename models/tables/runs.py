"""Tables of runs, their proposals and the inputs frozen with them."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from models.runs import Proposal, Run
from models.tables.base import checks_of


class RunRecord(Run, table=True):
    """A run at rest; its inputs may be erased before it, so the hashes point nowhere by force."""

    __tablename__ = "run"
    __table_args__ = checks_of(Run)

    id: int | None = Field(default=None, primary_key=True)


class ProposalRecord(Proposal, table=True):
    """A proposal at rest: a household stands at most once in a run."""

    __tablename__ = "proposal"
    __table_args__ = (
        *checks_of(Proposal),
        CheckConstraint("from_pool_id <> pool_id", name="moves_somewhere_else"),
        CheckConstraint("conditional = (chain IS NULL)", name="chain_unless_conditional"),
        CheckConstraint("(chain IS NULL) = (step IS NULL)", name="chain_and_step_together"),
    )

    run_id: int = Field(primary_key=True, foreign_key="run.id", ondelete="CASCADE", index=True)
    household_id: str = Field(primary_key=True, min_length=1, foreign_key="household.household_id")
    pool_id: str = Field(min_length=1, foreign_key="pool.pool_id", index=True)
    from_pool_id: str | None = Field(default=None, foreign_key="pool.pool_id")


class FrozenInput(SQLModel, table=True):
    """What a run was given, compressed with zlib, under the hash of the uncompressed bytes."""

    __tablename__ = "frozen_input"
    __table_args__ = (CheckConstraint("length(hash) >= 1", name="hash_given"),)

    hash: str = Field(primary_key=True)
    content: bytes
