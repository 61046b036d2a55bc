"""Every case in tests/cases, put to the policy that comes with the product."""

from typing import Any

import numpy as np
import pytest

from optimiser.compatibility import assess, pair_verdicts
from optimiser.fit import fit_of_pairs
from optimiser.instance_build import build_instance
from optimiser.policy.load import load_policy, load_policy_data
from optimiser.priority import prioritise

from ..cases.base import CASES, POOL, Case, dataset_of, read_cases

RULE_FILES = sorted(CASES.glob("*.toml"))
PRIORITY_FILES = sorted((CASES / "priority").glob("*.toml"))
ALL_CASES = [case for file in (*RULE_FILES, *PRIORITY_FILES) for case in read_cases(file)]


def answers(case: Case) -> dict[str, Any]:
    """What the engine answers to each question of a case."""
    instance = build_instance(dataset_of(case), case.as_of)
    assessment = assess(load_policy(case.as_of), instance)
    place = instance.pool_ids.index(POOL)
    priority = prioritise(assessment)
    given = {
        "verdict": pair_verdicts(assessment, 0, place).get(case.file, "does_not_apply"),
        "tier": int(priority.tier[0]),
        "points": int(priority.points[0]),
        "candidate": bool(priority.candidate[0]),
        "fit": int(fit_of_pairs(assessment, np.array([0]), np.array([place]))[0]),
    }
    return {question: given[question] for question in case.expected}


@pytest.mark.parametrize("case", ALL_CASES, ids=str)
def test_case(case: Case) -> None:
    assert answers(case) == case.expected


def test_each_rule_has_its_file_of_cases() -> None:
    assert {file.stem for file in RULE_FILES} == set(load_policy_data().tree["rules"])


@pytest.mark.parametrize("file", RULE_FILES, ids=lambda file: file.stem)
def test_each_rule_is_seen_to_pass_and_to_stop(file: Any) -> None:
    verdicts = {case.expected["verdict"] for case in read_cases(file)}
    assert "pass" in verdicts
    assert verdicts & {"fail", "unknown"}
