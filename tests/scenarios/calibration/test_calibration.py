"""A whole calibration: pooling, lengths, homes kept, arrivals, and the file of assumptions it writes."""

import math
import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes import Fact, Situation, SubstanceUse, Support
from models.dataset import Dataset
from models.forms import forms
from models.households import Household, Member
from optimiser.policy.load import load_policy_data
from scenarios.assumptions import Assumptions, Entry, load_assumptions
from scenarios.calibration.answer import calibration_answer
from scenarios.calibration.calibration import Calibration, calibrate
from scenarios.calibration.end_reasons import ENDS
from scenarios.calibration.estimates import FEWEST_ENDS, Estimate
from scenarios.calibration.lengths import length_of_stays, still_housed
from scenarios.calibration.observed import observe
from scenarios.calibration.written import as_toml, calibrated
from scenarios.demo_city import DEMO_AS_OF, build_demo_city

from .cities import AS_OF, city, days_ago, simulated, stay

POLICY = load_policy_data().on(AS_OF)


@pytest.fixture(scope="module")
def demo() -> Calibration:
    return calibrate(build_demo_city(), DEMO_AS_OF, POLICY)


def of(found: Calibration, key: str) -> Estimate:
    return next(one for one in found.estimates if one.key == key)


def test_few_ends_are_pooled_with_their_level_and_say_so() -> None:
    # Five ends in akutboende, one in jourlägenhet: both are level 0.
    rows = [stay(n, "akutboende", 80, 10, "eget hem") for n in range(FEWEST_ENDS)]
    rows.append(stay(90, "jourlagenhet", 80, 10, "åter i hemlöshet"))
    found = calibrate(city(*rows), AS_OF, POLICY)
    alone, pooled = of(found, "stays.akutboende.own_home"), of(found, "stays.jourlagenhet.own_home")
    assert (alone.ground, alone.events, alone.records, alone.weeks) == ("own", 5, 5, 50)
    assert (pooled.ground, pooled.events, pooled.records, pooled.weeks) == ("pooled", 5, 6, 60)
    # Five ends in 50 weeks are a rate of 0.1, and a chance of 1 - exp(-0.1) a week.
    assert alone.value == pytest.approx(1 - math.exp(-0.1))
    assert of(found, "stays.bostad_forst.left").ground == "kept"
    assert of(found, "stays.bostad_forst.left").value is None


def test_too_few_ends_keep_the_assumption_and_still_tell_what_was_watched() -> None:
    found = calibrate(city(stay(1, "famvux", 42, 14, "eget hem"), stay(2, "famvux", 21)), AS_OF, POLICY)
    home, left = of(found, "stays.famvux.own_home"), of(found, "stays.famvux.left")
    assert (home.ground, home.value, home.events, home.records, home.weeks) == ("kept", None, 1, 2, 7)
    assert (left.ground, left.events, left.weeks) == ("kept", 0, 7)


def test_moves_inside_the_stock_are_no_ends() -> None:
    moves = [stay(n, "akutboende", 80, 10, "vidare till annat boende") for n in range(20)]
    found = calibrate(city(*moves), AS_OF, POLICY)
    assert all(one.ground == "kept" for one in found.estimates if one.key.startswith("stays."))
    assert (found.forms[0].ends, found.forms[0].moved_on) == (0, 20)
    assert found.ends["moved_on"] == 20


def test_lengths_find_a_constant_chance_and_its_median() -> None:
    found = length_of_stays(observe(simulated(2, (0.02, 0.03, 0.02), beds=150), AS_OF, 104))
    assert found.shape_low < 1 < found.shape_high
    assert found.median == pytest.approx(math.log(2) / 0.07, rel=0.15)
    assert found.median_low < found.median < found.median_high


def test_lengths_where_all_who_were_watched_early_had_gone() -> None:
    # All five watched from moving in end after ten weeks; those known from then on go on.
    rows = [stay(n, "jourlagenhet", 140, 70, "eget hem") for n in range(5)]
    rows += [stay(10 + n, "jourlagenhet", 600) for n in range(6)]
    found = length_of_stays(observe(city(*rows), AS_OF, 52))
    assert 0 < found.shape_low < found.shape < found.shape_high


