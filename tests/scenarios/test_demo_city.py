"""The demo city counts what the published survey counted, for any seed, and shows the gap it is known for."""

from collections import Counter
from datetime import timedelta

import pytest

from models.codes import Admits, DrugPolicy, Fact, MentalHealth, Sex, Situation, SubstanceUse
from models.dataset import Dataset
from models.forms import forms
from models.households import Household, Member
from models.stock import Pool
from scenarios.demo_city import DEMO_AS_OF, build_demo_city

SEEDS = (2439, 1, 987654321)
COUNTED = {
    "rough_sleeping",
    "emergency_shelter",
    "hotel_hostel",
    "emergency_flat",
    "friends_temporary",
    "hospital",
    "treatment_institution",
    "prison",
    "supported_housing",
    "training_flat",
}
ACUTE = {"rough_sleeping", "emergency_shelter", "hotel_hostel"}


@pytest.fixture(scope="module", params=SEEDS)
def city(request: pytest.FixtureRequest) -> Dataset:
    """The city of one seed."""
    return build_demo_city(request.param)


def age(member: Member) -> int:
    """Completed years on the as-of date."""
    born = member.birth_date
    return DEMO_AS_OF.year - born.year - ((DEMO_AS_OF.month, DEMO_AS_OF.day) < (born.month, born.day))


def adults(city: Dataset) -> dict[str, list[Member]]:
    """Members of 18 and over, by household."""
    found: dict[str, list[Member]] = {household.household_id: [] for household in city.households}
    for member in city.members:
        if age(member) >= 18:
            found[member.household_id].append(member)
    return found


def with_child(city: Dataset) -> set[str]:
    """Ids of households with a member under 18."""
    return {member.household_id for member in city.members if age(member) < 18}


def counted(city: Dataset) -> list[tuple[Household, Member]]:
    """Adults of childless households in one of the counted situations, each with the household."""
    grown, families = adults(city), with_child(city)
    return [
        (household, adult)
        for household in city.households
        if household.situation.value in COUNTED and household.household_id not in families
        for adult in grown[household.household_id]
    ]


def by_sex(people: list[tuple[Household, Member]]) -> tuple[int, int, int]:
    """How many in all, women, men."""
    sexes = Counter(adult.sex for _, adult in people)
    return len(people), sexes[Sex.WOMAN], sexes[Sex.MAN]


def test_people_counted_as_homeless(city: Dataset) -> None:
    assert by_sex(counted(city)) == (2439, 812, 1627)


def test_people_in_acute_situations(city: Dataset) -> None:
    acute = [(home, adult) for home, adult in counted(city) if home.situation.value in ACUTE]
    assert by_sex(acute) == (1188, 447, 741)


def test_people_long_homeless(city: Dataset) -> None:
    limit = DEMO_AS_OF - timedelta(days=183)
    long_term = [
        (home, adult) for home, adult in counted(city) if home.homeless_since and home.homeless_since <= limit
    ]
    assert by_sex(long_term) == (1741, 554, 1187)


def test_people_with_active_use_and_mental_ill_health(city: Dataset) -> None:
    together = [
        adult
        for home, adult in counted(city)
        if home.substance_use == SubstanceUse.ACTIVE
        and home.mental_health in (MentalHealth.SOME, MentalHealth.SEVERE)
    ]
    assert len(together) == 579


def test_families_in_insecure_housing_and_the_share_because_of_violence(city: Dataset) -> None:
    families = with_child(city)
    homes = [home for home in city.households if home.household_id in families]
    insecure = [home for home in homes if home.situation != Situation.HOUSED]
    assert len(insecure) == 364
    assert sum(home.violence_exposed == Fact.YES for home in insecure) == round(0.22 * 364)


def test_shares_that_the_sources_give_hold_within_a_point(city: Dataset) -> None:
    people = counted(city)
    ages = [age(adult) for _, adult in people]
    assert sum(18 <= years <= 24 for years in ages) / len(people) == pytest.approx(0.10, abs=0.01)
    assert sum(25 <= years <= 34 for years in ages) / len(people) == pytest.approx(0.24, abs=0.01)
    without = sum(home.support_need.value == "none" for home, _ in people)
    assert without / len(people) == pytest.approx(0.24, abs=0.01)


def test_facts_are_sometimes_unknown_but_rarely(city: Dataset) -> None:
    for fact in ("violence_exposed", "wants_drug_free", "first_hand_barrier", "right_of_residence", "pet"):
        unknown = sum(getattr(home, fact).value == "unknown" for home in city.households)
        assert 0.02 < unknown / len(city.households) < 0.18, fact
    assert any(home.homeless_since is None for home, _ in counted(city))
    assert any(home.right_of_residence == Fact.NO for home in city.households)


