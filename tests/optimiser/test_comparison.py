"""What changed between two runs: the right reason for each kind of change, and nobody left out."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from models.dataset import Dataset
from models.households import Conflict, Decline
from models.stock import Quota
from optimiser.compatibility import assess
from optimiser.instance_build import build_instance
from optimiser.match import match_assessed
from optimiser.policy.load import load_policy
from optimiser.policy.model import Policy
from optimiser.reasons.comparison import Changed, Reason, Side, compare

from ..twin.cities import AS_OF
from . import rows
from .made import SEEDS, day_of, examples, made_data

GROUP = {"social_problems": "yes", "situation": "friends_temporary"}
LONG, LATE = "2021-01-01", "2025-12-01"


def side(data: Dataset, policy: Policy | None = None, as_of: date = AS_OF) -> Side:
    a = assess(policy or load_policy(as_of), build_instance(data, as_of))
    run = match_assessed(a, "unlimited")
    ids = a.instance.household_ids, a.instance.pool_ids
    pairs = zip(run.plan.household.tolist(), run.plan.pool.tolist(), strict=True)
    return Side(data, a, {ids[0][h]: ids[1][p] for h, p in pairs})


def city(pool: dict[str, Any] | None = None, **of_a: Any) -> Dataset:
    """A waits longer than B for the one place; C's place is elsewhere and open to nobody else."""
    return rows.city(
        rows.household("A", **{**GROUP, "homeless_since": LONG, **of_a}),
        rows.household("B", **{**GROUP, "homeless_since": LATE}),
        rows.pool("P", **{"pets": "no", **(pool or {})}),
    )


def test_nothing_changed() -> None:
    assert compare(side(city()), side(city())) == []


def test_a_fact_of_the_household_and_a_place_taken_by_another() -> None:
    assert compare(side(city()), side(city(pet="yes"))) == [
        Changed("A", "P", None, (Reason("household", "pet", "no", "yes"),)),
        Changed("B", None, "P", (Reason("others", "A", "", "P"),)),
    ]
    assert compare(side(city(pet="yes")), side(city())) == [
        Changed("A", None, "P", (Reason("household", "pet", "yes", "no"),)),
        Changed("B", "P", None, (Reason("others", "A", "P", ""),)),
    ]


def test_a_fact_of_a_member() -> None:
    before, woman = city({"admits": "women"}), rows.adult("A")
    members = tuple(
        woman.model_copy(update={"sex": "man"}) if row.household_id == "A" else row for row in before.members
    )
    found = compare(side(before), side(replace(before, members=members)))
    assert found[0].reasons == (Reason("household", "A-1.sex", "woman", "man"),)


def test_the_place_changed() -> None:
    found = compare(side(city()), side(city({"capacity": 2})))
    assert found == [Changed("B", None, "P", (Reason("place", "P.capacity", "1", "2"),))]


def test_a_household_and_a_place_that_came() -> None:
    alone = rows.city(rows.household("B", **GROUP), rows.pool("P"))
    both = rows.city(
        rows.household("B", **GROUP), rows.household("N", **GROUP), rows.pool("P"), rows.pool("Q")
    )
    (new,) = (one for one in compare(side(alone), side(both)) if one.household == "N")
    assert Reason("household", "", "", "there") in new.reasons


def test_limits_changed() -> None:
    data = city({"capacity": 2})
    quota = Quota(year=2026, form=("stodboende",), places=3, used=2)
    found = compare(side(data), side(replace(data, quotas=(quota,))))
    reason = Reason("limit", "quota", "", "2026 stodboende: 2 / 3")
    assert found == [Changed("B", "P", None, (reason,))]
    apart = replace(data, conflicts=(Conflict(household_id_a="A", household_id_b="B"),))
    assert compare(side(data), side(apart)) == [
        Changed("B", "P", None, (Reason("limit", "conflict", "", "A"),))
    ]


