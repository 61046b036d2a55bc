"""The table of pins and blocks."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from models.pins import Pin
from models.tables.base import checks_of


class PinRecord(Pin, table=True):
    """A pin or block at rest."""

    __tablename__ = "pin"
    __table_args__ = (
        *checks_of(Pin),
        CheckConstraint("(lifted_by IS NULL) = (lifted_at IS NULL)", name="lifted_by_somebody"),
    )

    pin_id: str = Field(primary_key=True, min_length=1)
    household_id: str = Field(min_length=1, foreign_key="household.household_id", index=True)
    pool_id: str = Field(min_length=1, foreign_key="pool.pool_id", index=True)
