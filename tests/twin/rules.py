"""All rules in the order of the table, what an unknown does to each, and what they come to for a pair."""

from collections.abc import Callable
from typing import Literal

from models.households import Household
from models.stock import Pool

from . import rules_forms as forms
from . import rules_house as house
from . import rules_wishes as wishes
from .city import City
from .logic import Verdict
from .pair import Pair

Eligibility = Literal["yes", "no", "unknown"]
Rule = Callable[[Pair], Verdict | None]


def step_up(pair: Pair) -> Verdict | None:
    """The next place lies higher, unless the present one ends or no longer fits."""
    city, home = pair.city, pair.household
    here = city.present_level(home)
    if here is None:
        return None
    if pair.form.level > here or city.ends(home, 14):
        return "pass"
    if pair.form.level == here and (city.ends(home, 90) or misplaced(city, home)):
        return "pass"
    return "fail"


def misplaced(city: City, household: Household) -> bool:
    """Whether a rule about the place itself fails where the household lives now."""
    pool = city.current_pool(household)
    if pool is None:
        return False
    pair = Pair(city, household, pool)
    for rule_id, rule in RULES.items():
        if rule_id not in wishes.NOT_A_REASON_TO_MOVE and rule(pair) == "fail":
            return True
    return False


RULES: dict[str, Rule] = {
    "open": house.open_today,
    "admits": house.admits,
    "children_accepted": house.children_accepted,
    "child_environment": house.child_environment,
    "age": house.age,
    "size": house.size,
    "mobility": house.mobility,
    "support": house.support,
    "not_overstaffed": house.not_overstaffed,
    "staffed_group": house.staffed_group,
    "pets": house.pets,
    "relapse_safe": wishes.relapse_safe,
    "drug_free_wish": wishes.drug_free_wish,
    "women_only_wish": wishes.women_only_wish,
    "avoid_district": wishes.avoid_district,
    "safe_district": wishes.safe_district,
    "declined_form": wishes.declined_form,
    "step_up": step_up,
    "recent_decline": wishes.recent_decline,
    "school_continuity": wishes.school_continuity,
    "residence": forms.residence,
    "long_term": forms.long_term,
    "complex_needs": forms.complex_needs,
    "support_group": forms.support_group,
    "not_first_hand": forms.not_first_hand,
    "family_or_violence": forms.family_or_violence,
    "shelter_adults": forms.shelter_adults,
    "shelter_need": forms.shelter_need,
    "shelter_elderly": forms.shelter_elderly,
    "shelter_discharge": forms.shelter_discharge,
    "shis_basic": forms.shis_basic,
    "shis_time": forms.shis_time,
    "violence_form": forms.violence_form,
    "transit_family": forms.transit_family,
    "care_need": forms.care_need,
    "elderly_form": forms.elderly_form,
    "senior_move": forms.senior_move,
    "drug_free_assessment": forms.drug_free_assessment,
}

ASK = ("mobility", "support", "pets", "drug_free_wish", "school_continuity", "shis_time")
"""Rules whose unknown rides along as a question; the unknown of any other rule holds the pair back."""


def verdicts(city: City, household: Household, pool: Pool) -> dict[str, Verdict]:
    """Verdict of every rule that applies to the pair, in the order of the table."""
    found: dict[str, Verdict] = {}
    for rule_id, rule in RULES.items():
        answer = rule(Pair(city, household, pool))
        if answer is not None:
            found[rule_id] = answer
    return found


def eligibility(city: City, household: Household, pool: Pool) -> Eligibility:
    """`no` on any fail, else `unknown` on any unknown that holds, else `yes`."""
    found = verdicts(city, household, pool)
    if "fail" in found.values():
        return "no"
    for rule_id, answer in found.items():
        if answer == "unknown" and rule_id not in ASK:
            return "unknown"
    return "yes"


def asks(city: City, household: Household, pool: Pool) -> list[str]:
    """Questions that ride along on an eligible pair, by rule id in the order of the table."""
    if eligibility(city, household, pool) != "yes":
        return []
    return [rule_id for rule_id, answer in verdicts(city, household, pool).items() if answer == "unknown"]
