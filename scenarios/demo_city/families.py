"""Families: the 364 with children in insecure housing, and those who already live in trial flats."""

import numpy as np

from models.codes import Fact, MentalHealth, Sex, Situation
from models.stock import Pool
from scenarios.demo_city.ages import draw_ages
from scenarios.demo_city.districts import distance_km, districts, schools
from scenarios.demo_city.drafts import FAMILY, Child, Draft, References, new_draft
from scenarios.demo_city.draws import between, chance, draw, one_of, pick_exactly
from scenarios.demo_city.figures import people
from scenarios.demo_city.needs import drawn_support, set_use_and_mental
from scenarios.demo_city.stock import occupancy, pools

FAMILY_FORMS_OF = {
    Situation.EMERGENCY_FLAT: ("jourlagenhet",),
    Situation.TRANSITIONAL: ("genomgangsbostad", "shis_avtalat", "shis_relationsvald"),
    Situation.SUPPORTED_HOUSING: ("famvux",),
    Situation.TRAINING_FLAT: ("traningslagenhet",),
}


def families(rng: np.random.Generator, references: References) -> list[Draft]:
    """All families: 364 whose situation is not `housed`, 22 % of them there because of violence.

    Raises
    ------
    ValueError
        When the stock has more homes for families in a situation than there are families in it.
    """
    drafts = []
    trial = _places("forsokslagenhet")
    # Trial-flat families whose lease is at risk count among the 364; the others are housed.
    at_risk = pick_exactly(rng, np.ones(len(trial)), people("family_shares")["trial_flats_at_risk"])
    housed = [pool for pool, risk in zip(trial, at_risk, strict=True) if not risk]
    for situation in (Situation(key) for key in people("families")["situations"]):
        homes = _places(*FAMILY_FORMS_OF.get(situation, ()))
        if situation == Situation.EVICTION_RISK:
            homes = [pool for pool, risk in zip(trial, at_risk, strict=True) if risk]
        number = people("families")["situations"][situation.value]
        if len(homes) > number:
            raise ValueError(f"more resident families than {number} in {situation}: mend stock.toml")
        drafts += [_family(rng, references, situation, pool) for pool in homes]
        drafts += [_family(rng, references, situation, None) for _ in range(number - len(homes))]
    _mark_violence(rng, drafts)
    drafts += [_family(rng, references, Situation.HOUSED, pool) for pool in housed]
    for draft in drafts:
        _give_family(rng, draft)
    return drafts


def give_schools(rng: np.random.Generator, draft: Draft) -> None:
    """Sends children to a pre-school (1-5), a school (6-15) or an upper secondary (16-17) near the family.

    Near is the responsible district, the family's last home. Some have no school on record.
    """
    shares = people("family_shares")
    unit = draft.household.responsible_unit
    home = unit if unit in districts() and unit else one_of(rng, districts())
    if not chance(rng, shares["school_near_home"]):
        home = one_of(rng, sorted(districts(), key=lambda other: distance_km(home, other))[1:5])
    for child in draft.children:
        kind = "preschool" if child.age < 6 else "compulsory" if child.age < 16 else "upper"
        near = schools().by_kind[kind]
        if child.age >= 1 and chance(rng, shares["at_school"][kind]):
            place = min(near, key=lambda other: distance_km(home, other))
            child.school_id = one_of(rng, near[place])


def _places(*forms: str) -> list[Pool]:
    return [pool for pool in pools() if pool.form in forms for _ in range(occupancy()[pool.pool_id].families)]


def _family(
    rng: np.random.Generator, references: References, situation: Situation, pool: Pool | None
) -> Draft:
    shares = people("family_shares")
    sexes = tuple(Sex(sex) for sex in draw(rng, shares["adults"]).split("|"))
    number = int(draw(rng, shares["children"]))
    if pool and pool.max_persons:
        number = min(number, pool.max_persons - 1)
        sexes = sexes[: pool.max_persons - number]
    if pool and pool.form == "shis_relationsvald":
        sexes = (Sex.WOMAN,)
    draft = new_draft(references.deal(FAMILY), situation, sexes, pool)
    one_age = between(rng, *shares["age_of_one_child"])
    ages = [one_age] + [
        min(17, one_age + between(rng, *shares["siblings_older_by"])) for _ in range(number - 1)
    ]
    draft.children = [
        Child(
            age=age,
            sex=Sex.WOMAN if chance(rng, shares["girls"]) else Sex.MAN,
            special_stability_need=Fact(draw(rng, shares["special_stability_need"])),
        )
        for age in sorted(ages, reverse=True)
    ]
    return draft


def _mark_violence(rng: np.random.Generator, drafts: list[Draft]) -> None:
    """Exactly 22 % are there because of violence: all in that SHIS form, and most with mothers alone."""
    tilt = people("weights")["violence"]
    weights = []
    for draft in drafts:
        if draft.pool and draft.pool.form == "shis_relationsvald":
            weights.append(np.inf)
        elif not draft.all_women:
            weights.append(tilt["other"])
        else:
            in_flat = draft.household.situation == Situation.EMERGENCY_FLAT
            weights.append(tilt["mother_alone_emergency_flat" if in_flat else "mother_alone"])
    number = round(people("orientation")["families_because_of_violence"] * len(drafts))
    for draft, exposed in zip(drafts, pick_exactly(rng, weights, number), strict=True):
        draft.household.violence_exposed = Fact.YES if exposed else Fact.UNKNOWN


def _give_family(rng: np.random.Generator, draft: Draft) -> None:
    shares = people("family_shares")
    oldest_child = draft.children[0].age
    # A parent is grown up when the eldest is born.
    bands = {band: share for band, share in shares["adult_ages"].items() if _reaches(band, oldest_child + 18)}
    draw_ages(rng, draft, bands)
    draft.ages = [max(age, oldest_child + 18) for age in draft.ages]
    supported = draft.pool and draft.pool.form in ("forsokslagenhet", "traningslagenhet", "famvux")
    set_use_and_mental(draft, draw(rng, shares["use_and_mental_in_flat" if supported else "use_and_mental"]))
    draft.household.support_need = drawn_support(rng, draft, shares["support"])
    if supported and draft.household.mental_health == MentalHealth.NONE and not draft.uses:
        draft.household.social_problems = Fact.YES
    draft.long_term = chance(rng, shares["long_term"])


def _reaches(band: str, age: int) -> bool:
    return int(band.split("-")[1]) >= age