def test_stays_all_equally_long_have_no_shape() -> None:
    rows = [stay(n, "jourlagenhet", 100 + n, 30 + n, "eget hem") for n in range(6)]
    found = length_of_stays(observe(city(*rows, stay(9, "jourlagenhet", 12)), AS_OF, 52))
    assert (found.median, found.shape, found.shape_low) == (10, math.inf, math.inf)
    told = calibration_answer(calibrate(city(*rows), AS_OF, POLICY), load_assumptions())
    assert told["lengths"]["jourlagenhet"]["shape"] is None


def test_lengths_without_an_end_are_refused() -> None:
    with pytest.raises(ValueError, match="pool forms first"):
        length_of_stays(observe(city(stay(1, "akutboende", 30)), AS_OF, 52))


def test_homes_kept_under_known_losses() -> None:
    # Lost at 0.003 a week, taken over at 0.004: lost within t weeks with chance 3/7 (1 - exp(-0.007 t)).
    seen = observe(simulated(7, (0.004, 0.003), "bostad_forst", beds=500), AS_OF, 104)
    for kept in still_housed(seen):
        true = 1 - 3 / 7 * (1 - math.exp(-0.007 * kept.weeks))
        assert kept.low < true < kept.high
        assert kept.high - kept.low < 0.15


def test_homes_kept_where_nobody_lost_one() -> None:
    shares = still_housed(observe(city(stay(1, "bostad_forst", 900, 20, "eget hem")), AS_OF, 52))
    told = [(kept.weeks, kept.value, kept.low, kept.high) for kept in shares]
    assert told == [(104.0, 1, pytest.approx(0.025), 1)]
    many = (stay(n, "bostad_forst", 900) for n in range(30))
    shares = still_housed(observe(city(*many), AS_OF, 208))
    assert [(kept.value, round(kept.low, 4), kept.high, kept.followed) for kept in shares] == [
        (1, 0.8843, 1, 30)
    ] * 2


def test_homes_kept_where_everybody_lost_theirs() -> None:
    lost = (stay(n, "bostad_forst", 300, 20 + n, "åter i hemlöshet") for n in range(30))
    shares = still_housed(observe(city(*lost), AS_OF, 52))
    assert [(kept.weeks, kept.value, kept.low, round(kept.high, 4)) for kept in shares] == [
        (weeks, pytest.approx(0), pytest.approx(0), 0.1157) for weeks in (52.0, 104.0)
    ]


def test_homes_that_nobody_has_been_followed_in_so_long_tell_nothing() -> None:
    young = city(*(stay(n, "bostad_forst", 400) for n in range(4)), stay(9, "bostad_forst", 20))
    assert [(kept.weeks, kept.followed) for kept in still_housed(observe(young, AS_OF, 52))] == [(52.0, 4)]
    assert calibrate(city(stay(1, "bostad_forst", 20)), AS_OF, POLICY).kept == ()


def adult(name: str, since: date | None, **columns: object) -> tuple[Household, Member]:
    told = {"situation": Situation.ROUGH_SLEEPING, "support_need": Support.DAILY, **columns}
    row = Household(
        household_id=name,
        homeless_since=since,
        substance_use=SubstanceUse.ACTIVE,
        right_of_residence=Fact.YES,
        **told,
    )
    return row, Member(household_id=name, member_id=f"{name}-1", birth_date=date(1980, 1, 1), sex="woman")


def test_arrivals_by_hand() -> None:
    people = [
        adult("H1", days_ago(10)),
        adult("H2", days_ago(26 * 7)),
        adult("H3", days_ago(900)),
        adult("H4", None),
        adult("H5", days_ago(5), current_pool_id="P-akutboende", moved_in_on=days_ago(3)),
    ]
    stays = (
        stay(5, "akutboende", 3).model_copy(update={"household_id": "H5"}),
        stay(3, "akutboende", 950, 920).model_copy(update={"household_id": "H3"}),
    )
    rows = Dataset(
        households=tuple(row for row, _ in people),
        members=tuple(member for _, member in people),
        pools=city(stay(0, "akutboende", 1)).pools,
        stays=stays,
    )
    came = calibrate(rows, AS_OF, POLICY).arrivals
    segment = "woman_tolerant_high"
    assert (came.came[segment], came.waiting[segment], came.undated[segment]) == (2, 4, 1)
    # Two in 26 weeks, for each of four who wait.
    assert came.estimates[0].value == pytest.approx(2 / 26 / 4 * 365.25 / 7)
    assert [one.key for one in came.estimates] == [f"arrivals.{segment}"]


