"""The city's eleven districts, its schools, and the minutes between them."""

from functools import cache
from math import dist
from typing import NamedTuple

import numpy as np

from models.stock import School, TravelTime
from scenarios.demo_city.draws import pick_exactly
from scenarios.demo_city.figures import figures

CITY_WIDE_UNIT = "Enheten för hemlösa"


class Schools(NamedTuple):
    """All schools, and per kind and district the ids of those a child there would go to."""

    rows: tuple[School, ...]
    by_kind: dict[str, dict[str, tuple[str, ...]]]


def districts() -> tuple[str, ...]:
    """The eleven districts, in the order of the alphabet."""
    return tuple(sorted(figures("places")["districts"]["positions"]))


def distance_km(one: str, other: str) -> float:
    """Kilometres between the middles of two districts."""
    positions = figures("places")["districts"]["positions"]
    return dist(positions[one], positions[other])


@cache
def schools() -> Schools:
    """Schools and pre-schools, numbered within each kind: `S-F01` pre-school, `S-G01`, `S-Y01` upper."""
    rows: list[School] = []
    by_kind: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind, letter in (("preschool", "F"), ("compulsory", "G"), ("upper", "Y")):
        number = 0
        by_kind[kind] = {}
        for district, names in figures("places")["schools"][kind].items():
            ids = []
            for name in names:
                number += 1
                ids.append(f"S-{letter}{number:02d}")
                rows.append(School(school_id=ids[-1], name=name, district=district))
            by_kind[kind][district] = tuple(ids)
    return Schools(tuple(sorted(rows, key=lambda school: school.school_id)), by_kind)


def travel_times(rng: np.random.Generator) -> tuple[TravelTime, ...]:
    """Minutes from every district to every school; a few are missing, never the school's own district."""
    travel = figures("places")["travel"]
    elsewhere = [
        (d, school.school_id) for school in schools().rows for d in districts() if d != school.district
    ]
    unmeasured = pick_exactly(rng, np.ones(len(elsewhere)), travel["missing"])
    missing = {pair for pair, picked in zip(elsewhere, unmeasured, strict=True) if picked}
    positions = figures("places")["districts"]["positions"]
    rows = []
    for school in schools().rows:
        east, north = positions[school.district]
        spread = travel["spread_km"]
        place = (east + spread * (2 * rng.random() - 1), north + spread * (2 * rng.random() - 1))
        for district in districts():
            if (district, school.school_id) not in missing:
                kilometres = dist(positions[district], place)
                minutes = round(travel["waiting_minutes"] + travel["minutes_per_km"] * kilometres)
                rows.append(TravelTime(district=district, school_id=school.school_id, minutes=minutes))
    return tuple(sorted(rows, key=lambda row: (row.district, row.school_id)))
