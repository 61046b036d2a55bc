"""Tables of pools, schools and travel times, quotas and stays."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from models.forms import forms
from models.stock import Pool, Quota, School, Stay, TravelTime
from models.tables.base import checks_of, one_of

own_flats = ", ".join(f"'{form.form_id}'" for form in forms().values() if form.own_flat)


class PoolRecord(Pool, table=True):
    """A pool at rest."""

    __tablename__ = "pool"
    __table_args__ = (
        *checks_of(Pool, known=("pets", "psychiatric_competence", "mobility")),
        one_of("form", *forms()),
        CheckConstraint("closes_on > opens_on", name="closes_after_it_opens"),
        CheckConstraint("max_age >= min_age", name="ages_in_order"),
        CheckConstraint(
            f"NOT (drug_policy = 'drug_free' AND form IN ({own_flats}))", name="home_not_conditional"
        ),
    )

    pool_id: str = Field(primary_key=True, min_length=1)
    facility_id: str | None = Field(default=None, index=True)


class SchoolRecord(School, table=True):
    """A school at rest."""

    __tablename__ = "school"
    __table_args__ = checks_of(School)

    school_id: str = Field(primary_key=True, min_length=1)


class TravelTimeRecord(TravelTime, table=True):
    """A travel time at rest."""

    __tablename__ = "travel_time"
    __table_args__ = checks_of(TravelTime)

    district: str = Field(primary_key=True, min_length=1)
    school_id: str = Field(primary_key=True, min_length=1, foreign_key="school.school_id", index=True)


class QuotaRecord(Quota, table=True):
    """A quota at rest; `forms_key` holds its forms in sorted order, `unit_key` its unit or ''."""

    __tablename__ = "quota"
    __table_args__ = (
        *checks_of(Quota),
        CheckConstraint("length(forms_key) >= 1", name="forms_key_given"),
        CheckConstraint("unit_key = coalesce(responsible_unit, '')", name="unit_key_follows_unit"),
    )

    year: int = Field(primary_key=True, ge=2000, le=2100)
    forms_key: str = Field(primary_key=True)
    unit_key: str = Field(primary_key=True)


class StayRecord(Stay, table=True):
    """A stay at rest."""

    __tablename__ = "stay"
    __table_args__ = (
        *checks_of(Stay),
        CheckConstraint("ended_on >= started_on", name="ends_after_it_starts"),
    )

    household_id: str = Field(primary_key=True, min_length=1, foreign_key="household.household_id")
    pool_id: str = Field(primary_key=True, min_length=1, foreign_key="pool.pool_id", index=True)
    started_on: date = Field(primary_key=True)
