"""Limits on the whole demo city: proven, and kept."""

from fractions import Fraction

import pytest

from optimiser.instance_build import build_instance
from optimiser.limits.model import Limits
from optimiser.limits.scope import all_women, monthly_cost
from optimiser.match import match
from optimiser.policy.load import load_policy
from scenarios.demo_city import DEMO_AS_OF, build_demo_city


@pytest.mark.parametrize(
    ("share", "engine"),
    [
        (Fraction(1, 4), "flow+prices"),
        # To prove that nothing better can be had for this much takes a search of ten seconds.
        pytest.param(Fraction(4, 5), "flow+mip", marks=pytest.mark.slow),
    ],
)
def test_budget_and_equity_floor_are_proven_for_a_whole_city(share: Fraction, engine: str) -> None:
    instance, policy = build_instance(build_demo_city(), DEMO_AS_OF), load_policy(DEMO_AS_OF)
    free = match(policy, instance, "none")
    spent = int(monthly_cost(instance, free.plan.pool).sum())
    women = all_women(instance)
    before = Fraction(int(women[free.plan.household].sum()), len(free.plan.household))
    floor = Fraction(1, 2)
    assert before < floor
    budget = int(spent * share)
    limits = Limits(budget=budget, women_share=floor)
    run = match(policy, instance, "none", limits=limits)
    assert run.optimal
    assert run.solution.engine == engine
    assert monthly_cost(instance, run.plan.pool).sum() <= budget
    assert 2 * women[run.plan.household].sum() >= len(run.plan.household)
    assert free.solution.values > run.solution.values
