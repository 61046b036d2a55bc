"""Places one by one: who lives in each, and for whom the next stay is held."""

from sqlmodel import Field, SQLModel


class Place(SQLModel):
    """One place of a pool, numbered from 1.

    Attributes
    ----------
    occupant
        Household that lives there.
    offer_id, held_for
        The accepted offer that holds the place, and its household; the occupant may still be there when
        it is to move on first.
    """

    pool_id: str = Field(min_length=1)
    number: int = Field(ge=1)
    occupant: str | None = None
    offer_id: str | None = None
    held_for: str | None = None
