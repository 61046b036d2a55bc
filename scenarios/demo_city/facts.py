"""The remaining facts of a case: violence, wishes, standing in the city, and how much is unknown."""

import numpy as np

from models.codes import Fact, MentalHealth, Mobility, Sex, Situation
from scenarios.demo_city.drafts import Draft
from scenarios.demo_city.draws import between, chance, draw
from scenarios.demo_city.figures import people

ACUTE = (Situation.ROUGH_SLEEPING, Situation.EMERGENCY_SHELTER, Situation.HOTEL_HOSTEL)
MENTAL_ILL_HEALTH = (MentalHealth.SOME, MentalHealth.SEVERE)


def give_facts(rng: np.random.Generator, draft: Draft) -> None:
    """Gives a household every fact that its needs, ages and place have not already settled."""
    _give_safety(rng, draft)
    _give_wishes(rng, draft)
    _give_standing(rng, draft)
    household = draft.household
    shares = people("facts")
    if household.social_problems == Fact.UNKNOWN:
        key = "social_problems_use" if draft.uses else "social_problems_otherwise"
        household.social_problems = _fact(rng, key)
    household.mobility = Mobility(draw(rng, shares["mobility_65" if max(draft.ages) >= 65 else "mobility"]))
    household.pet = _fact(rng, "pet")


def _fact(rng: np.random.Generator, key: str) -> Fact:
    return Fact(draw(rng, people("facts")[key]))


def _give_safety(rng: np.random.Generator, draft: Draft) -> None:
    household = draft.household
    if draft.children and household.situation != Situation.HOUSED:
        # Whose insecurity has violence as its cause is settled; of the others a few are not asked.
        if household.violence_exposed != Fact.YES:
            unasked = chance(rng, people("family_shares")["violence_not_asked"])
            household.violence_exposed = Fact.UNKNOWN if unasked else Fact.NO
    elif Sex.WOMAN in draft.sexes:
        acute = household.situation in ACUTE
        household.violence_exposed = _fact(rng, "violence_acute_woman" if acute else "violence_other_woman")
    else:
        household.violence_exposed = _fact(rng, "violence_man")
    exposed = household.violence_exposed == Fact.YES
    household.acute_danger = _fact(rng, "acute_danger_if_exposed" if exposed else "acute_danger_otherwise")
    household.protected_identity = _fact(rng, "protected_if_exposed" if exposed else "protected_otherwise")
    may_bear = any(sex == Sex.WOMAN and age < 45 for sex, age in zip(draft.sexes, draft.ages, strict=True))
    household.pregnant = _fact(rng, "pregnant_woman_18_44") if may_bear else Fact.NO


def _give_wishes(rng: np.random.Generator, draft: Draft) -> None:
    household = draft.household
    household.wants_women_only = Fact.NO
    if draft.all_women:
        exposed = household.violence_exposed == Fact.YES
        household.wants_women_only = _fact(rng, "women_only_exposed" if exposed else "women_only_otherwise")
    household.wants_drug_free = _fact(rng, f"drug_free_{household.substance_use.value}")
    household.accepts_emergency_shelter = Fact.NO if draft.children else _fact(rng, "accepts_shelter")


def _give_standing(rng: np.random.Generator, draft: Draft) -> None:
    """Residence, registration, the case, the housing market and the months with SHIS."""
    household = draft.household
    eu_share = people("eu_citizens")["share"].get(household.situation.value, 0.0)
    if not draft.children and chance(rng, eu_share):
        household.right_of_residence = Fact.NO
        household.registered_in_stockholm = Fact.NO
    else:
        household.right_of_residence = _fact(rng, "right_of_residence")
        household.registered_in_stockholm = _fact(rng, "registered")
    household.active_case = _fact(rng, "active_case")
    weighed = draft.uses or household.mental_health in MENTAL_ILL_HEALTH
    barrier = "first_hand_barrier" if weighed else "first_hand_barrier_strong"
    household.first_hand_barrier = _fact(rng, barrier)
    search = people("family_shares") if draft.children else people("facts")
    household.housing_search_support = Fact(draw(rng, search["housing_search_support"]))
    months = draw(rng, people("facts")["shis_months"])
    household.shis_months = {
        "none": 0,
        "blank": None,
        "some": between(rng, *people("facts")["shis_months_some"]),
        "used_up": between(rng, *people("facts")["shis_months_used_up"]),
    }[months]
