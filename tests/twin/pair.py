"""One household looked at beside one pool."""

from dataclasses import dataclass

from models.forms import Form
from models.households import Household, Member
from models.stock import Pool

from .city import City, form_of


@dataclass(frozen=True)
class Pair:
    """A household and a pool of one city on its as-of date."""

    city: City
    household: Household
    pool: Pool

    @property
    def form(self) -> Form:
        return form_of(self.pool)

    @property
    def adults(self) -> list[Member]:
        return self.city.adults(self.household)

    @property
    def children(self) -> list[Member]:
        return self.city.children(self.household)

    @property
    def members(self) -> list[Member]:
        return self.city.members[self.household.household_id]
