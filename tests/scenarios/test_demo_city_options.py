"""What the rules make of the demo city: options for most people, and a gap one can see."""

import numpy as np
import pytest

from optimiser.compatibility import Compatibility, assess, compatibility
from optimiser.instance import Instance
from optimiser.instance_build import build_instance
from optimiser.policy.load import load_policy
from optimiser.priority import Priority, prioritise
from scenarios.demo_city import DEMO_AS_OF, build_demo_city

City = tuple[Instance, Priority, Compatibility]


@pytest.fixture(scope="module", params=[2439, 5])
def city(request: pytest.FixtureRequest) -> City:
    """The city of one seed under the city's own policy, with its pairs."""
    instance = build_instance(build_demo_city(request.param), DEMO_AS_OF)
    assessment = assess(load_policy(DEMO_AS_OF), instance)
    return instance, prioritise(assessment), compatibility(assessment)


def options(city: City) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Eligible pools of each household, full or not, shape (households,)."""
    instance, _, compatible = city
    return np.bincount(compatible.eligible[0], minlength=instance.n)


def test_there_are_tens_of_thousands_of_eligible_pairs(city: City) -> None:
    _, priority, compatible = city
    assert 30_000 <= int(priority.candidate[compatible.eligible[0]].sum()) <= 60_000


def test_every_tier_has_people_and_most_of_the_waiting_have_an_option(city: City) -> None:
    _, priority, _ = city
    for tier in range(1, 6):
        assert (priority.candidate & (priority.tier == tier)).sum() > 40
        if tier < 5:
            chosen = priority.candidate & (priority.tier == tier)
            assert (options(city)[chosen] > 0).mean() > 0.75


def test_women_families_and_older_people_have_options(city: City) -> None:
    instance, priority, _ = city
    columns = instance.households
    women = (columns["adult_women"] == columns["adults"]) & (columns["children"] == 0)
    for group in (women, columns["children"] > 0, columns["youngest_adult"] >= 65):
        waiting = priority.candidate & (columns["current_pool"] < 0) & group
        assert waiting.sum() > 20
        assert (options(city)[waiting] > 0).mean() > 0.75


def test_about_a_third_in_shared_and_temporary_housing_can_move_on(city: City) -> None:
    instance, priority, _ = city
    pool = instance.households["current_pool"]
    level = np.where(pool < 0, -1, instance.pools["level"][pool])
    residents = np.isin(level, (1, 2))
    ready = residents & priority.candidate & (options(city) > 0)
    assert 0.25 < ready.sum() / residents.sum() < 0.5


def test_people_are_waiting_whose_missing_facts_would_open_a_place(city: City) -> None:
    instance, priority, compatible = city
    unknown = np.bincount(compatible.unknown[0], minlength=instance.n)
    assert (priority.candidate & (options(city) == 0) & (unknown > 0)).sum() > 30