def test_the_demo_city_says_that_its_register_has_forgotten(demo: Calibration) -> None:
    assert not demo.complete
    assert 0 < demo.recorded_then < 0.6
    assert demo.seen_again == demo.ends["left"] > 0
    assert demo.unknown_reasons == {}


def test_the_demo_city_has_an_estimate_for_every_form_and_end(demo: Calibration) -> None:
    keys = [one.key for one in demo.estimates if one.key.startswith("stays.")]
    assert keys == [f"stays.{form}.{end}" for form in forms() for end in ENDS]
    for one in demo.estimates:
        assert one.value is not None
        assert one.low is not None
        assert one.high is not None
        assert 0 <= one.low <= one.value < one.high


def test_a_full_register_is_said_to_be_complete() -> None:
    found = calibrate(simulated(1, (0.01, 0.01, 0.01)), AS_OF, POLICY)
    assert found.complete
    assert found.recorded_then == 1


def test_what_is_written_can_be_loaded_and_is_complete(demo: Calibration, tmp_path: Path) -> None:
    ours = load_assumptions()
    file = tmp_path / "calibrated.toml"
    file.write_text(as_toml(calibrated(ours, demo), "A test"), encoding="utf-8")
    theirs = load_assumptions(file)
    assert (
        theirs.entries.keys() == ours.entries.keys() == set(keys_in(tomllib.loads(file.read_text("utf-8"))))
    )
    for one in demo.estimates:
        entry = theirs.entries[one.key]
        assert one.value is not None
        assert entry.value == pytest.approx(one.value, rel=1e-5)
        assert entry.basis == ("assumed" if one.ground == "pooled" else "calibrated")
        assert ("pooled" in entry.source) == (one.ground == "pooled")
        assert str(one.records) in entry.source
    untouched = [key for key in ours.entries if not key.startswith(("stays.", "arrivals."))]
    assert untouched
    assert all(theirs.entries[key] == ours.entries[key] for key in untouched)


def keys_in(node: dict[str, object], prefix: str = "") -> list[str]:
    keys = []
    for name, child in node.items():
        assert isinstance(child, dict)
        keys += [f"{prefix}{name}"] if "value" in child else keys_in(child, f"{prefix}{name}.")
    return keys


def test_too_little_data_leaves_the_assumption_in_force() -> None:
    ours = load_assumptions()
    found = calibrate(city(stay(1, "bostad_forst", 50, 20, "eget hem")), AS_OF, POLICY)
    assert (
        calibrated(ours, found).entries["stays.bostad_forst.own_home"]
        == (ours.entries["stays.bostad_forst.own_home"])
    )


def test_the_answer_is_plain_data_beside_what_is_in_force(demo: Calibration) -> None:
    ours = load_assumptions()
    answer = calibration_answer(demo, ours)
    first = answer["estimates"][0]
    assert first["key"] == "stays.bostad_forst.own_home"
    assert first["in_force"]["value"] == ours.value("stays.bostad_forst.own_home")
    assert answer["lengths"]["bostad_forst"]["median"] is None
    assert np.isfinite(answer["lengths"]["akutboende"]["median"])


@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    value=st.floats(0, 1e9),
    low=st.none() | st.floats(0, 1e9),
)
def test_whatever_is_written_is_read_back(text: str, value: float, low: float | None) -> None:
    entry = Entry(value, "a week", "assumed", "source", low=low, text_sv=text)
    tree = tomllib.loads(as_toml(Assumptions({"stays.akutboende.left": entry}), "A test"))
    leaf = tree["stays"]["akutboende"]["left"]
    assert (leaf["value"], leaf.get("low"), leaf.get("text_sv", "")) == (value, low, text)
