"""Limits on the whole demo city: proven, and kept."""

from fractions import Fraction

from optimiser.instance_build import build_instance
from optimiser.limits.model import Limits
from optimiser.limits.scope import all_women, monthly_cost
from optimiser.match import match
from optimiser.policy.load import load_policy
from scenarios.demo_city import DEMO_AS_OF, build_demo_city


def test_budget_and_equity_floor_are_proven_for_a_whole_city() -> None:
    instance, policy = build_instance(build_demo_city(), DEMO_AS_OF), load_policy(DEMO_AS_OF)
    free = match(policy, instance, "none")
    spent = int(monthly_cost(instance, free.plan.pool).sum())
    women = all_women(instance)
    before = Fraction(int(women[free.plan.household].sum()), len(free.plan.household))
    floor = Fraction(1, 2)
    assert before < floor
    limits = Limits(budget=spent * 4 // 5, women_share=floor)
    run = match(policy, instance, "none", limits=limits)
    assert run.optimal
    assert run.solution.engine == "flow+mip"
    assert monthly_cost(instance, run.plan.pool).sum() <= spent * 4 // 5
    assert 2 * women[run.plan.household].sum() >= len(run.plan.household)
    assert free.solution.values > run.solution.values
