"""The responsible unit, and where and how people wish to live, or wish not to."""

from collections.abc import Mapping

import numpy as np

from models.codes import Fact, SharingBasis
from scenarios.demo_city.dates import days_ago
from scenarios.demo_city.districts import CITY_WIDE_UNIT, districts
from scenarios.demo_city.drafts import Draft
from scenarios.demo_city.draws import between, chance, draw, one_of
from scenarios.demo_city.figures import people


def give_unit(rng: np.random.Generator, draft: Draft) -> None:
    """The unit with the case, and whether the city's placement function may see it.

    The unit for homeless people takes adults over 20 without children whom no district has, save those
    of 18-25, those of 65 and over, and whoever is pregnant; they belong to a district.
    """
    shares = people("responsibility")
    household = draft.household
    may_be_city_wide = (
        not draft.children and household.pregnant != Fact.YES and all(26 <= age <= 64 for age in draft.ages)
    )
    if chance(rng, shares["unknown"]):
        household.responsible_unit = None
    elif may_be_city_wide and chance(rng, shares["unit_for_homeless_people"]):
        household.responsible_unit = CITY_WIDE_UNIT
    else:
        household.responsible_unit = draw(rng, shares["districts"])
    basis = draw(rng, shares["sharing_basis"])
    if basis != "own_unit_only":
        household.sharing_basis = SharingBasis(basis)
        household.sharing_basis_on = days_ago(between(rng, *shares["sharing_days_ago"]))


def give_wishes(rng: np.random.Generator, draft: Draft) -> None:
    """Districts preferred, avoided and safe; forms preferred and declined."""
    shares = people("wishes")
    household = draft.household
    own = household.responsible_unit if household.responsible_unit in districts() else None
    preferred: list[str] = []
    for number in range(int(draw(rng, shares["preferred_districts"]))):
        first = own and number == 0 and chance(rng, shares["own_district_first"])
        district = own if first and own else one_of(rng, districts())
        if district not in preferred:
            preferred.append(district)
    household.preferred_districts = tuple(preferred)
    if chance(rng, shares["avoids_a_district"]):
        avoided = one_of(rng, [district for district in districts() if district not in preferred])
        household.avoid_districts = (avoided,)
    if Fact.YES in (household.violence_exposed, household.protected_identity):
        _give_safe_districts(rng, draft, own)
    table = shares["preferred_forms_family" if draft.children else "preferred_forms"]
    # A senior flat is a wish of those who may have one.
    senior = min(draft.ages) >= 65
    forms = {form: share for form, share in table.items() if form != "seniorlagenhet" or senior}
    household.preferred_forms = _forms(rng, shares["prefers_a_form"], forms)
    if not draft.children:
        household.declined_forms = _forms(rng, shares["declines_a_form"], shares["declined_forms"])


def _give_safe_districts(rng: np.random.Generator, draft: Draft, own: str | None) -> None:
    household = draft.household
    household.preferred_districts = tuple(name for name in household.preferred_districts if name != own)
    if chance(rng, people("wishes")["names_safe_districts"]):
        unsafe = {own, *household.avoid_districts}
        named = {one_of(rng, districts()) for _ in range(between(rng, *people("wishes")["safe_districts"]))}
        household.safe_districts = tuple(sorted(named - unsafe))


def _forms(rng: np.random.Generator, share: float, forms: Mapping[str, float]) -> tuple[str, ...]:
    if not chance(rng, share):
        return ()
    return tuple(
        dict.fromkeys(draw(rng, forms) for _ in range(between(rng, *people("wishes")["forms_named"])))
    )
