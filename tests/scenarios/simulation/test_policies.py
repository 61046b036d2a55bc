"""The policy of each week: dated numbers from their day, changes from their week."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from optimiser.policy.load import PolicyData, load_policy_data
from scenarios.simulation.policies import Policies
from scenarios.whatif.reform import Epoch

AS_OF = date(2026, 1, 15)


def with_days(*dated: tuple[date, int]) -> PolicyData:
    """The product's policy with other days between a no and the next offer of the same pool."""
    data = load_policy_data()
    rule: dict[str, Any] = dict(data.tree["rules"]["recent_decline"])
    values = [{"from": start, "value": days} for start, days in dated]
    rule["parameters"] = {**rule["parameters"], "household_days": values}
    rules = {**data.tree["rules"], "recent_decline": rule}
    return replace(data, tree={**data.tree, "rules": rules})


def days(policies: Policies, week: int) -> int:
    found = policies.on(week, AS_OF + timedelta(weeks=week))
    assert found.as_of == AS_OF + timedelta(weeks=week)
    return int(found.rule("recent_decline").parameters["household_days"])


def test_numbers_change_on_their_day() -> None:
    data = with_days((date(2020, 1, 1), 14), (AS_OF + timedelta(days=21), 7))
    policies = Policies((Epoch(0, data),))
    assert [days(policies, week) for week in range(5)] == [14, 14, 14, 7, 7]


def test_epochs_change_in_their_week() -> None:
    start = date(2020, 1, 1)
    policies = Policies((Epoch(0, with_days((start, 14))), Epoch(3, with_days((start, 30)))))
    assert [days(policies, week) for week in range(5)] == [14, 14, 14, 30, 30]


@pytest.mark.parametrize("week", [0, 60, 400])
def test_the_policy_of_a_week_is_that_of_its_day(week: int) -> None:
    data, day = load_policy_data(), AS_OF + timedelta(weeks=week)
    assert Policies((Epoch(0, data),)).on(week, day) == data.on(day)
