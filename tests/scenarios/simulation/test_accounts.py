"""The accounts of weeks spelled out by hand, figure by figure."""

from datetime import timedelta

import numpy as np
import pytest

from models.codes import Support
from models.dataset import Dataset
from optimiser.instance import NONE
from scenarios.assumptions import Assumptions, load_assumptions
from scenarios.segments import SEGMENTS
from scenarios.simulation.accounts import Accounts
from scenarios.simulation.measures import GROUPS, MEASURES
from scenarios.simulation.trajectory import Trajectory
from scenarios.simulation.week import GONE, HOMELESS, OWN_HOME

from ...optimiser.rows import adult, child, city, household, pool
from .made_weeks import AS_OF, MadeCity

MONTH = 365.25 / 12
COSTS = {
    "cost.hotel_night_sek": 1000,
    "cost.restoration_sek.akutboende": 1500,
    "cost.restoration_sek.traningslagenhet": 18000,
    "cost.restoration_sek.forsokslagenhet": 20000,
    **{f"cost.support_month_sek.{level}": 3000 * rank for rank, level in enumerate(Support)},
    "lease_takeover.share": 1,
}


def assumptions() -> Assumptions:
    return load_assumptions().replaced(COSTS)


def made_data() -> Dataset:
    def since(days: int) -> dict[str, object]:
        return {"homeless_since": AS_OF - timedelta(days=days)}

    return city(
        household("ANNA", situation="rough_sleeping", substance_use="active", **since(100)),
        household("BO", situation="hotel_hostel", wants_drug_free="yes", **since(40)),
        household("CIL", situation="emergency_shelter", substance_use="past", **since(10)),
        household("DAN", current_pool_id="SKYDD"),
        household("EVA", current_pool_id="EGEN", support_need="daily", **since(300)),
        household("FIA", situation="friends_temporary", unavailable_until=AS_OF + timedelta(days=400)),
        household("GUN", current_pool_id="PROV", support_need="visiting"),
        adult("ANNA"),
        adult("BO", sex="man"),
        adult("BO", "BO-2"),
        child("BO", 3),
        child("BO", 4),
        adult("CIL", sex="man"),
        adult("DAN", sex="man"),
        adult("EVA"),
        adult("FIA"),
        adult("GUN"),
        pool("EGEN", form="traningslagenhet", capacity=2, monthly_cost_sek=12000),
        pool("HEM", form="bostad_forst", capacity=2, monthly_cost_sek=10000),
        pool("PROV", form="forsokslagenhet", capacity=1, monthly_cost_sek=11000),
        pool("SKYDD", form="akutboende", capacity=3, monthly_cost_sek=20000),
    )


def made_run() -> Trajectory:
    made = MadeCity(made_data())
    accounts = Accounts("made", 3, 4, made.start.form_ids, assumptions(), made.people)
    accounts.book(made.week())
    made.come("NY", like="ANNA")
    made.move_in("ANNA", "SKYDD")
    made.refuse("BO", "HEM")
    made.end_stay("GUN", OWN_HOME)
    accounts.book(made.week())
    made.move_in("DAN", "EGEN", level_before=0)
    made.move_in("BO", "HEM")
    made.events["school_change"] = np.array([made.row("BO"), made.row("BO")])
    made.solve("CIL", GONE)
    accounts.book(made.week())
    made.end_stay("ANNA", HOMELESS)
    made.end_stay("EVA", GONE)
    accounts.book(made.week())
    return accounts.close()


RUN = made_run()


@pytest.mark.parametrize(
    ("name", "weeks"),
    {
        "waiting": (3, 3, 1, 2),
        "waiting.women": (1, 1, 1, 2),
        "waiting.men": (1, 1, 0, 0),
        "waiting.families": (1, 1, 0, 0),
        "waiting.needs_tolerant": (1, 1, 1, 2),
        "waiting.needs_drug_free": (1, 1, 0, 0),
        "waiting.either": (1, 1, 0, 0),
        "paused": (1, 1, 1, 1),
        "paused.women": (1, 1, 1, 1),
        "placed": (0, 1, 1, 0),
        "placed.families": (0, 0, 1, 0),
        "nights_outdoors": (7, 7, 7, 14),
        "nights_outdoors.women": (7, 7, 7, 14),
        "nights_shelter": (14, 21, 7, 0),
        "nights_shelter.women": (0, 7, 7, 0),
        "nights_hotel": (28, 28, 0, 0),
        "nights_hotel.women": (0, 0, 0, 0),
        "child_nights_hotel": (14, 14, 0, 0),
        "moves_temporary": (0, 0, 1, 0),
        "moves_temporary.men": (0, 0, 1, 0),
        "school_changes": (0, 0, 2, 0),
        "school_changes.families": (0, 0, 2, 0),
        "entries": (0, 1, 2, 0),
        "entries.akutboende": (0, 1, 0, 0),
        "entries.traningslagenhet": (0, 0, 1, 0),
        "entries.bostad_forst": (0, 0, 1, 0),
        "entries.famvux": (0, 0, 0, 0),
        "occupied": (3, 3, 4, 2),
        "occupied.women": (2, 2, 2, 0),
        "occupied.akutboende": (1, 2, 1, 0),
        "occupied.traningslagenhet": (1, 1, 2, 1),
        "occupied.forsokslagenhet": (1, 0, 0, 0),
        "arrivals": (0, 1, 0, 0),
        "exits": (0, 1, 1, 1),
        "exits.men": (0, 0, 1, 0),
        "refusals": (0, 1, 0, 0),
        "refusals.families": (0, 1, 0, 0),
        "cost_hotel_sek": (7000, 7000, 0, 0),
        # A move leaves a place behind, a lease that is taken over none.
        "cost_restoration_sek": (0, 0, 1500, 19500),
        "wait_median_days": (np.nan, 107, 54, np.nan),
        "wait_median_days.men": (np.nan, np.nan, np.nan, np.nan),
        "wait_p90_days.families": (np.nan, np.nan, 54, np.nan),
        "waiting_median_days": (40, 17, 7, 7),
        "waiting_p90_days": (88, 47 - 0.2 * 30, 7, 0.9 * 14),
        "waiting_median_days.men": (10, 17, np.nan, np.nan),
    }.items(),
)
def test_week_by_week(name: str, weeks: tuple[float, ...]) -> None:
    np.testing.assert_allclose(RUN.weekly[name], weeks)


