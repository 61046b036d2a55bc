"""Childless households outside the count: SHIS, trial flats, Bostad först, care homes, and homes at risk."""

from typing import Any

import numpy as np

from models.codes import Admits, Sex, Situation
from models.stock import Pool
from scenarios.demo_city.ages import draw_ages
from scenarios.demo_city.drafts import SINGLE, Draft, References, new_draft
from scenarios.demo_city.draws import chance, draw
from scenarios.demo_city.figures import people
from scenarios.demo_city.needs import drawn_support, mark_relapsed, set_use_and_mental
from scenarios.demo_city.stock import occupancy, pools

TRANSITIONAL_FORMS = ("shis_avtalat", "shis_relationsvald", "shis_stod")
LASTING_FORMS = ("bostad_forst", "forsokslagenhet", "seniorlagenhet", "vard_och_omsorgsboende")


def outside_households(rng: np.random.Generator, references: References) -> list[Draft]:
    """Residents that the city does not count as homeless, and people who may lose or have found a home."""
    drafts = []
    for pool in pools():
        if pool.form in TRANSITIONAL_FORMS + LASTING_FORMS:
            drafts += [_resident(rng, references, pool) for _ in range(occupancy()[pool.pool_id].childless)]
    shares = people("outside")["no_place"]
    for key, situation in (
        ("insecure_tenancy", Situation.INSECURE_TENANCY),
        ("eviction_risk", Situation.EVICTION_RISK),
        ("earlier", Situation.HOUSED),
    ):
        for _ in range(shares[key]):
            sex = Sex.WOMAN if chance(rng, shares["women"]) else Sex.MAN
            drafts.append(new_draft(references.deal(SINGLE), situation, (sex,)))
    mark_relapsed(rng, drafts)
    for draft in drafts:
        _give_person(rng, draft, people("outside")[draft.pool.form if draft.pool else "no_place"])
    return drafts


def _resident(rng: np.random.Generator, references: References, pool: Pool) -> Draft:
    shares = people("outside")[pool.form]
    if pool.admits == Admits.ALL:
        sex = Sex.WOMAN if chance(rng, shares["women"]) else Sex.MAN
    else:
        sex = Sex.WOMAN if pool.admits == Admits.WOMEN else Sex.MAN
    situation = Situation.TRANSITIONAL if pool.form in TRANSITIONAL_FORMS else Situation.HOUSED
    if chance(rng, shares["eviction_risk"]):
        situation = Situation.EVICTION_RISK
    return new_draft(references.deal(SINGLE), situation, (sex,), pool)


def _give_person(rng: np.random.Generator, draft: Draft, shares: dict[str, Any]) -> None:
    draw_ages(rng, draft, shares["ages"])
    set_use_and_mental(draft, "active|none" if draft.relapsed else draw(rng, shares["use_and_mental"]))
    draft.household.support_need = drawn_support(rng, draft, shares["support"])
    # Whoever has moved in somewhere lasting was homeless before; the date stays in the case.
    draft.long_term = draft.household.situation in (Situation.TRANSITIONAL, Situation.HOUSED)
