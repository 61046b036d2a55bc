"""A city with a budget and an equity floor, chains of four, and little time: what holds whenever it stops."""

from fractions import Fraction

import pytest

from optimiser.compatibility import assess
from optimiser.instance_build import build_instance
from optimiser.limits.model import Limits
from optimiser.match import match_assessed
from optimiser.policy.load import load_policy
from scenarios.demo_city import DEMO_AS_OF, build_demo_city


@pytest.mark.slow
def test_whenever_time_runs_out_the_plan_passes_the_check_below_true_bounds() -> None:
    """The match judges its own plan; the best plan's values are no higher than any bound before a miss."""
    assessment = assess(load_policy(DEMO_AS_OF), build_instance(build_demo_city(), DEMO_AS_OF))
    limits = Limits(budget=3_000_000, women_share=Fraction(1, 2))
    best = match_assessed(assessment, 4, 300.0, limits).solution
    assert best.optimal
    for seconds in (0.2, 0.5, 1.0, 2.0):
        found = match_assessed(assessment, 4, seconds, limits).solution
        assert found.values <= best.values
        for goal, (value, bound) in enumerate(zip(found.values, found.bounds, strict=True)):
            assert value <= bound
            if found.values[:goal] == best.values[:goal]:
                assert best.values[goal] <= bound
        assert found.values[0] > 0
