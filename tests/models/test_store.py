"""What goes into the database comes out of it: datasets, sources of facts, settings, runs."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from models.codes import DeclinedBy, Fact, Situation, Support
from models.dataset import Dataset
from models.households import Conflict, Decline, Household, Member
from models.runs import Proposal, Run, RunStatus
from models.stock import Pool, Quota, School, Stay, TravelTime
from models.store import (
    get_setting,
    list_runs,
    load_frozen,
    load_run,
    read_dataset,
    save_run,
    set_setting,
    source_of_fact,
    sources_of_household,
    stored_as_of,
    write_dataset,
)

AS_OF, LATER = date(2026, 1, 15), date(2026, 2, 1)


def household(household_id: str, **facts: object) -> Household:
    return Household(
        household_id=household_id, situation=Situation.HOUSED, support_need=Support.DAILY, **facts
    )


def small_dataset() -> Dataset:
    """One row or two of every sheet, in the order of keys."""
    return Dataset(
        households=(
            household("H10", pregnant=Fact.YES, preferred_districts=("Farsta", "Älvsjö"), shis_months=3),
            household("H9", current_pool_id="P1", homeless_since=date(2025, 3, 1)),
        ),
        members=(
            Member(household_id="H10", member_id="1", birth_date=date(1990, 2, 28)),
            Member(household_id="H9", member_id="1", birth_date=date(1950, 1, 1), school_id="S1"),
        ),
        pools=(Pool(pool_id="P1", name="Hvilan", form="akutboende", district="Farsta", capacity=2),),
        schools=(School(school_id="S1", name="Skolan", district="Farsta"),),
        travel_times=(TravelTime(district="Farsta", school_id="S1", minutes=7),),
        conflicts=(Conflict(household_id_a="H10", household_id_b="H9"),),
        quotas=(Quota(year=2026, form=("traningslagenhet", "forsokslagenhet"), places=4),),
        stays=(Stay(household_id="H9", pool_id="P1", started_on=date(2025, 5, 1)),),
        declines=(
            Decline(household_id="H9", pool_id="P1", declined_on=date(2025, 6, 1)),
            Decline(
                household_id="H9",
                pool_id="P1",
                declined_on=date(2025, 6, 1),
                by=DeclinedBy.PROVIDER,
                reason="läge",
            ),
        ),
    )


def test_a_dataset_comes_out_as_it_went_in(database: Engine) -> None:
    changes = write_dataset(database, small_dataset(), AS_OF, "demo")
    assert read_dataset(database) == small_dataset()
    assert (changes["households"].inserted, changes["declines"].inserted) == (2, 2)
    assert isinstance(read_dataset(database).households[0].pregnant, Fact)


def test_rows_come_sorted_by_key_whatever_order_they_went_in(database: Engine) -> None:
    ordered = small_dataset()
    backwards = Dataset(**{name: getattr(ordered, name)[::-1] for name in Dataset.__dataclass_fields__})
    write_dataset(database, backwards, AS_OF, "demo")
    assert read_dataset(database) == ordered


def test_writing_again_changes_nothing(database: Engine) -> None:
    write_dataset(database, small_dataset(), AS_OF, "demo")
    changes = write_dataset(database, small_dataset(), LATER, "again")
    assert all((c.inserted, c.updated) == (0, 0) for c in changes.values())
    assert sources_of_household(database, "H9")["situation"] == (AS_OF, "demo")


def test_a_conflict_told_the_other_way_round_is_the_same(database: Engine) -> None:
    write_dataset(database, small_dataset(), AS_OF, "demo")
    turned = Dataset(conflicts=(Conflict(household_id_a="H9", household_id_b="H10"),))
    assert write_dataset(database, turned, AS_OF, "demo")["conflicts"].unchanged == 1


def test_a_blank_decline_that_turns_out_to_be_the_households_is_updated(database: Engine) -> None:
    write_dataset(database, small_dataset(), AS_OF, "demo")
    told = Decline(household_id="H9", pool_id="P1", declined_on=date(2025, 6, 1), by=DeclinedBy.HOUSEHOLD)
    assert write_dataset(database, Dataset(declines=(told,)), AS_OF, "demo")["declines"].updated == 1
    assert len(read_dataset(database).declines) == 2


def test_a_quota_is_known_by_its_forms_in_any_order(database: Engine) -> None:
    write_dataset(database, small_dataset(), AS_OF, "demo")
    more = Quota(year=2026, form=("forsokslagenhet", "traningslagenhet"), places=9)
    assert write_dataset(database, Dataset(quotas=(more,)), AS_OF, "demo")["quotas"].updated == 1
    assert read_dataset(database).quotas == (more,)


def test_a_failed_write_leaves_nothing(database: Engine) -> None:
    bad = Dataset(
        pools=small_dataset().pools, stays=(Stay(household_id="H0", pool_id="P1", started_on=AS_OF),)
    )
    with pytest.raises(IntegrityError):
        write_dataset(database, bad, AS_OF, "demo")
    assert read_dataset(database) == Dataset()


def test_only_what_is_known_has_a_source(database: Engine) -> None:
    write_dataset(database, small_dataset(), AS_OF, "demo")
    assert sources_of_household(database, "H10").keys() == {
        "situation",
        "support_need",
        "pregnant",
        "shis_months",
    }
    assert source_of_fact(database, "H10", "homeless_since") is None


def test_a_changed_fact_takes_the_new_source_and_the_rest_keep_theirs(database: Engine) -> None:
    write_dataset(database, small_dataset(), AS_OF, "demo")
    changed = household("H10", pregnant=Fact.NO, shis_months=3, pet=Fact.YES)
    write_dataset(database, Dataset(households=(changed,)), LATER, "february.csv")
    sources = sources_of_household(database, "H10")
    assert sources["pregnant"] == sources["pet"] == (LATER, "february.csv")
    assert sources["shis_months"] == (AS_OF, "demo")


def test_a_fact_that_becomes_unknown_says_since_when(database: Engine) -> None:
    write_dataset(database, small_dataset(), AS_OF, "demo")
    write_dataset(database, Dataset(households=(household("H10", shis_months=3),)), LATER, "february.csv")
    assert source_of_fact(database, "H10", "pregnant") == (LATER, "february.csv")


def test_settings_are_kept_and_replaced(database: Engine) -> None:
    assert get_setting(database, "city") is None
    assert stored_as_of(database) is None
    set_setting(database, "city", "Solna")
    set_setting(database, "city", "Göteborg")
    set_setting(database, "as_of", "2026-01-15")
    assert get_setting(database, "city") == "Göteborg"
    assert stored_as_of(database) == AS_OF


def run(**changes: object) -> Run:
    values = {
        "created_at": datetime(2026, 1, 15, 8, 30, tzinfo=UTC),
        "as_of": AS_OF,
        "moves": "unlimited",
        "policy_hash": "aa",
        "inputs_hash": "bb",
        "engine": "flow",
        "status": RunStatus.OPTIMAL,
        "seconds": 0.25,
        "options": {"time_limit": None},
        "result": {"run": {"goals": [{"name": "tier_1", "value": 1}]}, "unmatched": ["å"]},
        "versions": {"hemvist": "0.1.0"},
        **changes,
    }
    return Run(**values)


proposals = (
    Proposal(
        household_id="H10", pool_id="P1", tier=1, points=380, fit=-20, monthly_cost_sek=9000, chain=1, step=1
    ),
    Proposal(household_id="H9", pool_id="P1", tier=4, points=0, fit=0, monthly_cost_sek=0, conditional=True),
)


def test_a_run_comes_back_with_its_proposals_and_inputs(database: Engine) -> None:
    write_dataset(database, small_dataset(), AS_OF, "demo")
    run_id = save_run(database, run(), proposals, {"aa": b"policy" * 1000, "bb": b"inputs"})
    loaded = load_run(database, run_id)
    assert loaded is not None
    assert loaded[0].model_dump() == run(id=run_id).model_dump()
    assert loaded[1] == proposals
    assert load_frozen(database, "aa") == b"policy" * 1000
    assert load_frozen(database, "cc") is None
    assert load_run(database, run_id + 1) is None


def test_inputs_are_frozen_once_and_runs_listed_newest_first(database: Engine) -> None:
    first = save_run(database, run(), frozen={"bb": b"inputs"})
    second = save_run(database, run(moves="none"), frozen={"bb": b"inputs"})
    assert [listed.id for listed in list_runs(database)] == [second, first]
    assert [listed.id for listed in list_runs(database, most=1)] == [second]


def test_a_household_stands_once_in_a_run_or_nothing_is_stored(database: Engine) -> None:
    write_dataset(database, small_dataset(), AS_OF, "demo")
    with pytest.raises(IntegrityError):
        save_run(database, run(), (proposals[0], proposals[0]))
    assert list_runs(database) == ()
