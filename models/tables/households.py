"""Tables of households, their members, conflicts and declines."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from models.households import Conflict, Decline, Household, Member
from models.tables.base import checks_of, one_of


class HouseholdRecord(Household, table=True):
    """A household at rest."""

    __tablename__ = "household"
    __table_args__ = checks_of(Household)

    household_id: str = Field(primary_key=True, min_length=1)
    responsible_unit: str | None = Field(default=None, index=True)
    current_pool_id: str | None = Field(default=None, foreign_key="pool.pool_id", index=True)


class MemberRecord(Member, table=True):
    """A member at rest; a member id need only be unique within the household."""

    __tablename__ = "member"
    __table_args__ = checks_of(Member)

    household_id: str = Field(primary_key=True, min_length=1, foreign_key="household.household_id")
    member_id: str = Field(primary_key=True, min_length=1)
    school_id: str | None = Field(default=None, foreign_key="school.school_id", index=True)


class ConflictRecord(Conflict, table=True):
    """A conflict at rest, once per pair: the ids stand in sorted order."""

    __tablename__ = "conflict"
    # Python sorts by code point, PostgreSQL by the language of the database unless told otherwise.
    __table_args__ = (
        CheckConstraint("household_id_a < household_id_b", name="sorted").ddl_if(dialect="sqlite"),
        CheckConstraint('household_id_a COLLATE "C" < household_id_b', name="sorted").ddl_if(
            dialect="postgresql"
        ),
    )

    household_id_a: str = Field(primary_key=True, foreign_key="household.household_id")
    household_id_b: str = Field(primary_key=True, foreign_key="household.household_id", index=True)


class DeclineRecord(Decline, table=True):
    """A no at rest; `declined_by` is `by` with a blank counted as the household."""

    __tablename__ = "decline"
    __table_args__ = (
        *checks_of(Decline),
        one_of("declined_by", "household", "provider"),
        CheckConstraint("declined_by = coalesce(\"by\", 'household')", name="declined_by_follows_by"),
    )

    household_id: str = Field(primary_key=True, min_length=1, foreign_key="household.household_id")
    pool_id: str = Field(primary_key=True, min_length=1, foreign_key="pool.pool_id", index=True)
    declined_on: date = Field(primary_key=True)
    declined_by: str = Field(primary_key=True)
