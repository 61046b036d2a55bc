"""Counts that stay when a case is erased: what its history adds to the statistics, and nobody in it."""

from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.columns import Code


class Counted(StrEnum):
    """What is counted."""

    DECLINE = "decline"
    OFFER = "offer"
    STAY = "stay"
    CASE = "case"


class KeptCount(SQLModel):
    """How many of a kind an erased case, or several, left behind.

    Attributes
    ----------
    month
        Month in which it happened (of a stay: in which it ended), `2026-01`.
    pool_id
        Pool it concerned, blank for a case.
    word
        Of a decline `household` or `provider` and its reason, of an offer its last state, of a stay why it
        ended, of a case its last situation.
    """

    kind: Counted = Field(sa_type=Code(Counted))
    month: str = Field(min_length=7)
    pool_id: str = ""
    word: str = ""
    number: int = Field(ge=1)
