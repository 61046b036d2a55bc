"""Offers: a place put to a household, and every decision taken on it."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UTCDateTime

from models.codes import DeclinedBy
from models.columns import Code
from models.encryption import ClosedText


class OfferState(StrEnum):
    """Where an offer stands; the last five are its ends."""

    PROPOSED = "proposed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    MOVED_IN = "moved_in"
    ENDED = "ended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


FOLLOWS: dict[OfferState, frozenset[OfferState]] = {
    OfferState.PROPOSED: frozenset({OfferState.OFFERED, OfferState.WITHDRAWN}),
    OfferState.OFFERED: frozenset(
        {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.WITHDRAWN, OfferState.EXPIRED}
    ),
    OfferState.ACCEPTED: frozenset({OfferState.MOVED_IN, OfferState.DECLINED, OfferState.WITHDRAWN}),
    OfferState.MOVED_IN: frozenset({OfferState.ENDED}),
    OfferState.ENDED: frozenset(),
    OfferState.DECLINED: frozenset(),
    OfferState.WITHDRAWN: frozenset(),
    OfferState.EXPIRED: frozenset(),
}
"""States that may follow each state."""

OPEN = (OfferState.PROPOSED, OfferState.OFFERED, OfferState.ACCEPTED)
"""States in which something is still to happen before the household moves in."""


class DeclineReason(StrEnum):
    """Why a household said no, or a provider did; one list, each word for one of them or both."""

    LOCATION = "location"
    HOUSE_RULES = "house_rules"
    SHARED_SPACES = "shared_spaces"
    FEELS_UNSAFE = "feels_unsafe"
    PET = "pet"
    OWN_SOLUTION = "own_solution"
    WANTS_OTHER_FORM = "wants_other_form"
    SCHOOL = "school"
    NOT_REACHED = "not_reached"
    NO_ANSWER = "no_answer"
    PLACE_NOT_READY = "place_not_ready"
    SUPPORT_TOO_SMALL = "support_too_small"
    GROUP_AT_THE_HOUSE = "group_at_the_house"
    THREAT_OR_CONFLICT = "threat_or_conflict"
    OTHER = "other"


class DepartureReason(StrEnum):
    """Why somebody departs from what the plan proposes: another household, a pin or a block."""

    URGENT_NEED = "urgent_need"
    SAFETY = "safety"
    CHILDS_BEST = "childs_best"
    KNOWS_THE_HOUSE = "knows_the_house"
    PROVIDERS_WISH = "providers_wish"
    HOUSEHOLDS_WISH = "households_wish"
    FACT_NOT_IN_THE_DATA = "fact_not_in_the_data"
    OTHER = "other"


class EndReason(StrEnum):
    """Why a stay ended, in the words of the column end_reason (slutorsak) of the stays."""

    OWN_HOME = "eget hem"
    OWN_LEASE = "eget kontrakt"
    HOMELESS_AGAIN = "åter i hemlöshet"
    EVICTED = "vräkt"
    PLACEMENT_ENDED = "placeringen upphörde"
    CARE_OR_TREATMENT = "vård eller behandling"
    HOSPITAL = "sjukhus"
    PRISON = "anstalt"
    LEFT = "lämnade själv"
    MOVED_AWAY = "flyttade från staden"
    DIED = "avliden"
    OTHER_HOUSING = "annat boende"


class Offer(SQLModel):
    """A place put to a household, from a plan or outside it.

    Attributes
    ----------
    run_id, chain, step, in_cycle
        The plan it comes from and its place in a chain or cycle; None outside a plan.
    from_pool_id
        Pool that the household leaves.
    place_number
        The place held for it, once accepted.
    answer_by
        Last day to answer; a no keeps the offer of help open: `next_contact_on` and `next_contact_by`
        say when and by whom.
    departure
        Why it departs from the plan, when it does.
    explanation_hash
        The explanation as it was when the offer was accepted, among the frozen inputs.
    version
        Counts every change, from 1.
    """

    offer_id: str = Field(min_length=1)
    household_id: str = Field(min_length=1)
    pool_id: str = Field(min_length=1)
    from_pool_id: str | None = None
    run_id: int | None = None
    chain: int | None = Field(default=None, ge=1)
    step: int | None = Field(default=None, ge=1)
    in_cycle: bool = False
    state: OfferState = Field(sa_type=Code(OfferState))
    place_number: int | None = Field(default=None, ge=1)
    answer_by: date | None = None
    next_contact_on: date | None = None
    next_contact_by: str | None = None
    departure: DepartureReason | None = Field(default=None, sa_type=Code(DepartureReason))
    explanation_hash: str | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)
    changed_at: datetime = Field(sa_type=UTCDateTime)
    version: int = Field(default=1, ge=1)


class Decision(SQLModel):
    """One step of an offer, by one person; the texts are encrypted at rest.

    Attributes
    ----------
    state
        State that the offer came into.
    declined_by, reason
        Of a no: whose it was, and why; a provider's reason may be given within two days (`reason_due_on`).
    assessment
        The decider's own assessment in a sentence; every acceptance has one.
    child_best_interests, child_view, child_view_missing
        Where there is a child: what is best for the child, and what the child says, or why that is not known.
    """

    decision_id: str = Field(min_length=1)
    offer_id: str = Field(min_length=1)
    at: datetime = Field(sa_type=UTCDateTime)
    actor: str = Field(min_length=1)
    state: OfferState = Field(sa_type=Code(OfferState))
    declined_by: DeclinedBy | None = Field(default=None, sa_type=Code(DeclinedBy))
    reason: DeclineReason | None = Field(default=None, sa_type=Code(DeclineReason))
    reason_due_on: date | None = None
    note: str | None = Field(default=None, sa_type=ClosedText)
    assessment: str | None = Field(default=None, sa_type=ClosedText)
    child_best_interests: str | None = Field(default=None, sa_type=ClosedText)
    child_view: str | None = Field(default=None, sa_type=ClosedText)
    child_view_missing: str | None = Field(default=None, sa_type=ClosedText)
