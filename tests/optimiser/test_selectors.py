"""Selectors of pools: every key, their conjunction, and what is refused."""

from typing import Any

import pytest

from optimiser.instance_build import build_instance
from optimiser.policy.model import PolicyProblem
from optimiser.policy.selectors import pools_selected

from ..twin.cities import AS_OF
from . import rows

POOLS: dict[str, dict[str, Any]] = {
    "A": {"form": "akutboende", "admits": "women", "pets": "no"},
    "B": {"form": "bostad_forst", "min_age": 18},
    "C": {"form": "shis_stod", "drug_policy": "drug_free", "psychiatric_competence": "yes"},
    "D": {"form": "traningslagenhet", "max_age": 65, "drug_policy": "tolerant"},
}


def selected(selector: dict[str, Any]) -> str:
    """The ids of the selected pools, run together."""
    instance = build_instance(rows.city(*(rows.pool(key, **row) for key, row in POOLS.items())), AS_OF)
    chosen = pools_selected(selector, instance)
    return "".join(key for key, yes in zip(instance.pool_ids, chosen, strict=True) if yes)


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({}, "ABCD"),
        ({"forms": ["akutboende", "bostad_forst"]}, "AB"),
        ({"not_forms": ["akutboende"]}, "BCD"),
        ({"forms": []}, ""),
        ({"levels": [0, 1]}, "AC"),
        ({"level_below": 3}, "ACD"),
        ({"level_below": 1}, "A"),
        ({"own_flat": True}, "BD"),
        ({"own_flat": False}, "AC"),
        ({"shis": True}, "C"),
        ({"admits": ["women", "men"]}, "A"),
        ({"drug_policy": ["drug_free", "tolerant"]}, "CD"),
        ({"pets": ["no"]}, "A"),
        ({"psychiatric_competence": ["yes"]}, "C"),
        ({"has_any": ["min_age", "max_age"]}, "BD"),
        ({"has_any": ["max_persons"]}, ""),
        ({"own_flat": True, "drug_policy": ["tolerant"]}, "D"),
    ],
)
def test_selector(selector: dict[str, Any], expected: str) -> None:
    assert selected(selector) == expected


@pytest.mark.parametrize(
    ("selector", "named"), [({"forms": ["slott"]}, "slott"), ({"colour": ["red"]}, "colour")]
)
def test_what_no_pool_has_is_refused_by_name(selector: dict[str, Any], named: str) -> None:
    with pytest.raises(PolicyProblem, match=named):
        selected(selector)
