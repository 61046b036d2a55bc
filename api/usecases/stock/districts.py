"""The stock by district: how many places each has, and how many of them are free or held."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from api.usecases.stock.pools import PoolStock


@dataclass(frozen=True, slots=True)
class DistrictStock:
    """What a district has of housing that is open: pools, places, and how many of these are free or held."""

    district: str
    pools: int
    places: int
    vacant: int
    held: int


def by_district(found: Iterable[PoolStock]) -> list[DistrictStock]:
    """The open pools by district, the districts with most free places first."""
    grouped: dict[str, list[PoolStock]] = defaultdict(list)
    for one in found:
        if one.is_open:
            grouped[one.pool.district].append(one)
    counted = (
        DistrictStock(
            district,
            len(pools),
            sum(one.pool.capacity for one in pools),
            sum(one.fullness.vacant for one in pools),
            sum(one.fullness.held for one in pools),
        )
        for district, pools in grouped.items()
    )
    return sorted(counted, key=lambda one: (-one.vacant, one.district))
