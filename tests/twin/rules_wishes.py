"""Rules about what the household has said, where it is safe, and what it comes from."""

from datetime import timedelta

from models.codes import Admits, DeclinedBy, DrugPolicy, Fact, SubstanceUse
from models.households import Member

from .city import all_women, sheltering
from .logic import Truth, Verdict, all_of, verdict
from .pair import Pair

NOT_A_REASON_TO_MOVE = ("open", "step_up", "recent_decline", "declined_form")


def relapse_safe(pair: Pair) -> Verdict | None:
    if pair.pool.drug_policy != DrugPolicy.DRUG_FREE:
        return None
    if pair.household.substance_use == SubstanceUse.UNKNOWN:
        return "unknown"
    return "fail" if pair.household.substance_use == SubstanceUse.ACTIVE else "pass"


def drug_free_wish(pair: Pair) -> Verdict | None:
    if pair.pool.drug_policy != DrugPolicy.TOLERANT:
        return None
    wants, use = pair.household.wants_drug_free, pair.household.substance_use
    if wants == Fact.NO:
        return "pass"
    if wants == Fact.UNKNOWN:
        return "unknown" if use == SubstanceUse.PAST else "pass"
    return "unknown" if use in (SubstanceUse.ACTIVE, SubstanceUse.UNKNOWN) else "fail"


def women_only_wish(pair: Pair) -> Verdict | None:
    if pair.pool.admits == Admits.WOMEN or pair.form.own_flat:
        return None
    if pair.household.wants_women_only == Fact.NO:
        return "pass"
    if pair.household.wants_women_only == Fact.YES:
        return "fail"
    at_risk = pair.household.violence_exposed == Fact.YES and all_women(pair.adults)
    return "unknown" if at_risk else "pass"


def avoid_district(pair: Pair) -> Verdict | None:
    return "fail" if pair.pool.district in pair.household.avoid_districts else "pass"


def safe_district(pair: Pair) -> Verdict | None:
    if not sheltering(pair.household):
        return None
    district = pair.pool.district
    if district in pair.household.safe_districts:
        return "pass"
    if pair.household.responsible_unit is None or pair.household.responsible_unit == district:
        return "unknown"
    for child in pair.children:
        if child.school_id is not None and pair.city.school_district[child.school_id] == district:
            return "unknown"
    return "pass"


def declined_form(pair: Pair) -> Verdict | None:
    return "fail" if pair.pool.form in pair.household.declined_forms else "pass"


def recent_decline(pair: Pair) -> Verdict | None:
    day = pair.city.as_of
    for decline in pair.city.declines[pair.household.household_id]:
        if decline.pool_id != pair.pool.pool_id:
            continue
        if decline.by == DeclinedBy.PROVIDER:
            if day - timedelta(60) <= decline.declined_on <= day:
                return "fail"
        elif pair.form.level != 0 and day - timedelta(14) <= decline.declined_on <= day:
            return "fail"
    return "pass"


def school_limit(age: int) -> int:
    """Longest way to school in minutes for a child of this age."""
    if age < 10:
        return 30
    if age <= 12:
        return 40
    return 50 if age <= 15 else 60


def school_of(pair: Pair, child: Member) -> Truth:
    """Whether one child can keep the school; None when that is to be asked."""
    years = pair.city.age(child)
    if child.school_id is None:
        return None if 6 <= years <= 15 else True
    new = pair.city.minutes.get((pair.pool.district, child.school_id))
    if new is None:
        return None
    if new <= school_limit(years):
        return True
    here = pair.city.current_pool(pair.household)
    if here is None:
        return False
    now = pair.city.minutes.get((here.district, child.school_id))
    if now is None:
        return None
    return new <= now


def school_continuity(pair: Pair) -> Verdict | None:
    if pair.form.level >= 3 or sheltering(pair.household) or not pair.children:
        return None
    return verdict(all_of([school_of(pair, child) for child in pair.children]))
