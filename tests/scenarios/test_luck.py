"""Luck: the published test vectors, chances that come out right, and nothing that hangs on the order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.luck import PURPOSES, Luck, philox, poisson, uniform

ONES = 0xFFFFFFFF
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES, ONES, ONES, ONES), (ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
"""Counter, key and answer of philox4x32-10 in the file kat_vectors of Random123."""

NUMBERS = st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=20, unique=True)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_published_vectors(counter: tuple[int, ...], key: tuple[int, int], answer: tuple[int, ...]) -> None:
    words = philox([np.array([word], dtype=np.uint64) for word in counter], key)
    assert tuple(int(word[0]) for word in words) == answer


@given(NUMBERS, st.sampled_from(PURPOSES), st.integers(0, 10_000))
def test_luck_hangs_on_nobody_else(numbers: list[int], purpose: str, week: int) -> None:
    everyone = uniform(1, 2, purpose, np.array(numbers, dtype=np.int64), week)
    alone = [uniform(1, 2, purpose, np.array([number]), week)[0] for number in numbers]
    backwards = uniform(1, 2, purpose, np.array(numbers[::-1], dtype=np.int64), week)
    assert everyone.tolist() == alone == backwards[::-1].tolist()
    assert ((everyone > 0) & (everyone < 1)).all()


@given(NUMBERS, st.sampled_from(PURPOSES), st.integers(0, 10_000))
def test_many_weeks_at_once(numbers: list[int], purpose: str, first: int) -> None:
    who, weeks = np.array(numbers, dtype=np.int64), first + np.arange(len(numbers))
    one_by_one = [uniform(1, 2, purpose, who[i : i + 1], int(week))[0] for i, week in enumerate(weeks)]
    assert Luck(1, 2).of(purpose, who, weeks).tolist() == one_by_one


@given(st.integers(0, 2**40), st.integers(0, 100), st.integers(0, 2**63 - 2), st.integers(0, 500))
def test_each_part_of_the_counter_matters(seed: int, replication: int, number: int, week: int) -> None:
    one = np.array([number])
    draws = {
        float(uniform(seed, replication, "stay", one, week)[0]),
        float(uniform(seed + 1, replication, "stay", one, week)[0]),
        float(uniform(seed, replication + 1, "stay", one, week)[0]),
        float(uniform(seed, replication, "leave", one, week)[0]),
        float(uniform(seed, replication, "refusal", one, week)[0]),
        float(uniform(seed, replication, "stay", one + 1, week)[0]),
        float(uniform(seed, replication, "stay", one, week + 1)[0]),
    }
    assert len(draws) == 7


def test_purposes_and_facts_share_no_draw() -> None:
    luck, numbers = Luck(3, 4), np.arange(50)
    named = np.concatenate([luck.four(block, numbers, 9) for block in range(len(PURPOSES) // 4)])
    facts = luck.of_facts(11, numbers, 9)
    assert facts.shape == (11, 50)
    assert len(np.unique(np.concatenate([named, facts]))) == (len(PURPOSES) + 11) * 50


def test_luck_is_even() -> None:
    """Shares of a hundred thousand draws in twenty equal parts: chi-square below its 99.9th percentile."""
    drawn = uniform(5, 0, "stay", np.arange(100_000), 0)
    counts = np.bincount((drawn * 20).astype(int), minlength=20)
    assert ((counts - 5000) ** 2 / 5000).sum() < 43.8
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 0.01


@pytest.mark.parametrize("mean", [0.0, 0.02, 0.7, 4.0, 30.0, 400.0])
def test_poisson_has_its_mean_and_variance(mean: float) -> None:
    k = 40_000
    counts = poisson(np.full(k, mean), uniform(8, 0, "arrivals", np.arange(k), 3))
    tolerance = 5 * np.sqrt(max(mean, 0.001) / k)
    assert counts.mean() == pytest.approx(mean, abs=tolerance)
    assert counts.var() == pytest.approx(mean, abs=5 * np.sqrt((mean + 2 * mean**2) / k) + 1e-9)


@given(st.floats(0.0, 50.0), st.floats(0.0, 50.0), st.floats(1e-9, 1 - 1e-9))
def test_poisson_grows_with_its_mean(mean: float, more: float, drawn: float) -> None:
    few, many = poisson(np.array([mean, mean + more]), np.array([drawn, drawn]))
    assert few <= many


def test_poisson_refuses_means_that_its_numbers_cannot_hold() -> None:
    with pytest.raises(ValueError, match="800"):
        poisson(np.array([2.0, 800.0]), np.array([0.5, 0.5]))
