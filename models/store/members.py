"""Members of households, changed one at a time."""

from sqlalchemy import ColumnElement, Connection, delete, insert, update
from sqlmodel import SQLModel

from models.households import Household, Member
from models.store.rows import find
from models.tables import HouseholdRecord, MemberRecord

_members = SQLModel.metadata.tables[str(MemberRecord.__tablename__)]
_households = SQLModel.metadata.tables[str(HouseholdRecord.__tablename__)]


def members_of(connection: Connection, household_id: str) -> list[Member]:
    """Members of a household, by id."""
    found = find(connection, MemberRecord, Member, _members.c.household_id == household_id)
    return sorted(found, key=lambda one: one.member_id)


def add_household(connection: Connection, household: Household) -> None:
    """Keep a new household."""
    connection.execute(insert(_households).values(**vars(household)))


def add_member(connection: Connection, member: Member) -> None:
    """Keep a new member."""
    connection.execute(insert(_members).values(**vars(member)))


def change_member(connection: Connection, member: Member, **changes: object) -> None:
    """Change facts of a member."""
    connection.execute(update(_members).where(*_this(member)).values(changes))


def remove_member(connection: Connection, member: Member) -> None:
    """Let a member leave the household."""
    connection.execute(delete(_members).where(*_this(member)))


def _this(member: Member) -> tuple[ColumnElement[bool], ...]:
    return _members.c.household_id == member.household_id, _members.c.member_id == member.member_id
