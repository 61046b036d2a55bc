"""The gap read from the specification in plain Python, with the twin's rules; nothing is fast here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from models.codes import Admits, Fact, Sex, Situation, SubstanceUse
from models.households import Household
from models.stock import Pool

from ...twin.city import City, form_of
from ...twin.priority import is_candidate
from ...twin.rules import ASK, eligibility, verdicts

IGNORED = ("step_up", "recent_decline", "declined_form")
LEVELS = ("emergency", "shared", "own_temporary", "lasting")
Options = Mapping[str, Sequence[str]]
"""Household id -> ids of the pools it could have."""


def most_who_fit(options: Options, places: Mapping[str, int]) -> int:
    """Each household in turn takes a place or makes another move on to one: Kuhn's augmenting walks."""
    inside: dict[str, list[str]] = {pool: [] for pool in places}

    def finds_place(household: str, tried: set[str]) -> bool:
        for pool in options[household]:
            if pool in tried:
                continue
            tried.add(pool)
            if len(inside[pool]) < places[pool]:
                inside[pool].append(household)
                return True
            for other in inside[pool]:
                if finds_place(other, tried):
                    inside[pool].remove(other)
                    inside[pool].append(household)
                    return True
        return False

    return sum(finds_place(household, set()) for household in options)


def shortest_set(options: Options, places: Mapping[str, int]) -> list[str]:
    """The largest of the sets with the greatest deficiency, every set tried."""
    best: tuple[int, int, tuple[str, ...]] = (0, 0, ())
    for size in range(1, len(options) + 1):
        for chosen in combinations(sorted(options), size):
            deficiency = size - sum(places[pool] for pool in pools_of(options, chosen))
            best = max(best, (deficiency, size, chosen), key=lambda found: found[:2])
    return list(best[2])


def pools_of(options: Options, households: Iterable[str]) -> list[str]:
    return sorted({pool for household in households for pool in options[household]})


def joined_parts(options: Options, households: Sequence[str]) -> list[set[str]]:
    """Households joined by shared pools, one added at a time."""
    parts: list[set[str]] = []
    for household in households:
        touching = [part for part in parts if set(pools_of(options, part)) & set(options[household])]
        parts = [part for part in parts if part not in touching] + [{household}.union(*touching)]
    return parts


def brute_gap(city: City) -> dict[str, Any]:
    """`gap --json` without its bottleneck where sets are too many to try."""
    group = [h for h in city.data.households if _in_need(city, h)]
    answer: dict[str, Any] = {"as_of": str(city.as_of)}
    for name in ("support", "emergency"):
        pools = [
            pool
            for pool in city.data.pools
            if pool.admits == Admits.WOMEN and (form_of(pool).level >= 1) == (name == "support")
        ]
        waiting = [h for h in group if _waits(city, h, name)]
        answer[name] = _section(city, pools, waiting)
    return answer | {"equity": {"women": _access(city, Sex.WOMAN), "men": _access(city, Sex.MAN)}}


def _in_need(city: City, h: Household) -> bool:
    only_women = all(adult.sex == Sex.WOMAN for adult in city.adults(h))
    return is_candidate(city, h) and only_women and h.wants_women_only != Fact.NO


def _waits(city: City, h: Household, section: str) -> bool:
    pool = city.current_pool(h)
    if section == "emergency":
        outside = (Situation.ROUGH_SLEEPING, Situation.HOTEL_HOSTEL, Situation.FRIENDS_TEMPORARY)
        return h.situation in outside and city.present_level(h) is None
    if pool is None:
        return True
    return not form_of(pool).own_flat and not (pool.admits == Admits.WOMEN and form_of(pool).level >= 1)


def _is_certain(h: Household) -> bool:
    return h.wants_women_only == Fact.YES or h.violence_exposed == Fact.YES


def _profile(h: Household) -> str:
    if h.substance_use == SubstanceUse.ACTIVE:
        return "needs_tolerant"
    return "needs_drug_free" if h.wants_drug_free == Fact.YES else "either"


def _options(city: City, households: Iterable[Household], pools: Iterable[Pool]) -> dict[str, list[str]]:
    return {
        h.household_id: [p.pool_id for p in pools if eligibility(city, h, p) == "yes"] for h in households
    }


