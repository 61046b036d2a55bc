"""What changes for those who are here."""

from datetime import date, timedelta

import numpy as np
import pytest

from models.stock import School, TravelTime
from optimiser.instance import HOUSEHOLD_CODES, MISSING, NONE, code_of
from scenarios.assumptions import AssumptionsProblem, load_assumptions
from scenarios.simulation.changes import Changes
from scenarios.simulation.school import changed_schools

from ...optimiser.rows import adult, child, city, household, pool
from .cities import AS_OF, begun, everyone, simulation

ACTIVE, PAST = (code_of("substance_use", value) for value in ("active", "past"))
YES, NO, UNKNOWN = (code_of("pet", value) for value in ("yes", "no", "unknown"))
ALWAYS = 10_000.0
"""A yearly rate that comes true every week."""


def test_use_and_the_wish_that_follows() -> None:
    data = city(
        household("A", substance_use="active", wants_drug_free="no"),
        household("B", substance_use="past", wants_drug_free="yes"),
        household("C", substance_use="none", wants_drug_free="yes"),
    )
    rates = {"facts.use_starts": ALWAYS, "facts.use_stops": ALWAYS, "facts.wish_follows": 1.0}
    here = begun(data, 3, rates)
    changed = Changes(here).happen(here, everyone(here), here.luck.four(0, here.people["number"], 0), 0)
    assert changed.tolist() == [0, 1]
    assert here.people["substance_use"].tolist()[:2] == [PAST, ACTIVE]
    assert here.people["wants_drug_free"].tolist() == [YES, NO, YES]


def test_answers_are_like_those_known() -> None:
    """Nothing is answered that nobody knows; what is known stays."""
    rows = [household(f"K{n:03d}", pet="yes" if n % 4 else "no") for n in range(100)]
    rows += [household(f"U{n:03d}", pet="unknown") for n in range(800)]
    here = begun(city(*rows), 3, {"facts.answered": 1.0})
    changed = Changes(here).happen(here, everyone(here), here.luck.four(0, here.people["number"], 0), 0)
    pets = here.people["pet"]
    assert (pets != UNKNOWN).all()
    assert (pets[100:] == YES).mean() == pytest.approx(0.75, abs=0.06)
    assert pets[:100].tolist() == here.start.households["pet"][:100].tolist()
    assert changed.tolist() == list(range(100, 900))


def test_what_nobody_knows_stays_unknown() -> None:
    here = begun(city(*(household(f"U{n}", pet="unknown") for n in range(5))), 3, {"facts.answered": 1.0})
    luck = here.luck.four(0, here.people["number"], 0)
    assert Changes(here).happen(here, everyone(here), luck, 0).size == 0
    assert (here.people["pet"] == UNKNOWN).all()


def test_danger_passes_and_children_are_born() -> None:
    data = city(household("A", acute_danger="yes"), household("B", pregnant="yes"))
    run = simulation(data, 3, {"facts.danger_passes": 1.0, "facts.birth": 1.0})
    week = run.week(0)
    assert run.city.people["acute_danger"].tolist() == [NO, NO]
    assert run.city.people["pregnant"].tolist() == [NO, NO]
    assert run.city.people["children"].tolist() == [0, 1]
    assert week.instance(np.array([0, 1])).children.household.tolist() == [1]


def test_situations_of_those_who_wait_end_on_their_day() -> None:
    soon = AS_OF + timedelta(days=14)
    data = city(
        household("A", situation="prison", situation_ends_on=soon, homeless_since=date(2025, 1, 1)),
        household("B", situation="insecure_tenancy", situation_ends_on=soon, homeless_since=None),
        household("C", situation="supported_housing", situation_ends_on=soon, current_pool_id="P"),
        pool("P"),
    )
    run = simulation(data, 5)
    before = run.city.people["situation"].tolist()
    for number in (0, 1):
        run.week(number)
        assert run.city.people["situation"].tolist() == before
    run.week(2)
    people, names = run.city.people, [str(value) for value in HOUSEHOLD_CODES["situation"]]
    without = {"hotel_hostel", "friends_temporary", "rough_sleeping", "emergency_shelter"}
    assert {names[code] for code in people["situation"][:2]} <= without
    assert people["situation"][2] == before[2]
    assert people["homeless_since"][1] == 14
    assert people["situation_ends_on"].tolist() == [MISSING, MISSING, 14]


def test_makeshifts_are_exchanged() -> None:
    """Only of those who wait without a home; into the mix that is assumed."""
    rows = [household(f"F{n:04d}", situation="friends_temporary") for n in range(1500)]
    rows += [household("X1", situation="hospital"), household("X2", situation="eviction_risk")]
    run = simulation(city(*rows), 3, {"facts.situation_changes": 0.4})
    before = run.city.people["situation"].copy()
    run.week(0)
    now = run.city.people["situation"]
    weights = load_assumptions().table("situations.adults")
    friends = weights["friends_temporary"] / sum(weights.values())
    assert (now != before)[:1500].mean() == pytest.approx(0.4 * (1 - friends), abs=0.04)
    assert now[1500:].tolist() == before[1500:].tolist()


def test_somewhere_to_go() -> None:
    nowhere = {key: 0.0 for key in load_assumptions().entries if key.startswith("situations.families.")}
    with pytest.raises(AssumptionsProblem, match=r"situations\.families"):
        simulation(city(household("A")), 3, nowhere)


def test_months_with_shis_are_counted() -> None:
    since = {"current_pool_id": "P", "moved_in_on": AS_OF - timedelta(days=20)}
    data = city(
        household("A", shis_months=3, **since),
        household("B", shis_months=None, **since),
        household("C", shis_months=3),
        pool("P", form="shis_avtalat", capacity=2),
    )
    run = simulation(data, 60)
    months = []
    for number in range(53):
        run.week(number)
        months.append(run.city.people["shis_months"].tolist())
    assert months[1] == [3, NONE, 3]
    # A month has 30.4 days: the first is full on day 11, so in week 2.
    assert months[2] == [4, NONE, 3]
    assert months[52] == [3 + 12, NONE, 3]


@pytest.mark.parametrize(
    ("minutes", "from_home", "changes"),
    [(29, None, 0), (31, None, 1), (31, 40, 0), (31, 20, 1), (None, None, 0)],
)
def test_children_who_change_school(minutes: int | None, from_home: int | None, changes: int) -> None:
    times = [("Bromma", minutes), ("Farsta", from_home)]
    data = city(
        household("A"),
        adult("A"),
        child("A", school_id="S", birth_date=date(2018, 1, 1)),
        pool("P", district="Bromma"),
        pool("Q", district="Farsta"),
        schools=tuple(School(school_id=key, name=key, district="Bromma") for key in ("S", "T")),
        travel_times=(
            *(TravelTime(district=d, school_id="S", minutes=m) for d, m in times if m is not None),
            TravelTime(district="Bromma", school_id="T", minutes=5),
        ),
    )
    here = begun(data)
    left = NONE if from_home is None else 1
    moved = changed_schools(here, np.array([0]), np.array([0]), np.array([left]))
    assert moved.tolist() == [0] * changes
    assert here.members["school"].tolist() == [NONE, 1 if changes else 0]
