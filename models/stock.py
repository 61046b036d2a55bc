"""The stock: pools of interchangeable places, schools and travel times, quotas and stays."""

from datetime import date

from sqlmodel import Field, SQLModel

from models.codes import Admits, DrugPolicy, Fact, Mobility, Support
from models.columns import Code, CodeList


class Pool(SQLModel):
    """A set of interchangeable places: one shelter's beds, one landlord's training flats.

    `monthly_cost_sek` is SEK/month and place, `max_stay_months` months, ages are years.
    `children` is the only fact of a pool that may be unknown.
    """

    pool_id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    facility_id: str | None = None
    form: str
    district: str = Field(min_length=1)
    capacity: int = Field(ge=0)
    admits: Admits = Field(default=Admits.ALL, sa_type=Code(Admits))
    drug_policy: DrugPolicy = Field(default=DrugPolicy.NOT_REGULATED, sa_type=Code(DrugPolicy))
    staffing: Support = Field(default=Support.NONE, sa_type=Code(Support))
    children: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    min_age: int | None = Field(default=None, ge=0)
    max_age: int | None = Field(default=None, ge=0)
    max_persons: int | None = Field(default=None, ge=0)
    mobility: Mobility = Field(default=Mobility.NONE, sa_type=Code(Mobility))
    pets: Fact = Field(default=Fact.YES, sa_type=Code(Fact))
    psychiatric_competence: Fact = Field(default=Fact.NO, sa_type=Code(Fact))
    max_stay_months: int | None = Field(default=None, ge=0)
    monthly_cost_sek: int | None = Field(default=None, ge=0)
    opens_on: date | None = None
    closes_on: date | None = None


class School(SQLModel):
    """A school or pre-school."""

    school_id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    district: str = Field(min_length=1)


class TravelTime(SQLModel):
    """Minutes from a district to a school, one way."""

    district: str = Field(min_length=1)
    school_id: str = Field(min_length=1)
    minutes: int = Field(ge=0)


class Quota(SQLModel):
    """Most entries in a year into a form, or into a list of forms that shares the quota."""

    year: int = Field(ge=2000, le=2100)
    form: tuple[str, ...] = Field(sa_type=CodeList)
    places: int = Field(ge=0)
    used: int | None = Field(default=None, ge=0)
    responsible_unit: str | None = None


class Stay(SQLModel):
    """A household's time in a pool; without an end it still goes on."""

    household_id: str = Field(min_length=1)
    pool_id: str = Field(min_length=1)
    started_on: date
    ended_on: date | None = None
    end_reason: str | None = None