@pytest.mark.parametrize(
    ("name", "months"),
    {
        "cost_sek": (12000 + 11000 + 20000, 12000 + 40000, 24000 + 20000 + 10000, 12000 + 10000),
        "cost_sek.women": (12000 + 11000, 12000 + 20000, 12000 + 20000, 0),
        "cost_void_sek": (12000 + 20000 + 40000, 12000 + 20000 + 11000 + 20000, 10000 + 11000 + 40000, 93000),
        "cost_support_sek": (6000 + 3000, 6000, 6000, 0),
    }.items(),
)
def test_costs_run_by_the_day(name: str, months: tuple[float, ...]) -> None:
    np.testing.assert_allclose(RUN.weekly[name], np.array(months) * 7 / MONTH)


def test_totals_are_summed_as_the_measures_say() -> None:
    assert RUN.totals["waiting"] == 9 / 4
    assert RUN.totals["placed"] == 2
    assert RUN.totals["wait_median_days"] == (107 + 54) / 2
    assert RUN.totals["wait_p90_days"] == pytest.approx(54 + 0.9 * 53)
    assert np.isnan(RUN.totals["wait_median_days.men"])
    assert RUN.totals["waiting_median_days.men"] == (10 + 17) / 2
    assert RUN.totals["nights_shelter"] == 42
    assert RUN.totals["entries.akutboende"] == 1
    assert RUN.totals["occupied.akutboende"] == 1
    assert (RUN.scenario, RUN.replication) == ("made", 3)


def test_tiers_are_told_of_those_who_wait_and_those_who_are_placed() -> None:
    for measure in ("waiting", "placed", "wait_median_days", "nights_outdoors"):
        assert f"{measure}.tier_1" in RUN.weekly
    for measure in ("occupied", "cost_sek", "arrivals"):
        assert f"{measure}.tier_1" not in RUN.weekly
        assert f"{measure}.women" in RUN.weekly
    tiers = sum(RUN.weekly[f"waiting.tier_{number}"] for number in range(1, 6))
    np.testing.assert_array_equal(tiers, RUN.weekly["waiting"])
    # A family in a hotel comes first; who sleeps rough is next.
    assert RUN.weekly["placed.tier_1"].tolist() == [0, 0, 1, 0]
    assert RUN.weekly["placed.tier_2"].tolist() == [0, 1, 0, 0]


def test_the_measures_come_in_their_order_with_equal_names() -> None:
    assert [name for name in RUN.weekly if "." not in name] == [*MEASURES]
    assert [*RUN.totals] == [*RUN.weekly]
    assert all(series.shape == (4,) and series.dtype == np.float64 for series in RUN.weekly.values())


def test_every_wait_is_noted_once() -> None:
    waits = RUN.waits
    found = sorted(
        zip(
            *(a.tolist() for a in (waits.household, waits.from_day, waits.until_day, waits.ended)),
            strict=True,
        )
    )
    assert found == [
        (100, -100, 7, 1),
        (100, 21, 28, 0),
        (101, -40, 14, 1),
        (102, -10, 14, 2),
        (105, 0, 28, 0),
        (507, 7, 28, 0),
    ]
    form_of = dict(zip(waits.until_day[waits.ended == 1].tolist(), waits.form[waits.ended == 1], strict=True))
    forms = MadeCity(made_data()).start.form_ids
    assert [forms[form_of[day]] for day in (7, 14)] == ["akutboende", "bostad_forst"]
    assert (waits.form[waits.ended != 1] == NONE).all()
    family = waits.household == 101
    assert SEGMENTS[int(waits.segment[family][0])] == "family"
    names = [group for group, member in zip(GROUPS, waits.groups[family][0], strict=True) if member]
    assert names == ["families", "tier_1", "needs_drug_free"]


def test_nobody_and_no_week() -> None:
    made = MadeCity(Dataset())
    accounts = Accounts("empty", 0, 2, made.start.form_ids, assumptions(), made.people)
    for _ in range(2):
        accounts.book(made.week())
    told = accounts.close()
    assert told.totals["waiting"] == told.totals["cost_sek"] == told.totals["women_gap_now"] == 0
    assert np.isnan(told.totals["wait_median_days"])
    assert np.isnan(told.totals["waiting_median_days"])
    assert told.waits.household.size == 0
