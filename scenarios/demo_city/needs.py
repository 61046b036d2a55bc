"""Use, mental health, support and time in homelessness of the counted, within exact totals."""

from collections.abc import Mapping, Sequence

import numpy as np

from models.codes import DrugPolicy, MentalHealth, Sex, Situation, SubstanceUse, Support
from models.stock import Pool
from scenarios.demo_city.drafts import Draft
from scenarios.demo_city.draws import chance, draw, pick_exactly
from scenarios.demo_city.figures import people
from scenarios.demo_city.stock import NOT_OVERSTAFFED_FORMS

LADDER = tuple(Support)
EVERY_STEP = (Support.NONE, Support.CARE)
# Least and most support that people in a form need; staffed houses and care homes decide it themselves.
SUPPORT_OF_FORM = {
    "forsokslagenhet": (Support.VISITING, Support.DAILY),
    "traningslagenhet": (Support.VISITING, Support.DAILY),
    "jourlagenhet": (Support.NONE, Support.DAILY),
    "akutboende": (Support.NONE, Support.AROUND_THE_CLOCK),
    "utredningsplats_65": (Support.NONE, Support.AROUND_THE_CLOCK),
}


def give_needs(rng: np.random.Generator, drafts: Sequence[Draft]) -> None:
    """Gives the counted households their needs and marks who is long homeless.

    579 have active use and mental ill-health together; 24 % of the adults need no support; 554 women and
    1,187 men have been homeless for six months or more. Couples carry none of the 579, and their shares of
    the other totals are fixed beforehand.
    """
    mark_relapsed(rng, drafts)
    together = pick_exactly(
        rng,
        [_weight_together(draft) for draft in drafts],
        people("totals")["use_with_mental_ill_health"],
    )
    for draft, both in zip(drafts, together, strict=True):
        _give_use_and_mental(rng, draft, bool(both))
    _give_support(rng, drafts)
    _mark_long_term(rng, drafts)


def mark_relapsed(rng: np.random.Generator, drafts: Sequence[Draft]) -> None:
    """Marks the few in drug-free houses who use again: the house has become the wrong one for them."""
    sober = [draft for draft in drafts if draft.pool and draft.pool.drug_policy == DrugPolicy.DRUG_FREE]
    marked = pick_exactly(rng, np.ones(len(sober)), round(people("residents")["relapsed"] * len(sober)))
    for draft, relapsed in zip(sober, marked, strict=True):
        draft.relapsed = bool(relapsed)


def set_use_and_mental(draft: Draft, pair: str) -> None:
    """Sets use and mental health from a key such as `past|some`."""
    use, mental = pair.split("|")
    draft.household.substance_use = SubstanceUse(use)
    draft.household.mental_health = MentalHealth(mental)


def severity(draft: Draft) -> str:
    """What weighs most: `co_occurring`, `severe`, `use`, `mental` or `neither`."""
    mental = draft.household.mental_health
    if draft.uses and mental in (MentalHealth.SOME, MentalHealth.SEVERE):
        return "co_occurring"
    if mental == MentalHealth.SEVERE:
        return "severe"
    if draft.uses:
        return "use"
    return "mental" if mental == MentalHealth.SOME else "neither"


def house_support(rng: np.random.Generator, draft: Draft, pool: Pool) -> Support:
    """Need of someone in a staffed house: what the house gives, a step less when ready to move on."""
    step = LADDER.index(pool.staffing)
    if chance(rng, people("residents")["needs_more_now"]) and step < len(LADDER) - 2:
        draft.outgrown = True
        return LADDER[step + 1]
    draft.ready = chance(rng, people("residents")["ready_to_move_on"])
    return LADDER[max(step - 1, 1)] if draft.ready else pool.staffing


def drawn_support(rng: np.random.Generator, draft: Draft, shares: Mapping[str, float]) -> Support:
    """Need drawn by shares, or set by the pool where the pool decides what it can be."""
    pool = draft.pool
    if pool and pool.form in NOT_OVERSTAFFED_FORMS:
        return house_support(rng, draft, pool)
    if pool and pool.form in ("omvardnadsboende", "vard_och_omsorgsboende"):
        return Support.CARE
    least, most = SUPPORT_OF_FORM.get(pool.form, EVERY_STEP) if pool else EVERY_STEP
    if pool and pool.form == "bostad_forst" and severity(draft) != "co_occurring":
        least = Support.DAILY
    steps = LADDER[LADDER.index(least) : LADDER.index(most) + 1]
    return Support(draw(rng, {key: share for key, share in shares.items() if Support(key) in steps}))


def _weight_together(draft: Draft) -> float:
    if len(draft.sexes) > 1:
        return 0.0
    tilt = people("weights")
    weight = tilt["co_occurring"]["tolerant_house" if draft.relapsed else draft.place]
    return float(weight * (tilt["co_occurring_woman"] if draft.all_women else 1.0))


def _give_use_and_mental(rng: np.random.Generator, draft: Draft, together: bool) -> None:
    if together:
        pair = "active|severe" if chance(rng, people("weights")["co_occurring_severe"]) else "active|some"
    elif draft.relapsed:
        pair = "active|none"
    else:
        pair = draw(rng, people("use_and_mental")[draft.place])
    set_use_and_mental(draft, pair)


def _give_support(rng: np.random.Generator, drafts: Sequence[Draft]) -> None:
    """24 % of the adults need none; which couples do was fixed when they were made."""
    couples = [draft for draft in drafts if len(draft.sexes) > 1]
    singles = [draft for draft in drafts if len(draft.sexes) == 1]
    adults = sum(len(draft.sexes) for draft in drafts)
    wanted = round(people("orientation")["without_support"] * adults)
    wanted -= sum(len(draft.sexes) for draft in couples if draft.without_support)
    tilt = people("weights")["without_support"]
    free = [tilt[severity(draft)] if _may_need_none(draft) else 0.0 for draft in singles]
    for draft, without in zip(singles, pick_exactly(rng, free, wanted), strict=True):
        draft.without_support = bool(without)
    for draft in drafts:
        if draft.without_support:
            draft.household.support_need = Support.NONE
        else:
            draft.household.support_need = drawn_support(rng, draft, people("support")[severity(draft)])


def _may_need_none(draft: Draft) -> bool:
    """Supported housing and training flats are for people who need support."""
    return draft.household.situation not in (Situation.SUPPORTED_HOUSING, Situation.TRAINING_FLAT)


def _mark_long_term(rng: np.random.Generator, drafts: Sequence[Draft]) -> None:
    tilt = people("weights")["long_term"]
    for sex in (Sex.WOMAN, Sex.MAN):
        singles = [draft for draft in drafts if draft.sexes == (sex,)]
        taken = sum(draft.sexes.count(sex) for draft in drafts if len(draft.sexes) > 1 and draft.long_term)
        weights = [tilt[draft.household.situation.value] for draft in singles]
        marked = pick_exactly(rng, weights, people("totals")["long_term"][sex.value] - taken)
        for draft, long_term in zip(singles, marked, strict=True):
            draft.long_term = bool(long_term)
