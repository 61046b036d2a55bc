"""What a plan leads to, counted on fingers: who lives where afterwards, and every limit it breaks."""

from .problem import Arc, Problem


def home_after(city: Problem, plan: list[Arc]) -> dict[str, str | None]:
    """Pool of every household of the city once the plan is carried out."""
    after = dict(city.home)
    for household_id, pool_id in plan:
        after[household_id] = pool_id
    return after


def occupied(homes: dict[str, str | None], pool_id: str) -> int:
    return sum(home == pool_id for home in homes.values())


def capacity_faults(city: Problem, plan: list[Arc]) -> list[str]:
    after = home_after(city, plan)
    faults = []
    for pool_id, pool in city.city.pools.items():
        if occupied(after, pool_id) > pool.capacity:
            faults.append(f"{pool_id} holds {occupied(after, pool_id)} households, capacity {pool.capacity}")
    return faults


def conflict_faults(city: Problem, plan: list[Arc]) -> list[str]:
    """A proposal into a house where the other household is proposed, or lives and stays."""
    after = home_after(city, plan)
    proposed = dict(plan)
    faults = []
    for pair in city.conflicts:
        for entering, other in (pair, pair[::-1]):
            target, place = proposed.get(entering), after[other]
            if target is not None and place is not None and city.house[target] == city.house[place]:
                faults.append(f"{entering} is proposed to the house of {other}, with whom it may not share")
    return faults


def quota_faults(city: Problem, plan: list[Arc]) -> list[str]:
    faults = []
    for forms, left, unit in city.quota_rows():
        entries = 0
        for household_id, pool_id in plan:
            in_unit = unit is None or city.city.households[household_id].responsible_unit == unit
            if city.city.pools[pool_id].form in forms and in_unit:
                entries += 1
        if entries > left:
            whose = unit or "the city"
            faults.append(f"{entries} entries into {sorted(forms)} for {whose}, {left} left in the quota")
    return faults


def limit_faults(city: Problem, plan: list[Arc]) -> list[str]:
    """Every limit of the run that a plan breaks, in words."""
    return capacity_faults(city, plan) + conflict_faults(city, plan) + quota_faults(city, plan)


def still_vacant(city: Problem, plan: list[Arc]) -> dict[str, int]:
    """Places free before the run and still free after it; a place left at the end of a chain stays empty."""
    after = home_after(city, plan)
    found = {}
    for pool_id, pool in city.city.pools.items():
        found[pool_id] = min(city.vacant[pool_id], pool.capacity - occupied(after, pool_id))
    return found