def _section(city: City, pools: list[Pool], waiting: list[Household]) -> dict[str, Any]:
    vacant = {p.pool_id: p.capacity - len(city.residents(p)) for p in pools}
    certain = [h for h in waiting if _is_certain(h)]
    options = _options(city, waiting, pools)
    sure = {h.household_id: options[h.household_id] for h in certain}
    placeable = {"certain": most_who_fit(sure, vacant), "all": most_who_fit(options, vacant)}
    found = {
        "waiting": {"certain": len(certain), "possible": len(waiting) - len(certain)},
        "places": sum(p.capacity for p in pools),
        "vacant": sum(vacant.values()),
        "placeable_now": placeable,
        "gap_now": {
            "certain": len(certain) - placeable["certain"],
            "all": len(waiting) - placeable["all"],
        },
        "structural": _structural(city, pools, certain),
        "profiles": [
            _of_profile(city, name, certain, sure, vacant)
            for name in ("needs_tolerant", "needs_drug_free", "either")
        ],
        "by_cause": _causes(city, [h for h in certain if not sure[h.household_id]], pools),
    }
    if len(sure) <= 10:
        chosen = shortest_set(sure, vacant)
        names = pools_of(sure, chosen)
        places = sum(vacant[pool] for pool in names)
        found["bottleneck"] = {"households": len(chosen), "pools": names, "places": places}
    return found


def _structural(city: City, pools: list[Pool], certain: list[Household]) -> dict[str, int]:
    residents = [h for p in pools for h in city.residents(p)]
    options = {
        h.household_id: [
            p.pool_id for p in pools if h.current_pool_id == p.pool_id or _suits_in_the_long_run(city, h, p)
        ]
        for h in (*certain, *residents)
    }
    placeable = most_who_fit(options, {p.pool_id: p.capacity for p in pools})
    demand = len(certain) + len(residents)
    return {"demand": demand, "placeable": placeable, "gap": demand - placeable}


def _suits_in_the_long_run(city: City, h: Household, p: Pool) -> bool:
    found = {rule: answer for rule, answer in verdicts(city, h, p).items() if rule not in IGNORED}
    return all(answer == "pass" or (answer == "unknown" and rule in ASK) for rule, answer in found.items())


def _of_profile(
    city: City, name: str, certain: list[Household], sure: Options, vacant: Mapping[str, int]
) -> dict[str, Any]:
    mine = {h.household_id: sure[h.household_id] for h in certain if _profile(h) == name}
    pools = pools_of(mine, mine)
    placeable = most_who_fit(mine, vacant)
    return {
        "profile": name,
        "waiting": len(mine),
        "places": sum(city.pools[pool].capacity for pool in pools),
        "vacant": sum(vacant[pool] for pool in pools),
        "placeable_now": placeable,
        "gap_now": len(mine) - placeable,
    }


def _causes(city: City, without: list[Household], pools: list[Pool]) -> list[dict[str, Any]]:
    counts: Counter[str] = Counter()
    for h in without:
        alone = set()
        for p in pools:
            in_the_way = [
                rule
                for rule, answer in verdicts(city, h, p).items()
                if answer == "fail" or (answer == "unknown" and rule not in ASK)
            ]
            if len(in_the_way) == 1:
                alone.add(in_the_way[0])
        counts.update(alone)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"rule": rule, "households": n} for rule, n in ranked]


def _access(city: City, sex: Sex) -> dict[str, Any]:
    group = [
        h
        for h in city.data.households
        if is_candidate(city, h) and all(adult.sex == sex for adult in city.adults(h))
    ]
    options = {
        h.household_id: [
            p.pool_id
            for p in city.data.pools
            if p.pool_id != h.current_pool_id and eligibility(city, h, p) == "yes"
        ]
        for h in group
    }
    vacant = {p.pool_id: p.capacity - len(city.residents(p)) for p in city.data.pools}
    with_option = {
        name: sum(any(form_of(city.pools[p]).level == level for p in mine) for mine in options.values())
        for level, name in enumerate(LEVELS)
    }
    return {
        "candidates": len(group),
        "with_option": with_option,
        "placeable_now": most_who_fit(options, vacant),
    }
