"""What kinds of facts there are about a household, and in which groups they are shown."""

from collections.abc import Mapping

from models.codes import MentalHealth, Mobility, Situation, SubstanceUse, Support

DAYS = {"homeless_since", "situation_ends_on", "moved_in_on", "unavailable_until", "sharing_basis_on"}
CODES = {
    "situation": "situation",
    "support_need": "support",
    "substance_use": "substance_use",
    "mental_health": "mental_health",
    "mobility": "mobility",
    "sharing_basis": "sharing_basis",
}
FORMS = {"preferred_forms", "declined_forms"}
MAY_BE_BLANK = {
    *("situation_ends_on", "moved_in_on", "unavailable_until", "sharing_basis", "sharing_basis_on"),
    *("preferred_districts", "avoid_districts", "safe_districts", "preferred_forms", "declined_forms"),
    *("current_pool_id", "responsible_unit"),
}
"""Where a blank says that there is none, and not that nobody has asked."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "now": (
        *("situation", "homeless_since", "situation_ends_on", "current_pool_id", "moved_in_on"),
        *("responsible_unit", "sharing_basis", "sharing_basis_on", "unavailable_until"),
    ),
    "needs": (
        *("support_need", "substance_use", "mental_health", "social_problems", "mobility"),
        *("violence_exposed", "acute_danger", "pregnant", "pet", "protected_identity"),
    ),
    "wishes": (
        *("wants_women_only", "wants_drug_free", "accepts_emergency_shelter", "preferred_forms"),
        *("declined_forms", "preferred_districts", "avoid_districts", "safe_districts"),
    ),
    "rights": (
        *("right_of_residence", "registered_in_stockholm", "active_case", "first_hand_barrier"),
        *("housing_search_support", "shis_months"),
    ),
}

ELSEWHERE = {
    *("current_pool_id", "moved_in_on", "responsible_unit", "unavailable_until"),
    *("sharing_basis", "sharing_basis_on"),
}
"""Facts that change by what they stand for: an offer, another unit, parking, sharing."""

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "situation": tuple(Situation),
    "support_need": tuple(Support),
    "substance_use": tuple(SubstanceUse),
    "mental_health": tuple(MentalHealth),
    "mobility": tuple(Mobility),
}
"""Codes to choose from; of any other fact that is a code, yes, no and unknown."""
