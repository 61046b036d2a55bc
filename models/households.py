"""Households: the people placed together, their members, conflicts and declines."""

from datetime import date

from sqlmodel import Field, SQLModel

from models.codes import (
    DeclinedBy,
    Fact,
    MentalHealth,
    Mobility,
    Sex,
    SharingBasis,
    Situation,
    SubstanceUse,
    Support,
)
from models.columns import Code, CodeList


class Household(SQLModel):
    """The people placed together; every unknown fact is `unknown`, or None for dates and numbers.

    Districts, units and forms are names or ids; `shis_months` is months lived with SHIS.
    """

    household_id: str = Field(min_length=1)
    situation: Situation = Field(sa_type=Code(Situation))
    homeless_since: date | None = None
    situation_ends_on: date | None = None
    responsible_unit: str | None = None
    support_need: Support = Field(sa_type=Code(Support))
    substance_use: SubstanceUse = Field(default=SubstanceUse.UNKNOWN, sa_type=Code(SubstanceUse))
    mental_health: MentalHealth = Field(default=MentalHealth.UNKNOWN, sa_type=Code(MentalHealth))
    social_problems: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    mobility: Mobility = Field(default=Mobility.UNKNOWN, sa_type=Code(Mobility))
    violence_exposed: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    acute_danger: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    protected_identity: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    pregnant: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    wants_women_only: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    wants_drug_free: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    accepts_emergency_shelter: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    first_hand_barrier: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    registered_in_stockholm: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    active_case: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    right_of_residence: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    housing_search_support: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    pet: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))
    shis_months: int | None = Field(default=None, ge=0)
    preferred_districts: tuple[str, ...] = Field(default=(), sa_type=CodeList)
    avoid_districts: tuple[str, ...] = Field(default=(), sa_type=CodeList)
    safe_districts: tuple[str, ...] = Field(default=(), sa_type=CodeList)
    preferred_forms: tuple[str, ...] = Field(default=(), sa_type=CodeList)
    declined_forms: tuple[str, ...] = Field(default=(), sa_type=CodeList)
    current_pool_id: str | None = None
    moved_in_on: date | None = None
    unavailable_until: date | None = None
    sharing_basis: SharingBasis | None = Field(default=None, sa_type=Code(SharingBasis))
    sharing_basis_on: date | None = None


class Member(SQLModel):
    """One person of a household; under 18 on the as-of date a child, else an adult."""

    household_id: str = Field(min_length=1)
    member_id: str = Field(min_length=1)
    birth_date: date
    sex: Sex = Field(default=Sex.UNKNOWN, sa_type=Code(Sex))
    school_id: str | None = None
    special_stability_need: Fact = Field(default=Fact.UNKNOWN, sa_type=Code(Fact))


class Conflict(SQLModel):
    """Two households that must never share a facility; why is not stored."""

    household_id_a: str = Field(min_length=1)
    household_id_b: str = Field(min_length=1)


class Decline(SQLModel):
    """A no to an offered place, by the household (also when blank) or by the provider."""

    household_id: str = Field(min_length=1)
    pool_id: str = Field(min_length=1)
    declined_on: date
    by: DeclinedBy | None = Field(default=None, sa_type=Code(DeclinedBy))
    reason: str | None = None
