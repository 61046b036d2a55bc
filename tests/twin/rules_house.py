"""Rules about what the house is: open, whom it admits, its size, access and staffing."""

from models.codes import Admits, DrugPolicy, Fact, Mobility, Sex, Support

from .city import has_ill_health, step, uses_or_used
from .logic import Verdict, any_of, fact, verdict
from .pair import Pair

STAFFED_GROUP = ("stodboende", "planeringsboende", "shis_stod", "famvux", "upphandlad")
ACCESS = [Mobility.NONE, Mobility.STEP_FREE, Mobility.WHEELCHAIR]


def open_today(pair: Pair) -> Verdict | None:
    day, pool = pair.city.as_of, pair.pool
    if pool.opens_on is not None and pool.opens_on > day:
        return "fail"
    if pool.closes_on is not None and day >= pool.closes_on:
        return "fail"
    return "pass"


def admits(pair: Pair) -> Verdict | None:
    if pair.pool.admits == Admits.ALL:
        return None
    wanted = Sex.WOMAN if pair.pool.admits == Admits.WOMEN else Sex.MAN
    refused = Sex.MAN if pair.pool.admits == Admits.WOMEN else Sex.WOMAN
    if any(adult.sex == refused for adult in pair.adults):
        return "fail"
    if all(adult.sex == wanted for adult in pair.adults):
        return "pass"
    return "unknown"


def children_accepted(pair: Pair) -> Verdict | None:
    if not pair.children:
        return None
    if pair.pool.children == Fact.YES:
        return "pass"
    if pair.pool.children == Fact.NO:
        return "fail"
    return "pass" if pair.form.own_flat else "unknown"


def child_environment(pair: Pair) -> Verdict | None:
    if not pair.children:
        return None
    return "fail" if pair.pool.drug_policy == DrugPolicy.TOLERANT else "pass"


def age(pair: Pair) -> Verdict | None:
    if pair.pool.min_age is None and pair.pool.max_age is None:
        return None
    for adult in pair.adults:
        years = pair.city.age(adult)
        if pair.pool.min_age is not None and years < pair.pool.min_age:
            return "fail"
        if pair.pool.max_age is not None and years > pair.pool.max_age:
            return "fail"
    return "pass"


def size(pair: Pair) -> Verdict | None:
    if pair.pool.max_persons is None:
        return None
    return "pass" if len(pair.members) <= pair.pool.max_persons else "fail"


def mobility(pair: Pair) -> Verdict | None:
    served = ACCESS.index(pair.pool.mobility)
    if pair.household.mobility == Mobility.UNKNOWN:
        return "pass" if pair.pool.mobility == Mobility.WHEELCHAIR else "unknown"
    return "pass" if served >= ACCESS.index(pair.household.mobility) else "fail"


def support(pair: Pair) -> Verdict | None:
    need = step(pair.household.support_need)
    if step(pair.pool.staffing) >= need:
        return "pass"
    if pair.form.own_flat and need <= step(Support.DAILY):
        return "pass"
    if pair.pool.form == "bostad_forst" or pair.form.level == 0:
        return "unknown"
    return "fail"


def not_overstaffed(pair: Pair) -> Verdict | None:
    if pair.pool.form not in STAFFED_GROUP:
        return None
    return "pass" if step(pair.pool.staffing) <= step(pair.household.support_need) + 1 else "fail"


def staffed_group(pair: Pair) -> Verdict | None:
    if pair.pool.form not in STAFFED_GROUP:
        return None
    home = pair.household
    return verdict(any_of([uses_or_used(home), has_ill_health(home), fact(home.social_problems)]))


def pets(pair: Pair) -> Verdict | None:
    if pair.pool.pets != Fact.NO:
        return None
    if pair.household.pet == Fact.NO:
        return "pass"
    return "fail" if pair.household.pet == Fact.YES else "unknown"
