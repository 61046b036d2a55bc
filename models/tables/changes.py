"""Tables of changes made by hand; they go with the case or the pool that they tell of."""

from sqlmodel import Field

from models.changes import FactChange, PoolChange
from models.tables.base import checks_of


class FactChangeRecord(FactChange, table=True):
    """A change of a fact at rest; its values are encrypted."""

    __tablename__ = "fact_change"
    __table_args__ = checks_of(FactChange)

    change_id: str = Field(primary_key=True, min_length=1)
    household_id: str = Field(
        min_length=1, foreign_key="household.household_id", ondelete="CASCADE", index=True
    )


class PoolChangeRecord(PoolChange, table=True):
    """A change of a pool at rest."""

    __tablename__ = "pool_change"
    __table_args__ = checks_of(PoolChange)

    change_id: str = Field(primary_key=True, min_length=1)
    pool_id: str = Field(min_length=1, foreign_key="pool.pool_id", ondelete="CASCADE", index=True)
