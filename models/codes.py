"""Coded values of a dataset: the answers a form allows, each with its rank where it has one."""

from enum import StrEnum


class Fact(StrEnum):
    """A three-valued fact. Unknown is a third answer and is never treated as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Situation(StrEnum):
    """Where a household lives today (boendesituation)."""

    ROUGH_SLEEPING = "rough_sleeping"
    EMERGENCY_SHELTER = "emergency_shelter"
    HOTEL_HOSTEL = "hotel_hostel"
    EMERGENCY_FLAT = "emergency_flat"
    FRIENDS_TEMPORARY = "friends_temporary"
    HOSPITAL = "hospital"
    TREATMENT_INSTITUTION = "treatment_institution"
    PRISON = "prison"
    SUPPORTED_HOUSING = "supported_housing"
    TRAINING_FLAT = "training_flat"
    TRANSITIONAL = "transitional"
    INSECURE_TENANCY = "insecure_tenancy"
    EVICTION_RISK = "eviction_risk"
    HOUSED = "housed"


class Support(StrEnum):
    """Ladder of support: what a household needs, and how a pool is staffed (rank = position)."""

    NONE = "none"
    VISITING = "visiting"
    DAILY = "daily"
    AROUND_THE_CLOCK = "around_the_clock"
    CARE = "care"


class SubstanceUse(StrEnum):
    """Harmful use of alcohol or drugs, as the case records it."""

    NONE = "none"
    PAST = "past"
    ACTIVE = "active"
    UNKNOWN = "unknown"


class MentalHealth(StrEnum):
    """Mental ill-health, as the case records it."""

    NONE = "none"
    SOME = "some"
    SEVERE = "severe"
    UNKNOWN = "unknown"


class Mobility(StrEnum):
    """Ladder of access: a household's need, or what a pool serves (none 0, step_free 1, wheelchair 2)."""

    NONE = "none"
    STEP_FREE = "step_free"
    WHEELCHAIR = "wheelchair"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """Sex of a member, as told."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"
    UNKNOWN = "unknown"


class Admits(StrEnum):
    """Whom a pool admits by sex."""

    WOMEN = "women"
    MEN = "men"
    ALL = "all"


class DrugPolicy(StrEnum):
    """How a pool regards drug use on the premises."""

    TOLERANT = "tolerant"
    DRUG_FREE = "drug_free"
    NOT_REGULATED = "not_regulated"


class DeclinedBy(StrEnum):
    """Who said no to an offer; a blank counts as the household."""

    HOUSEHOLD = "household"
    PROVIDER = "provider"


class SharingBasis(StrEnum):
    """Ground on which a case may be seen outside its responsible unit."""

    CONSENT = "consent"
    LAW = "law"
