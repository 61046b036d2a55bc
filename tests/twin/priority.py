"""Who takes part in a run, in which tier, with how many points, and how well a pool fits."""

from datetime import timedelta

from models.codes import Admits, DrugPolicy, Fact, MentalHealth, Situation, SubstanceUse
from models.households import Household
from models.stock import Pool

from .city import City, form_of, is_acute, sheltering, step

INSTITUTIONS = (Situation.HOSPITAL, Situation.TREATMENT_INSTITUTION, Situation.PRISON)
STEADY = (Situation.SUPPORTED_HOUSING, Situation.TRAINING_FLAT, Situation.TRANSITIONAL)
USED = (SubstanceUse.PAST, SubstanceUse.ACTIVE)


def is_candidate(city: City, household: Household) -> bool:
    """Whether the household takes part in a run on this day."""
    if household.situation == Situation.HOUSED:
        return False
    if household.acute_danger == Fact.YES:
        return False
    if household.unavailable_until is not None and household.unavailable_until > city.as_of:
        return False
    pool = city.current_pool(household)
    if pool is not None and form_of(pool).level == 3:
        return household.situation == Situation.EVICTION_RISK or city.ends(household, 90)
    return True


def tier(city: City, household: Household) -> int:
    """The first tier that holds, 1 to 5."""
    acute = is_acute(household)
    if (city.children(household) or household.pregnant == Fact.YES) and (acute or city.ends(household, 14)):
        return 1
    violence = household.violence_exposed == Fact.YES
    older = any(city.age(adult) >= 65 for adult in city.adults(household))
    if (
        household.situation == Situation.ROUGH_SLEEPING
        or (violence and (acute or household.situation == Situation.FRIENDS_TEMPORARY))
        or (older and acute)
        or (household.situation in INSTITUTIONS and city.ends(household, 60))
        or city.ends(household, 30)
    ):
        return 2
    pool = city.current_pool(household)
    ill = household.substance_use in USED or household.mental_health == MentalHealth.SEVERE
    relapsed = (
        pool is not None
        and pool.drug_policy == DrugPolicy.DRUG_FREE
        and household.substance_use == SubstanceUse.ACTIVE
    )
    if (city.long_homeless(household) is True and ill) or relapsed or city.ends(household, 90):
        return 3
    return 5 if household.situation in STEADY else 4


def points(city: City, household: Household) -> int:
    """Waiting time in days and what weighs beside it."""
    total = 0
    if household.homeless_since is not None:
        waited = (city.as_of - household.homeless_since) // timedelta(days=1)
        total += min(max(waited, 0), 1825)
    if household.violence_exposed == Fact.YES:
        total += 365
    if household.substance_use in USED:
        total += 180
    if household.mental_health == MentalHealth.SEVERE:
        total += 180
    return total + 120 * min(len(city.children(household)), 3)


def fit(city: City, household: Household, pool: Pool) -> int:
    """How well the pool suits the household, in points of fit (may be negative)."""
    form = form_of(pool)
    children = city.children(household)
    total = 0
    if form.level == 3:
        total += 300
    if pool.district in household.preferred_districts:
        total += 200
    if pool.form in household.preferred_forms:
        total += 150
    if household.wants_women_only == Fact.YES and pool.admits == Admits.WOMEN:
        total += 100
    if household.mental_health == MentalHealth.SEVERE and pool.psychiatric_competence == Fact.YES:
        total += 80
    if not sheltering(household):
        if pool.district == household.responsible_unit:
            total += 50
        for child in children:
            if child.school_id is None:
                continue
            minutes = city.minutes.get((pool.district, child.school_id))
            if minutes is not None:
                total -= 3 * min(max(minutes - 15, 0), 60)
    if not form.own_flat:
        total -= 60 * max(step(pool.staffing) - step(household.support_need), 0)
    if children and city.present_level(household) is not None and form.level < 3:
        total -= 100
    if pool.form == "upphandlad":
        total -= 200
    return total
