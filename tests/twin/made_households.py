"""Made-up households: their facts, members and homes, many of them on the limits of the policy."""

from datetime import date

from models.codes import Fact, MentalHealth, Mobility, Sex, Situation, SubstanceUse, Support
from models.forms import forms
from models.households import Household, Member
from models.stock import School

from .luck import ADULT_AGES, CHILD_AGES, END_DAYS, Luck

OUTSIDE = {
    Situation.ROUGH_SLEEPING: 3.0,
    Situation.EMERGENCY_SHELTER: 3.0,
    Situation.HOTEL_HOSTEL: 3.0,
    Situation.FRIENDS_TEMPORARY: 3.0,
    Situation.HOSPITAL: 1.0,
    Situation.TREATMENT_INSTITUTION: 1.0,
    Situation.PRISON: 1.0,
    Situation.INSECURE_TENANCY: 1.0,
    Situation.EVICTION_RISK: 1.0,
    Situation.HOUSED: 0.4,
    Situation.EMERGENCY_FLAT: 0.7,
    Situation.SUPPORTED_HOUSING: 0.7,
    Situation.TRAINING_FLAT: 0.7,
    Situation.TRANSITIONAL: 0.7,
}
INSIDE = {
    Situation.SUPPORTED_HOUSING: 3.0,
    Situation.TRAINING_FLAT: 2.0,
    Situation.TRANSITIONAL: 2.0,
    Situation.EMERGENCY_FLAT: 2.0,
    Situation.EMERGENCY_SHELTER: 2.0,
    Situation.ROUGH_SLEEPING: 0.5,
    Situation.EVICTION_RISK: 1.0,
    Situation.HOUSED: 0.5,
}
SINCE = (-3000, -1826, -1825, -1824, -800, -400, -184, -183, -182, -100, -1, 0)
SHIS_MONTHS = (0, 12, 47, 48, 59, 60, 61)


def made_household(luck: Luck, household_id: str, pool_id: str | None) -> Household:
    """One household; one that lives in a pool is more often about to leave it."""
    unknown, hard = luck.unknown, luck.awkward
    inside = pool_id is not None
    ends_on = luck.day(luck.pick(END_DAYS)) if luck.hits(0.55 if inside else 0.25) else None
    if inside and not luck.hinders(1.0):
        ends_on = luck.day(luck.pick((-14, 0, 14)))
    return Household(
        household_id=household_id,
        situation=luck.weigh(INSIDE if inside else OUTSIDE),
        homeless_since=None if luck.hits(unknown) else luck.day(luck.pick(SINCE)),
        situation_ends_on=ends_on,
        responsible_unit=None if luck.hits(unknown) else luck.pick((*luck.districts, "Enheten för hemlösa")),
        support_need=luck.weigh(
            {
                Support.NONE: 1.0,
                Support.VISITING: 3.0,
                Support.DAILY: 3.0,
                Support.AROUND_THE_CLOCK: 2 * hard,
                Support.CARE: 2 * hard,
            }
        ),
        substance_use=luck.weigh(
            {
                SubstanceUse.ACTIVE: 2.0,
                SubstanceUse.PAST: 3.0,
                SubstanceUse.NONE: 3.0,
                SubstanceUse.UNKNOWN: 8 * unknown,
            }
        ),
        mental_health=luck.weigh(
            {
                MentalHealth.SEVERE: 2.0,
                MentalHealth.SOME: 3.0,
                MentalHealth.NONE: 3.0,
                MentalHealth.UNKNOWN: 8 * unknown,
            }
        ),
        social_problems=luck.fact(0.3),
        mobility=luck.weigh(
            {
                Mobility.NONE: 5.0,
                Mobility.STEP_FREE: 2 * hard,
                Mobility.WHEELCHAIR: 2 * hard,
                Mobility.UNKNOWN: 7 * unknown,
            }
        ),
        violence_exposed=luck.fact(0.25),
        acute_danger=luck.fact(0.05),
        protected_identity=luck.fact(0.08),
        pregnant=luck.fact(0.08),
        wants_women_only=luck.fact(0.4 * hard),
        wants_drug_free=luck.fact(0.5 * hard),
        accepts_emergency_shelter=luck.fact(0.6),
        first_hand_barrier=luck.fact(0.75),
        registered_in_stockholm=luck.fact(0.9),
        active_case=luck.fact(0.9),
        right_of_residence=luck.fact(1 - 0.15 * hard),
        housing_search_support=luck.fact(0.7),
        pet=luck.fact(0.3 * hard),
        shis_months=None if luck.hits(unknown) else luck.pick(SHIS_MONTHS),
        preferred_districts=luck.some(luck.districts, 0.5),
        avoid_districts=luck.some(luck.districts, 0.25 * hard, most=1),
        safe_districts=luck.some(luck.districts, 0.4, most=3),
        preferred_forms=luck.some(list(forms()), 0.4, most=3),
        declined_forms=luck.some(list(forms()), 0.3 * hard),
        current_pool_id=pool_id,
        moved_in_on=luck.day(-200) if inside else None,
        unavailable_until=luck.day(luck.pick((-1, 0, 1))) if luck.hits(0.08) else None,
    )


def made_members(luck: Luck, household: Household, schools: tuple[School, ...]) -> list[Member]:
    """One or two adults, and children in about a third of the households."""
    births = [(adult_birth(luck), True)]
    if luck.hits(0.2):
        births.append((adult_birth(luck), True))
    if luck.hits(0.35):
        for _ in range(luck.pick((1, 1, 2, 3, 4))):
            births.append((luck.near(CHILD_AGES), False))
    members = []
    for number, (birth, adult) in enumerate(births):
        at_school = not adult and luck.hits(0.8)
        members.append(
            Member(
                household_id=household.household_id,
                member_id=f"{household.household_id}{'abcdefg'[number]}",
                birth_date=birth,
                sex=luck.weigh({Sex.WOMAN: 5.0, Sex.MAN: 4.0, Sex.OTHER: 0.3, Sex.UNKNOWN: 0.5}),
                school_id=luck.pick(schools).school_id if at_school else None,
                special_stability_need=Fact.NO if adult else luck.fact(0.3),
            )
        )
    return members


def adult_birth(luck: Luck) -> date:
    """An adult's birth date, often with a birthday that a limit counts; never under 18 on the as-of date."""
    if luck.hits(0.4):
        birth = luck.near(ADULT_AGES)
        youngest = date(luck.as_of.year - 18, luck.as_of.month, min(luck.as_of.day, 28))
        return min(birth, youngest)
    return luck.day(-int(luck.rng.integers(19 * 366, 80 * 365)))
