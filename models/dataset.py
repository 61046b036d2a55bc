"""A city's data at rest or in a folder: every row, validated, in the order of its keys."""

from dataclasses import dataclass

from models.households import Conflict, Decline, Household, Member
from models.stock import Pool, Quota, School, Stay, TravelTime


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Dataset:
    """All rows of a city, each tuple sorted by key, so that row order never matters."""

    households: tuple[Household, ...] = ()
    members: tuple[Member, ...] = ()
    pools: tuple[Pool, ...] = ()
    schools: tuple[School, ...] = ()
    travel_times: tuple[TravelTime, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    quotas: tuple[Quota, ...] = ()
    stays: tuple[Stay, ...] = ()
    declines: tuple[Decline, ...] = ()