def test_a_rule_changed() -> None:
    """The policy alone differs: the same data, a rule of pets that now asks nothing."""
    data, policy = city(pet="yes"), load_policy(AS_OF)
    rules = tuple(rule for rule in policy.rules if rule.rule_id != "pets")
    loose = replace(policy, rules=rules, rule_at={rule.rule_id: i for i, rule in enumerate(rules)})
    found = {one.household: one for one in compare(side(data), side(data, loose))}
    assert found["A"].reasons == (Reason("rule", "pets", "fail", ""),)
    assert found["B"].reasons == (Reason("others", "A", "P", ""),)


def test_a_rule_parameter_changed() -> None:
    """A decline of 15 days ago holds a household back once the pause is made longer."""
    policy = load_policy(AS_OF)
    decline = {"household_id": "A", "pool_id": "P", "declined_on": AS_OF - timedelta(days=15)}
    data = replace(city(), declines=(rows.made_row(Decline, {**decline, "by": "household"}),))
    rule = policy.rule("recent_decline")
    name = next(key for key in rule.parameters if key.startswith("household"))
    longer = replace(rule, parameters={**rule.parameters, name: 30})
    rules = tuple(longer if entry is rule else entry for entry in policy.rules)
    (first, _) = compare(side(data), side(data, replace(policy, rules=rules)))
    assert first == Changed("A", "P", None, (Reason("rule", "recent_decline", "pass", "fail"),))


def test_a_tier_changed_with_the_day() -> None:
    data = rows.city(
        rows.household("A", **{**GROUP, "homeless_since": LONG, "substance_use": "past"}),
        rows.household("B", **{**GROUP, "homeless_since": LATE, "situation_ends_on": "2026-02-20"}),
        rows.pool("P"),
    )
    before, after = side(data), side(data, as_of=AS_OF + timedelta(days=10))
    found = {one.household: one for one in compare(before, after)}
    assert found["B"].reasons == (Reason("tier", "tier", "3", "2"),)
    assert found["A"].reasons == (Reason("others", "B", "P", ""),)


@given(SEEDS)
@examples(40)
def test_whoever_changed_is_told_with_a_reason_that_holds(seed: int) -> None:
    data, day = made_data(seed), day_of(seed)
    luck = np.random.default_rng(seed)
    pools = list(data.pools)
    at = int(luck.integers(len(pools)))
    pools[at] = pools[at].model_copy(update={"capacity": pools[at].capacity + 1})
    before, after = side(data, as_of=day), side(replace(data, pools=tuple(pools)), as_of=day)
    found = compare(before, after)
    told = {one.household: (one.before, one.after) for one in found}
    everyone = before.proposed.keys() | after.proposed.keys()
    moved = {h: (before.proposed.get(h), after.proposed.get(h)) for h in everyone}
    assert told == {h: pair for h, pair in moved.items() if pair[0] != pair[1]}
    for one in found:
        (kind,) = {reason.kind for reason in one.reasons}
        mine = pools[at].pool_id in (one.before, one.after)
        assert kind == ("place" if mine else "others")
        if mine:
            capacity = pools[at].capacity
            expected = (f"{pools[at].pool_id}.capacity", str(capacity - 1), str(capacity))
            assert [(r.subject, r.before, r.after) for r in one.reasons] == [expected]


@pytest.mark.parametrize("gone", ["household", "place"])
def test_what_is_no_longer_there(gone: str) -> None:
    data = rows.city(
        rows.household("A", **{**GROUP, "homeless_since": LONG}), rows.household("B", **GROUP), rows.pool("P")
    )
    less = (
        rows.city(rows.household("B", **GROUP), rows.pool("P"))
        if gone == "household"
        else replace(data, pools=())
    )
    first = compare(side(data), side(less))[0]
    subject = "" if gone == "household" else "P."
    assert first == Changed(
        "A", "P", None, (Reason("household" if not subject else "place", subject, "there", ""),)
    )