def test_units_follow_the_rule_of_responsibility(city: Dataset) -> None:
    grown, families = adults(city), with_child(city)
    city_wide = [home for home in city.households if home.responsible_unit == "Enheten för hemlösa"]
    for home in city_wide:
        assert home.household_id not in families
        assert home.pregnant != Fact.YES
        assert all(26 <= age(adult) <= 64 for adult in grown[home.household_id])
    # Districts handle about two thirds of the cases.
    assert 0.2 < len(city_wide) / len(city.households) < 0.4


def test_the_same_seed_gives_the_same_city_and_another_seed_other_people() -> None:
    assert repr(build_demo_city(7)) == repr(build_demo_city(7))
    assert build_demo_city(7).members != build_demo_city(8).members
    assert len(build_demo_city().households) < 3400


# --- Stock -----------------------------------------------------------------------------------------------


def pool(city: Dataset, pool_id: str) -> Pool:
    """A pool by its id."""
    return next(pool for pool in city.pools if pool.pool_id == pool_id)


def free(city: Dataset, one: Pool) -> int:
    """Free places of a pool."""
    return one.capacity - sum(home.current_pool_id == one.pool_id for home in city.households)


def test_named_houses_are_what_the_sources_say(city: Dataset) -> None:
    hvilan, syrenen = pool(city, "P-HVILAN"), pool(city, "P-SYRENEN")
    vastberga, gamlebo = pool(city, "P-VASTBERGA"), pool(city, "P-GAMLEBO")
    assert (hvilan.form, hvilan.admits, hvilan.drug_policy) == ("akutboende", "women", "tolerant")
    assert hvilan.staffing == "around_the_clock"
    assert (syrenen.form, syrenen.admits, syrenen.drug_policy) == ("stodboende", "women", "drug_free")
    assert (vastberga.form, vastberga.admits, vastberga.drug_policy) == ("stodboende", "men", "tolerant")
    assert gamlebo.drug_policy == DrugPolicy.TOLERANT
    assert gamlebo.min_age is not None
    assert 60 <= gamlebo.min_age <= 65


def test_between_hvilan_and_syrenen_there_is_nothing_for_women_who_use_drugs(city: Dataset) -> None:
    womens = [one for one in city.pools if one.admits == Admits.WOMEN and forms()[one.form].level >= 1]
    assert womens
    assert all(one.drug_policy == DrugPolicy.DRUG_FREE for one in womens)
    mixed_tolerant = [
        one
        for one in city.pools
        if one.admits == Admits.ALL
        and one.drug_policy == DrugPolicy.TOLERANT
        and forms()[one.form].level == 1
        and (one.min_age or 0) < 60
    ]
    assert sum(one.capacity for one in mixed_tolerant) < 20


def test_all_forms_and_districts_stand_in_the_stock(city: Dataset) -> None:
    assert {one.form for one in city.pools} == set(forms())
    assert {one.district for one in city.pools} == {school.district for school in city.schools}
    assert len({one.district for one in city.pools}) == 11
    assert 110 <= len(city.pools) <= 150
    houses = Counter(one.facility_id for one in city.pools if one.facility_id)
    assert houses
    assert all(number > 1 for number in houses.values())


def test_a_few_dozen_places_are_free_over_most_forms(city: Dataset) -> None:
    vacant = {one.pool_id: free(city, one) for one in city.pools}
    assert 30 <= sum(vacant.values()) <= 60
    assert len({one.form for one in city.pools if vacant[one.pool_id]}) >= 14
    assert all(one.opens_on is None for one in city.pools if vacant[one.pool_id] < one.capacity)


def test_pools_open_and_close_within_reach(city: Dataset) -> None:
    soon = DEMO_AS_OF + timedelta(days=90)
    closing = [one for one in city.pools if one.closes_on and DEMO_AS_OF < one.closes_on <= soon]
    assert len(closing) == 2
    assert sum(one.opens_on is not None and one.opens_on > DEMO_AS_OF for one in city.pools) == 1


def test_residents_fit_their_house_save_a_few(city: Dataset) -> None:
    at = {one.pool_id: one for one in city.pools}
    grown = adults(city)
    residents = [home for home in city.households if home.current_pool_id]
    relapsed = 0
    for home in residents:
        house = at[home.current_pool_id or ""]
        only = {Admits.WOMEN: Sex.WOMAN, Admits.MEN: Sex.MAN}.get(house.admits)
        for adult in grown[home.household_id]:
            assert only in (None, adult.sex)
            assert (house.min_age or 0) <= age(adult) <= (house.max_age or 200)
        relapsed += house.drug_policy == DrugPolicy.DRUG_FREE and home.substance_use == SubstanceUse.ACTIVE
    assert 10 <= relapsed < 0.03 * len(residents)


def test_quotas_of_the_year_are_hardly_used(city: Dataset) -> None:
    whole_city = {quota.form: quota for quota in city.quotas if quota.responsible_unit is None}
    assert whole_city[("genomgangsbostad",)].places == 100
    assert whole_city[("seniorlagenhet",)].places == 25
    assert all(quota.year == 2026 and (quota.used or 0) < 0.1 * quota.places for quota in city.quotas)
