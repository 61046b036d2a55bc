"""From scenarios to a reform: the stock, the rules and the rates of every week, against one city."""

from collections.abc import Sequence
from datetime import date

from models.dataset import Dataset
from optimiser.policy.load import PolicyData
from scenarios.whatif.check import check_stack
from scenarios.whatif.epochs import in_force, joined, turns
from scenarios.whatif.faults import ScenarioProblem
from scenarios.whatif.policy_changes import changed_policy
from scenarios.whatif.quota_epochs import quota_epochs
from scenarios.whatif.rates import arrival_factors, budgets, refusal_factors, stay_factors, ways_of_matching
from scenarios.whatif.reform import Epoch, Reform
from scenarios.whatif.scenario import BASELINE, Change, Scenario
from scenarios.whatif.stock_epochs import stock_epochs
from scenarios.whatif.weeks import weeks_of


def compile_reform(
    city: Dataset, as_of: date, scenarios: Sequence[Scenario], weeks: int, policy: PolicyData
) -> Reform:
    """What scenarios stacked in this order mean for each week of a horizon in a city.

    Every week is the city's own with the changes in force that week applied in the order given: a later
    change of the same thing wins, factors multiply, and `by` adds to what earlier changes made of it. The
    same scenario twice is applied twice, except that a pool opens only once. A change that begins after the
    horizon does nothing at all, and nobody sees it coming. No scenario is the baseline.

    Parameters
    ----------
    weeks
        Length of the horizon, 1 or more.
    policy
        The policy before any change.

    Raises
    ------
    ScenarioProblem
        With every fault of the scenarios, in their form or against the city.
    ValueError
        If there is no week to simulate.
    """
    if weeks < 1:
        raise ValueError(f"a horizon of {weeks} weeks: give one week or more")
    faults = check_stack(scenarios, city, as_of, weeks, policy)
    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        raise ScenarioProblem(errors)
    changes = [change for scenario in scenarios for change in scenario.changes]
    timed = [(change, weeks_of(change, as_of, weeks)) for change in changes]
    return Reform(
        names=tuple(scenario.name for scenario in scenarios) or (BASELINE.name,),
        weeks=weeks,
        stock=stock_epochs(city.pools, as_of, changes, weeks),
        quotas=quota_epochs(city.quotas, as_of, changes, weeks),
        policy=_policy_epochs(policy, as_of, changes, weeks),
        matching=ways_of_matching(timed, weeks),
        budget=budgets(timed, weeks),
        arrivals=arrival_factors(timed, weeks),
        stays=stay_factors(timed, weeks),
        refusals=refusal_factors(timed, weeks),
    )


def _policy_epochs(
    policy: PolicyData, as_of: date, changes: Sequence[Change], weeks: int
) -> tuple[Epoch[PolicyData], ...]:
    rules = [change for change in changes if change.kind == "rule"]
    return joined(
        Epoch(week, changed_policy(policy, in_force(rules, as_of, weeks, week)))
        for week in turns(rules, as_of, weeks)
    )
