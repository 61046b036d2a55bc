"""The policy of each week: one parameter changed, a rule removed, and a digest of its own."""

from datetime import date

import pytest

from optimiser.compatibility import assess, compatibility
from optimiser.instance import NONE
from optimiser.instance_build import build_instance
from optimiser.policy.load import load_policy_data
from optimiser.policy.model import Policy

from .made import AS_OF, compiled, made, small_city

SCHOOL = "kind = 'rule'\nrule = 'school_continuity'\nparameter = 'minutes_under_10'\n"


def policy(*entries: str, on: date = AS_OF) -> Policy:
    """The policy of week 0 under some changes."""
    return compiled(made(*entries)).policy[0].state.on(on)


def test_a_number_changes_on_every_day_and_nothing_else_does() -> None:
    changed = policy(SCHOOL + "value = 45")
    first_day = policy(SCHOOL + "value = 45", on=date(2020, 1, 1))
    for each in (changed, first_day):
        assert each.rule("school_continuity").parameters["minutes_under_10"] == 45
    base = load_policy_data().on(AS_OF)
    assert [rule for rule in changed.rules if rule.rule_id != "school_continuity"] == [
        rule for rule in base.rules if rule.rule_id != "school_continuity"
    ]
    assert (changed.conditions, changed.points, changed.fit) == (base.conditions, base.points, base.fit)


def test_a_changed_policy_has_a_digest_of_its_own() -> None:
    base = load_policy_data().digest
    one, other = (compiled(made(SCHOOL + f"value = {n}")).policy[0].state.digest for n in (45, 46))
    assert len({base, one, other}) == 3
    assert compiled(made(SCHOOL + "value = 45")).policy[0].state.digest == one
    assert load_policy_data().digest == base


def test_a_change_back_is_a_change_in_form_but_not_in_force() -> None:
    assert policy(SCHOOL + "value = 30").rules == load_policy_data().on(AS_OF).rules


def test_a_rule_holds_for_its_weeks() -> None:
    reform = compiled(made(SCHOOL + "value = 45\nfrom_week = 4\nuntil_week = 9"))
    assert [epoch.from_week for epoch in reform.policy] == [0, 4, 9]
    minutes = [
        epoch.state.on(AS_OF).rule("school_continuity").parameters["minutes_under_10"]
        for epoch in reform.policy
    ]
    assert minutes == [30, 45, 30]
    assert reform.policy[0].state == reform.policy[2].state == load_policy_data()


def test_later_changes_win_and_add_up() -> None:
    both = policy(
        SCHOOL + "value = 45",
        SCHOOL + "value = 50",
        "kind = 'rule'\nrule = 'school_continuity'\nparameter = 'minutes_10_to_12'\nvalue = 70",
    )
    parameters = both.rule("school_continuity").parameters
    assert (parameters["minutes_under_10"], parameters["minutes_10_to_12"]) == (50, 70)


def test_points_fit_and_conditions() -> None:
    changed = policy(
        "kind = 'rule'\nfit = 'procured'\nparameter = 'points'\nvalue = -400",
        "kind = 'rule'\npoints = 'children'\nparameter = 'per_child'\nvalue = 7",
        "kind = 'rule'\npoints = 'violence'\nremove = true",
        "kind = 'rule'\ncondition = 'homeless_six_months'\nparameter = 'days_ago_at_least'\nvalue = 365",
    )
    assert {item["id"]: item.get("points") for item in changed.fit}["procured"] == -400
    assert {item["id"]: item.get("per_child") for item in changed.points}["children"] == 7
    assert "violence" not in {item["id"] for item in changed.points}
    assert changed.conditions["homeless_six_months"]["days_ago_at_least"] == 365


def test_a_rule_that_is_removed_is_gone_also_as_an_exception() -> None:
    changed = policy("kind = 'rule'\nrule = 'recent_decline'\nremove = true", SCHOOL + "value = 45")
    assert "recent_decline" not in changed.rule_at
    assert changed.rule("step_up").parameters["not_counted"] == ["open", "step_up", "declined_form"]
    again = policy(
        "kind = 'rule'\nrule = 'recent_decline'\nremove = true",
        "kind = 'rule'\nrule = 'recent_decline'\nremove = true",
        "kind = 'rule'\nrule = 'recent_decline'\nparameter = 'household_days'\nvalue = 3",
    )
    assert again.rules == policy("kind = 'rule'\nrule = 'recent_decline'\nremove = true").rules


def possible(of: Policy) -> set[tuple[int, int]]:
    """Pairs of a household without a pool and a pool of the small city that no rule stops."""
    instance = build_instance(small_city(), AS_OF)
    found = compatibility(assess(of, instance))
    pairs = {(h, p) for part in (found.eligible, found.unknown) for h, p in zip(*part, strict=True)}
    return {(int(h), int(p)) for h, p in pairs if instance.households["current_pool"][h] == NONE}


@pytest.mark.parametrize("rule_id", sorted(load_policy_data().tree["rules"]))
def test_every_rule_can_be_removed_and_then_stops_nobody(rule_id: str) -> None:
    changed = policy(f"kind = 'rule'\nrule = '{rule_id}'\nremove = true")
    assert rule_id not in changed.rule_at
    assert len(changed.rules) == len(load_policy_data().tree["rules"]) - 1
    assert possible(changed) >= possible(load_policy_data().on(AS_OF))


def test_loosened_limits_open_and_tightened_ones_close() -> None:
    base = possible(load_policy_data().on(AS_OF))
    entry = "kind = 'rule'\nrule = 'not_overstaffed'\nparameter = 'steps'\nvalue = "
    assert possible(policy(entry + "4")) > base
    assert possible(policy(entry + "0")) < base
