"""Replications travel and rest without losing a bit; segments are summed up from single waits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.stock import Quota
from scenarios.experiments.keys import digest_of_reform, edition, key_of
from scenarios.experiments.replication import Replication, condensed, packed, totals_by_segment, unpacked
from scenarios.segments import SEGMENTS
from scenarios.simulation.measures import GROUPS
from scenarios.simulation.trajectory import Waits
from scenarios.whatif.reform import Epoch

from .toy import AS_OF, WEEKS, assumptions, reform, toy

numbers = st.floats(allow_nan=True, allow_infinity=True)


@given(
    st.integers(0, 500),
    st.dictionaries(st.text(min_size=1, max_size=5), st.lists(numbers, min_size=3, max_size=3), max_size=4),
    st.dictionaries(st.text(min_size=1, max_size=5), numbers, max_size=4),
)
def test_nothing_is_lost_on_the_way(
    number: int, weekly: dict[str, list[float]], totals: dict[str, float]
) -> None:
    rows = np.array(list(weekly.values()), dtype=np.float64).reshape(len(weekly), 3)
    found = unpacked(packed(Replication(number, tuple(weekly), rows, totals)))
    assert (found.number, found.names) == (number, tuple(weekly))
    assert found.weekly.tobytes() == rows.tobytes()
    assert list(found.totals) == list(totals)
    assert np.array_equal(list(found.totals.values()), list(totals.values()), equal_nan=True)


def test_the_same_replication_packs_to_the_same_bytes() -> None:
    made = [condensed(toy(None, AS_OF, reform("a"), assumptions(), 1, 0, "none"), WEEKS) for _ in range(2)]  # type: ignore[arg-type]
    assert packed(made[0]) == packed(made[1])


def waits(spells: list[tuple[int, int, int, int]]) -> Waits:
    """Waits from (from_day, until_day, ended, segment)."""
    columns = np.array(spells, dtype=np.int32).reshape(-1, 4).T
    k = len(spells)
    return Waits(
        np.arange(k),
        columns[0],
        columns[1],
        columns[2].astype(np.int8),
        np.full(k, -1, dtype=np.int8),
        columns[3].astype(np.int8),
        np.zeros((k, len(GROUPS)), dtype=np.bool_),
    )


def test_segments_are_summed_up() -> None:
    # Ten weeks: one from the start to the end, one placed after 14 of its 35 days, who waited 21 before.
    found = totals_by_segment(waits([(0, 70, 0, 0), (-21, 14, 1, 0), (7, 21, 2, 1)]), 10)
    first, second, third = SEGMENTS[:3]
    assert found[f"waiting.{first}"] == pytest.approx((70 + 14) / 70)
    assert found[f"placed.{first}"] == 1
    assert found[f"wait_median_days.{first}"] == 35
    assert found[f"waiting.{second}"] == pytest.approx(14 / 70)
    assert found[f"placed.{second}"] == 0
    assert np.isnan(found[f"wait_median_days.{second}"])
    assert found[f"waiting.{third}"] == 0
    assert len(found) == 3 * len(SEGMENTS)


def test_a_reform_is_known_by_what_it_does() -> None:
    plain = reform("a")
    assert digest_of_reform(plain) == digest_of_reform(reform("b"))
    quota = Quota(year=2026, form=("bostad_forst",), places=3)
    others = [
        reform("a", 0.5),
        reform("a", weeks=WEEKS + 1),
        replace(plain, matching=("first_come",) * WEEKS),
        replace(plain, budget=(100_000,) * WEEKS),
        replace(plain, arrivals=plain.arrivals * 1.2),
        replace(plain, stays={"akutboende": np.full(WEEKS, 0.5)}),
        replace(plain, quotas=(Epoch(0, (quota,)),)),
        replace(plain, quotas=(Epoch(4, (quota,)),)),
    ]
    assert len({digest_of_reform(other) for other in [plain, *others]}) == len(others) + 1


def test_a_key_depends_on_everything() -> None:
    told = ("code", "inputs", "reform", "assumptions", AS_OF, 1, "none", 0)
    keys = {key_of(*told)}
    for i, other in enumerate(("x", "x", "x", "x", AS_OF.replace(day=16), 2, 4, 1)):
        keys.add(key_of(*told[:i], other, *told[i + 1 :]))  # type: ignore[arg-type]
    assert len(keys) == len(told) + 1


def test_the_edition_stays_while_the_code_does() -> None:
    first = edition()
    edition.cache_clear()
    assert first == edition()
    assert len(first) == 64
