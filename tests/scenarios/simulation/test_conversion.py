"""Pools that become another form: from that week on they are in everything what they have become."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from models.dataset import Dataset
from models.stock import Quota
from optimiser.instance import HOUSEHOLD_CODES
from scenarios.simulation.promises import promise, release
from scenarios.simulation.run import Simulation, simulate
from scenarios.simulation.week import HOMELESS, OWN_HOME
from scenarios.whatif.reform import Epoch

from ...optimiser.rows import city, household, pool
from ...twin_queue.queue_city import plain_reform
from .cities import AS_OF, assumptions, begun, simulation

TURN = 3
SITUATIONS = [str(value) for value in HOUSEHOLD_CODES["situation"]]
FITS = {"support_need": "visiting", "substance_use": "past", "first_hand_barrier": "yes"}
"""Whom training and trial flats suit."""


def stock(data: Dataset, week: int = TURN, **new: Any) -> tuple[Epoch[Any], ...]:
    """The pools as they are, and from a week with other values."""
    return Epoch(0, data.pools), Epoch(week, tuple(row.model_copy(update=new) for row in data.pools))


def converted(data: Dataset, new_form: str, changed: dict[str, float], weeks: int = 20) -> Simulation:
    return simulation(data, weeks, changed, stock=stock(data, form=new_form))


def residents(form: str, many: int = 1, **of_pool: Any) -> Dataset:
    """Residents of one pool for a month, who may not move in again."""
    rows = [
        household(
            f"R{n}",
            current_pool_id="P",
            moved_in_on=AS_OF - timedelta(days=31),
            homeless_since=AS_OF - timedelta(days=900),
            situation="supported_housing",
            shis_months=3,
            unavailable_until=AS_OF + timedelta(days=4000),
        )
        for n in range(many)
    ]
    return city(*rows, pool("P", form=form, capacity=many, **of_pool))


def seekers(form: str, many: int = 1, **of_pool: Any) -> Dataset:
    """Households that wait for one pool, which opens in the week in which it is converted."""
    rows = [household(f"H{n}", situation="hotel_hostel", **FITS) for n in range(many)]
    opens = AS_OF + timedelta(weeks=TURN)
    return city(*rows, pool("P", form=form, capacity=many, **{"opens_on": opens, **of_pool}))


@pytest.mark.parametrize(("first", "then"), [("stodboende", "bostad_forst"), ("bostad_forst", "stodboende")])
def test_stays_end_as_those_of_the_new_form(first: str, then: str) -> None:
    run = converted(residents(first, 2), then, {f"stays.{then}.homeless": 1.0})
    ended = [run.week(number).ended for number in range(TURN + 1)]
    assert [end.row.size for end in ended] == [0, 0, 0, 2]
    assert set(ended[TURN].outcome.tolist()) == {HOMELESS}
    lasting = then == "bostad_forst"
    assert run.city.people["homeless_since"].tolist() == [7 * TURN if lasting else -900] * 2


@pytest.mark.parametrize(("then", "places"), [("forsokslagenhet", 0), ("traningslagenhet", 2)])
def test_the_lease_of_what_has_become_a_trial_flat_is_taken_over(then: str, places: int) -> None:
    first = "traningslagenhet" if then == "forsokslagenhet" else "forsokslagenhet"
    changed = {f"stays.{then}.own_home": 1.0, "lease_takeover.share": 1.0, "lease_takeover.replaced": 0.0}
    run = converted(residents(first, 2), then, changed)
    weeks = [run.week(number) for number in range(TURN + 2)]
    assert weeks[TURN].ended.outcome.tolist() == [OWN_HOME] * 2
    assert [week.capacity.tolist() for week in weeks] == [[2]] * TURN + [[places]] * 2


def test_the_longest_stay_is_that_of_the_week() -> None:
    data = residents("stodboende", max_stay_months=24)
    run = simulation(data, 8, {"overstay.ends": 1.0}, stock=stock(data, max_stay_months=1))
    assert [run.week(number).ended.row.size for number in range(TURN + 2)] == [0, 0, 0, 1, 0]


def test_residents_live_in_the_new_form() -> None:
    """What follows from where they live follows along; other situations of theirs stay as they are."""
    at_risk = household("X", current_pool_id="P", situation="eviction_risk")
    here = residents("stodboende")
    here = replace(here, households=(*here.households, at_risk))
    run = converted(here, "bostad_forst", {})
    people = run.city.people
    for number in range(TURN):
        run.week(number)
        assert people["last_level"].tolist() == [1, 1]
        assert [SITUATIONS[code] for code in people["situation"]] == ["supported_housing", "eviction_risk"]
    run.week(TURN)
    assert people["last_level"].tolist() == [3, 3]
    assert [SITUATIONS[code] for code in people["situation"]] == ["housed", "eviction_risk"]


def test_months_with_shis_are_counted_from_then() -> None:
    data = residents("stodboende")
    run = simulation(data, 60, stock=stock(data, 26, form="shis_avtalat"))
    months = []
    for number in range(53):
        run.week(number)
        months.append(int(run.city.people["shis_months"][0]))
    assert months[25] == 3
    assert months[52] == 3 + 6


def test_delay_situation_and_level_are_those_of_the_new_form() -> None:
    run = converted(seekers("stodboende"), "traningslagenhet", {"delay.traningslagenhet": 2.0})
    entered = [run.week(number).entered.row.size for number in range(TURN + 4)]
    assert entered == [0] * (TURN + 2) + [1, 0]
    people = run.city.people
    assert SITUATIONS[people["situation"][0]] == "training_flat"
    assert people["last_level"].tolist() == [2]


def test_the_quota_of_the_new_form_is_counted() -> None:
    data = seekers("traningslagenhet", 3)
    quotas = (Epoch(0, (Quota(year=2026, form=("forsokslagenhet",), places=1),)),)
    run = simulation(data, 20, stock=stock(data, form="forsokslagenhet"), quotas=quotas)
    assert [run.week(number).entered.row.size for number in range(TURN + 2)] == [0] * TURN + [1, 0]


def test_a_promise_given_back_counts_as_what_it_was_made_of() -> None:
    """What was used of a quota before the conversion is what it gets back."""
    data = seekers("forsokslagenhet", 2)
    quotas = (Epoch(0, (Quota(year=2026, form=("forsokslagenhet",), places=9),)),)
    here = begun(data, 20, stock=stock(data, form="traningslagenhet"), quotas=quotas)

    def left() -> list[int]:
        return [limit.left for limit in here.quotas.on(TURN, 2026)]

    promise(here, np.array([0]), np.array([0]), np.array([9]), 0)
    assert left() == [8]
    here.turn(TURN)
    promise(here, np.array([1]), np.array([0]), np.array([9]), TURN)
    assert left() == [8]
    release(here, np.array([0, 1]))
    assert left() == [9]


def test_the_accounts_tell_the_form_of_the_week() -> None:
    data = seekers("traningslagenhet", 2, opens_on=None)
    resident = household("R", current_pool_id="P", **FITS)
    data = replace(data, households=(*data.households, resident))
    turned = replace(plain_reform(data, 6, "optimum"), stock=stock(data, form="forsokslagenhet"))
    rates = {"stays.forsokslagenhet.left": 1.0, "cost.restoration_sek.forsokslagenhet": 1000.0}
    told = simulate(data, AS_OF, turned, assumptions(rates), 1, 0).weekly
    assert told["occupied.traningslagenhet"].tolist() == [2, 2, 2, 0, 0, 0]
    assert told["entries.traningslagenhet"].tolist() == [1, 0, 0, 0, 0, 0]
    # From the conversion on everybody leaves; the one who still waits moves in, and leaves the week after.
    assert told["occupied.forsokslagenhet"].tolist() == [0, 0, 0, 1, 0, 0]
    assert told["entries.forsokslagenhet"].tolist() == [0, 0, 0, 1, 0, 0]
    assert told["cost_restoration_sek"].tolist() == [0, 0, 0, 2000, 1000, 0]
