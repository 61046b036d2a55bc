"""A policy frozen and thawed: the same policy and hash, also one frozen before a part was written."""

import json

from optimiser.policy.frozen import UNWRITTEN, freeze_policy, thaw_policy
from optimiser.policy.load import PARTS, PolicyData, digest_of, load_policy, load_policy_data

from ..twin.cities import AS_OF


def test_frozen_and_thawed_it_is_the_same() -> None:
    data = load_policy_data()
    thawed = thaw_policy(freeze_policy(data))
    assert thawed.digest == data.digest
    assert thawed.tree == data.tree
    assert thawed.on(AS_OF) == load_policy(AS_OF)


def test_the_hash_covers_every_part() -> None:
    tree = dict(load_policy_data().tree)
    for part in (*PARTS, "rules"):
        assert digest_of({**tree, part: {}}) != digest_of(tree)
    situations = {**tree["situations"], "hospital": {"level": 2}}
    assert digest_of({**tree, "situations": situations}) != digest_of(tree)


def test_one_frozen_before_situations_were_written_still_holds() -> None:
    today = load_policy_data()
    before = {part: entries for part, entries in today.tree.items() if part != "situations"}
    frozen = freeze_policy(PolicyData(before, digest_of(before)))
    assert "situations" not in json.loads(frozen)
    thawed = thaw_policy(frozen)
    assert thawed.digest == digest_of(before) != today.digest
    policy = thawed.on(AS_OF)
    assert policy.present_levels == load_policy(AS_OF).present_levels
    assert policy.digest == thawed.digest


def test_what_was_unwritten_is_what_the_files_say_now() -> None:
    """True until the city changes it; the unwritten meaning itself never changes."""
    assert {name: entry["level"] for name, entry in UNWRITTEN["situations"].items()} == {
        "emergency_flat": 0,
        "supported_housing": 1,
        "training_flat": 2,
        "transitional": 2,
    }
