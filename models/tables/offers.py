"""Tables of places one by one, offers and decisions.

That one place goes to one household, and one household gets one place, is held here by unique columns of
`place`: whoever writes second is refused by the database itself.
"""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from models.offers import Decision, Offer
from models.places import Place
from models.plans import Plan
from models.tables.base import checks_of


class PlanRecord(Plan, table=True):
    """A plan at rest."""

    __tablename__ = "plan"
    __table_args__ = (
        *checks_of(Plan),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_at_some_time"),
    )

    run_id: int = Field(primary_key=True, foreign_key="run.id", sa_column_kwargs={"autoincrement": False})


class PlaceRecord(Place, table=True):
    """A place at rest: an occupant lives in one place, a household has one held for it at most."""

    __tablename__ = "place"
    __table_args__ = (
        *checks_of(Place),
        CheckConstraint("(offer_id IS NULL) = (held_for IS NULL)", name="held_by_an_offer"),
    )

    pool_id: str = Field(primary_key=True, min_length=1, foreign_key="pool.pool_id")
    number: int = Field(primary_key=True, ge=1)
    occupant: str | None = Field(default=None, unique=True, foreign_key="household.household_id")
    offer_id: str | None = Field(default=None, unique=True, foreign_key="offer.offer_id")
    held_for: str | None = Field(default=None, unique=True, foreign_key="household.household_id")


class OfferRecord(Offer, table=True):
    """An offer at rest."""

    __tablename__ = "offer"
    __table_args__ = (
        *checks_of(Offer),
        CheckConstraint("from_pool_id <> pool_id", name="moves_somewhere_else"),
        CheckConstraint("(chain IS NULL) = (step IS NULL)", name="chain_and_step_together"),
        CheckConstraint("chain IS NULL OR run_id IS NOT NULL", name="chain_of_a_run"),
    )

    offer_id: str = Field(primary_key=True, min_length=1)
    household_id: str = Field(min_length=1, foreign_key="household.household_id", index=True)
    pool_id: str = Field(min_length=1, foreign_key="pool.pool_id", index=True)
    from_pool_id: str | None = Field(default=None, foreign_key="pool.pool_id")
    run_id: int | None = Field(default=None, foreign_key="run.id", index=True)


class DecisionRecord(Decision, table=True):
    """A decision at rest; its texts are encrypted."""

    __tablename__ = "decision"
    __table_args__ = (
        *checks_of(Decision),
        ForeignKeyConstraint(["offer_id"], ["offer.offer_id"]),
        CheckConstraint("state <> 'accepted' OR assessment IS NOT NULL", name="accepted_with_assessment"),
        CheckConstraint("(state = 'declined') = (declined_by IS NOT NULL)", name="declined_by_somebody"),
    )

    decision_id: str = Field(primary_key=True, min_length=1)
    offer_id: str = Field(min_length=1, index=True)
