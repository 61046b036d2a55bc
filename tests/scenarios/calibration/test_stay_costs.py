"""What a stay costs: reckoned by hand on a few stays, and its properties."""

from dataclasses import replace

import pytest

from models.codes import Support
from models.dataset import Dataset
from scenarios.assumptions import load_assumptions
from scenarios.calibration.observed import CalibrationProblem
from scenarios.calibration.stay_costs import NIGHTS_A_MONTH, StayCost, StayCosts, stay_costs
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from tests.scenarios.calibration.cities import AS_OF, REASONS, city, household, stay

CHANCE = load_assumptions().value


def row(found: StayCosts, form: str | None, kind: str = "own") -> StayCost:
    return next(one for one in found.rows if (one.kind, one.form) == (kind, form))


def two_forms() -> Dataset:
    """Five training flats of eight, lived in for the whole year and before, six stays over; one procured."""
    stays = [stay(n, "traningslagenhet", 500) for n in range(5)]
    stays += [stay(10 + n, "traningslagenhet", 100, 58, REASONS[0]) for n in range(6)]
    stays += [stay(20, "upphandlad", 500), stay(21, "upphandlad", 30, 23, REASONS[1])]
    dataset = city(*stays)
    living = {f"H{n:04}": "P-traningslagenhet" for n in range(5)} | {"H0020": "P-upphandlad"}
    needs = dict.fromkeys(living, Support.VISITING)
    return replace(
        dataset,
        households=tuple(
            household(
                one.household_id,
                current_pool_id=living.get(one.household_id),
                support_need=needs.get(one.household_id, Support.NONE),
            )
            for one in dataset.households
        ),
        pools=tuple(
            one.model_copy(
                update={
                    "capacity": 8 if one.form == "traningslagenhet" else 2,
                    "monthly_cost_sek": 12_000 if one.form == "traningslagenhet" else 50_000,
                }
            )
            for one in dataset.pools
        ),
    )


def test_a_stay_by_hand() -> None:
    found = stay_costs(two_forms(), AS_OF, load_assumptions())
    one = row(found, "traningslagenhet")
    assert found.method == "watched"
    nights = 5 * 364 + 6 * 42
    assert one.days == pytest.approx(nights / 6)
    assert one.night_sek == pytest.approx(12_000 / NIGHTS_A_MONTH)
    assert one.parts is not None
    place = nights * 12_000 / NIGHTS_A_MONTH / 6
    assert one.parts.place == pytest.approx(place)
    assert one.parts.void == pytest.approx(place * 3 / 5)
    month = CHANCE("cost.support_month_sek.visiting")
    assert one.parts.support == pytest.approx(nights * month / NIGHTS_A_MONTH / 6)
    assert one.parts.restoration == CHANCE("cost.restoration_sek.traningslagenhet")
    assert one.parts.whole == pytest.approx(
        one.parts.place + one.parts.void + one.parts.support + one.parts.restoration
    )
    assert one.procured_sek == pytest.approx(nights / 6 * 50_000 / NIGHTS_A_MONTH)
    assert one.hotel_sek == pytest.approx(nights / 6 * CHANCE("cost.hotel_night_sek"))
    alone = row(found, None)
    assert (alone.days, alone.parts) == (one.days, one.parts)


def test_too_few_stays_have_no_length() -> None:
    one = row(stay_costs(two_forms(), AS_OF, load_assumptions()), None, "procured")
    assert (one.days, one.parts, one.hotel_sek) == (None, None, None)
    assert one.night_sek == pytest.approx(50_000 / NIGHTS_A_MONTH)


def test_a_trial_flat_whose_lease_is_taken_over_is_not_restored() -> None:
    stays = [stay(n, "forsokslagenhet", 500) for n in range(8)]
    stays += [stay(10 + n, "forsokslagenhet", 100, 50, REASONS[0 if n < 3 else 1]) for n in range(6)]
    dataset = city(*stays)
    priced = tuple(one.model_copy(update={"monthly_cost_sek": 9_000}) for one in dataset.pools)
    one = row(stay_costs(replace(dataset, pools=priced), AS_OF, load_assumptions()), "forsokslagenhet")
    assert one.parts is not None
    kept = CHANCE("lease_takeover.share") * 3 / 6
    assert one.parts.restoration == pytest.approx((1 - kept) * CHANCE("cost.restoration_sek.forsokslagenhet"))


def test_places_without_a_price_have_a_length_and_no_cost() -> None:
    dataset = two_forms()
    unpriced = tuple(one.model_copy(update={"monthly_cost_sek": None}) for one in dataset.pools)
    found = stay_costs(replace(dataset, pools=unpriced), AS_OF, load_assumptions())
    one = row(found, "traningslagenhet")
    assert one.days is not None
    assert (one.night_sek, one.parts, one.procured_sek) == (None, None, None)
    assert [each.form for each in found.rows] == ["traningslagenhet"]


def test_where_stays_are_missing_lengths_are_those_of_who_lives_there_now() -> None:
    dataset = city(*(stay(n, "akutboende", 10 * (n + 1)) for n in range(20)))
    found = stay_costs(dataset, AS_OF, load_assumptions())
    assert found.method == "standing"
    one = row(found, "akutboende")
    assert one.days == pytest.approx(105)
    assert one.days_low is not None
    assert one.days_high is not None
    assert one.days_low < 105 < one.days_high


def test_the_demo_city_s_kinds_add_up() -> None:
    dataset = build_demo_city()
    found = stay_costs(dataset, DEMO_AS_OF, load_assumptions())
    own = [one for one in found.rows if one.kind == "own"]
    assert own[0].form is None
    assert own[0].places == sum(one.places for one in own[1:])
    assert own[0].stays == sum(one.stays for one in own[1:])
    days = [one.days for one in own[1:] if one.days is not None]
    assert own[0].days is not None
    assert min(days) < own[0].days < max(days)
    assert {one.form for one in found.rows} - {None} == {one.form for one in dataset.pools} - {"upphandlad"}


def test_no_stays_are_refused() -> None:
    with pytest.raises(CalibrationProblem):
        stay_costs(city(), AS_OF, load_assumptions())


def test_costs_in_steps_of_people_tell_no_small_number() -> None:
    """One resident more or less, of whatever need, within a step changes no cost of empty days or support."""
    dataset = two_forms()
    one = row(stay_costs(dataset, AS_OF, load_assumptions(), step=5), "traningslagenhet")
    needs_more = tuple(
        each.model_copy(update={"support_need": Support.CARE}) if each.household_id == "H0000" else each
        for each in dataset.households
    )
    changed = replace(dataset, households=needs_more)
    other = row(stay_costs(changed, AS_OF, load_assumptions(), step=5), "traningslagenhet")
    exact = row(stay_costs(changed, AS_OF, load_assumptions()), "traningslagenhet")
    assert one.parts == other.parts
    assert exact.parts != row(stay_costs(dataset, AS_OF, load_assumptions()), "traningslagenhet").parts
