"""Rules of single forms: whom Bostad först, trial flats, shelters, SHIS and senior homes are for."""

from models.codes import Situation, SubstanceUse, Support

from .city import has_ill_health, is_acute, step, use_is, uses_or_used
from .logic import Verdict, all_of, any_of, fact, verdict
from .pair import Pair

TRIAL = ("forsokslagenhet", "traningslagenhet")
SHIS = ("genomgangsbostad", "shis_avtalat", "shis_relationsvald", "shis_stod")


def residence(pair: Pair) -> Verdict | None:
    if pair.pool.form == "akutboende":
        return None
    return verdict(fact(pair.household.right_of_residence))


def long_term(pair: Pair) -> Verdict | None:
    if pair.pool.form != "bostad_forst":
        return None
    return verdict(pair.city.long_homeless(pair.household))


def complex_needs(pair: Pair) -> Verdict | None:
    if pair.pool.form != "bostad_forst":
        return None
    uses, ill = uses_or_used(pair.household), has_ill_health(pair.household)
    much_support = step(pair.household.support_need) >= step(Support.DAILY)
    return verdict(any_of([all_of([uses, ill]), all_of([much_support, any_of([uses, ill])])]))


def support_group(pair: Pair) -> Verdict | None:
    if pair.pool.form not in TRIAL:
        return None
    home = pair.household
    needs_support = step(home.support_need) >= step(Support.VISITING)
    because = any_of([uses_or_used(home), has_ill_health(home), fact(home.social_problems)])
    return verdict(all_of([needs_support, because]))


def not_first_hand(pair: Pair) -> Verdict | None:
    if pair.pool.form not in TRIAL:
        return None
    return verdict(fact(pair.household.first_hand_barrier))


def family_or_violence(pair: Pair) -> Verdict | None:
    if pair.pool.form != "jourlagenhet":
        return None
    home = pair.household
    return verdict(any_of([bool(pair.children), fact(home.pregnant), fact(home.violence_exposed)]))


def shelter_adults(pair: Pair) -> Verdict | None:
    if pair.pool.form != "akutboende":
        return None
    if pair.children:
        return "fail"
    return "pass" if all(pair.city.age(adult) >= 21 for adult in pair.adults) else "fail"


def shelter_need(pair: Pair) -> Verdict | None:
    if pair.pool.form != "akutboende":
        return None
    home = pair.household
    needs = any_of([use_is(home, SubstanceUse.ACTIVE), has_ill_health(home)])
    return verdict(all_of([is_acute(home), needs]))


def shelter_elderly(pair: Pair) -> Verdict | None:
    if pair.pool.form != "akutboende" or not any(pair.city.age(adult) >= 65 for adult in pair.adults):
        return None
    return verdict(fact(pair.household.accepts_emergency_shelter))


def shelter_discharge(pair: Pair) -> Verdict | None:
    if pair.pool.form != "akutboende":
        return None
    return "fail" if pair.household.situation in (Situation.HOSPITAL, Situation.PRISON) else "pass"


def shis_basic(pair: Pair) -> Verdict | None:
    if pair.pool.form not in SHIS:
        return None
    home = pair.household
    return verdict(all_of([fact(home.registered_in_stockholm), fact(home.active_case)]))


def shis_time(pair: Pair) -> Verdict | None:
    if pair.pool.form not in SHIS:
        return None
    months = pair.household.shis_months
    return verdict(None if months is None else months < 60)


def violence_form(pair: Pair) -> Verdict | None:
    if pair.pool.form != "shis_relationsvald":
        return None
    danger = fact(pair.household.acute_danger)
    past_the_acute = None if danger is None else not danger
    return verdict(all_of([fact(pair.household.violence_exposed), past_the_acute]))


def transit_family(pair: Pair) -> Verdict | None:
    if pair.pool.form != "genomgangsbostad":
        return None
    home = pair.household
    helped = all_of([pair.city.long_homeless(home), fact(home.housing_search_support)])
    stability = any_of([fact(child.special_stability_need) for child in pair.children])
    return verdict(all_of([bool(pair.children), any_of([helped, stability])]))


def care_need(pair: Pair) -> Verdict | None:
    if pair.pool.form not in ("omvardnadsboende", "vard_och_omsorgsboende"):
        return None
    return "pass" if pair.household.support_need == Support.CARE else "fail"


def elderly_form(pair: Pair) -> Verdict | None:
    if pair.pool.form not in ("seniorlagenhet", "utredningsplats_65"):
        return None
    return "pass" if all(pair.city.age(adult) >= 65 for adult in pair.adults) else "fail"


def senior_move(pair: Pair) -> Verdict | None:
    if pair.pool.form != "seniorlagenhet":
        return None
    months = pair.household.shis_months
    five_years_near = None if months is None else months >= 48
    little_support = step(pair.household.support_need) <= step(Support.VISITING)
    return verdict(all_of([five_years_near, little_support]))


def drug_free_assessment(pair: Pair) -> Verdict | None:
    if pair.pool.form != "utredningsplats_65":
        return None
    if pair.household.substance_use == SubstanceUse.UNKNOWN:
        return "unknown"
    return "fail" if pair.household.substance_use == SubstanceUse.ACTIVE else "pass"
