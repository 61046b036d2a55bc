"""Residents and their pools: nearly everyone fits where they live, and a small share no longer does."""

import numpy as np

from models.codes import DrugPolicy, Fact, MentalHealth, Mobility, SubstanceUse
from models.forms import forms
from models.stock import Pool
from scenarios.demo_city.dates import MONTH_DAYS, days_ago, days_since
from scenarios.demo_city.drafts import Draft
from scenarios.demo_city.draws import between, chance
from scenarios.demo_city.figures import DEMO_AS_OF, people
from scenarios.demo_city.stock import NOT_OVERSTAFFED_FORMS, shared_with_men

MOBILITY_LADDER = (Mobility.NONE, Mobility.STEP_FREE, Mobility.WHEELCHAIR)


def settle(rng: np.random.Generator, draft: Draft) -> None:
    """Brings a resident's facts into line with the pool she was once found right for."""
    pool = draft.pool
    if pool is None:
        return
    household = draft.household
    _settle_house(rng, draft, pool)
    if pool.form != "akutboende":
        household.right_of_residence = Fact.YES
    household.declined_forms = tuple(form for form in household.declined_forms if form != pool.form)
    household.avoid_districts = tuple(name for name in household.avoid_districts if name != pool.district)
    if Fact.YES in (household.violence_exposed, household.protected_identity):
        household.safe_districts = tuple(sorted({*household.safe_districts, pool.district}))
    if forms()[pool.form].shis:
        _settle_shis(rng, draft)
    _settle_form(rng, draft, pool)
    _settle_stay(rng, draft, pool)


def _settle_stay(rng: np.random.Generator, draft: Draft, pool: Pool) -> None:
    """Who is not ready to move on may not wish to live alone, or stays on by agreement for a while."""
    shares = people("residents")
    household = draft.household
    agreed = False
    if pool.form in NOT_OVERSTAFFED_FORMS and not draft.ready:
        if chance(rng, shares["would_not_live_alone"]):
            household.declined_forms = tuple(shares["not_alone_forms"])
            household.preferred_forms = ()
        else:
            agreed = chance(rng, shares["stays_by_agreement"] / (1 - shares["would_not_live_alone"]))
    elif pool.form == "traningslagenhet":
        agreed = chance(rng, shares["training_agreed_until"])
    if agreed:
        household.unavailable_until = days_ago(-between(rng, *shares["agreed_days"]))
        household.situation_ends_on = None


def _settle_house(rng: np.random.Generator, draft: Draft, pool: Pool) -> None:
    """What any house asks: pets, stairs, drug policy, women among men, and a reason for its support."""
    household = draft.household
    if pool.pets == Fact.NO and household.pet == Fact.YES:
        household.pet = Fact.NO
    if household.mobility in MOBILITY_LADDER:
        steps = map(MOBILITY_LADDER.index, (household.mobility, pool.mobility))
        household.mobility = MOBILITY_LADDER[min(steps)]
    sober = household.substance_use in (SubstanceUse.NONE, SubstanceUse.PAST)
    if pool.drug_policy == DrugPolicy.TOLERANT and sober and household.wants_drug_free == Fact.YES:
        household.wants_drug_free = Fact.NO
    if draft.relapsed and household.wants_drug_free == Fact.YES and chance(rng, 0.5):
        household.wants_drug_free = Fact.NO
    unasked = household.wants_women_only == Fact.UNKNOWN and household.violence_exposed == Fact.YES
    if (
        draft.all_women
        and shared_with_men(pool)
        and (unasked or household.wants_women_only == Fact.YES)
        and not chance(rng, people("residents")["women_among_men_against_their_wish"])
    ):
        household.wants_women_only = Fact.NO
    if pool.form in (*NOT_OVERSTAFFED_FORMS, "forsokslagenhet", "traningslagenhet") and not (
        draft.uses or household.mental_health in (MentalHealth.SOME, MentalHealth.SEVERE)
    ):
        household.social_problems = Fact.YES


def _settle_shis(rng: np.random.Generator, draft: Draft) -> None:
    household = draft.household
    household.registered_in_stockholm = Fact.YES
    household.active_case = Fact.YES
    shares = people("residents")
    months = int(days_since(household.moved_in_on or DEMO_AS_OF) / MONTH_DAYS)
    if chance(rng, shares["shis_before"]):
        months += between(rng, *shares["shis_before_months"])
    if min(draft.ages) >= 65 and chance(rng, shares["shis_seniors_near_five_years"]):
        months = between(rng, *shares["shis_months_near_five_years"])
    used_up = chance(rng, shares["shis_five_years_used_up"])
    household.shis_months = (
        between(rng, *people("facts")["shis_months_used_up"]) if used_up else min(months, 59)
    )


def _settle_form(rng: np.random.Generator, draft: Draft, pool: Pool) -> None:
    """What single forms ask for; whoever lives in a training flat may since have lost the barrier."""
    household = draft.household
    if pool.form == "akutboende":
        household.pregnant = Fact.NO
        if max(draft.ages) >= 65:
            household.accepts_emergency_shelter = Fact.YES
    elif pool.form == "forsokslagenhet":
        household.first_hand_barrier = Fact.YES
    elif pool.form == "traningslagenhet" and household.first_hand_barrier == Fact.NO:
        household.first_hand_barrier = Fact.UNKNOWN
    elif pool.form == "jourlagenhet" and not draft.children:
        household.violence_exposed = Fact.YES
        household.safe_districts = tuple(sorted({*household.safe_districts, pool.district}))
    elif pool.form == "shis_relationsvald":
        household.violence_exposed = Fact.YES
        household.acute_danger = Fact.NO
        household.safe_districts = tuple(sorted({*household.safe_districts, pool.district}))
    elif pool.form == "genomgangsbostad":
        household.housing_search_support = Fact.YES
    elif pool.form == "seniorlagenhet":
        household.shis_months = between(rng, *people("residents")["shis_months_of_seniors_moved"])
