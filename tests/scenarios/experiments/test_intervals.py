"""Student's t and intervals against the known and against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import stats

from scenarios.experiments.interval import over_replications
from scenarios.experiments.student import share_within, t_quantile


@pytest.mark.parametrize(
    ("degrees", "quantile"), [(1, 12.706), (2, 4.303), (9, 2.262), (19, 2.093), (99, 1.984)]
)
def test_the_printed_table(degrees: int, quantile: float) -> None:
    assert t_quantile(degrees) == pytest.approx(quantile, abs=5e-4)


@given(st.integers(1, 500), st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.999]))
def test_quantiles_are_those_of_scipy(degrees: int, confidence: float) -> None:
    wanted = float(stats.t.ppf((1 + confidence) / 2, degrees))
    assert t_quantile(degrees, confidence) == pytest.approx(wanted, rel=1e-9)


@given(st.integers(1, 60), st.floats(0, 50))
def test_the_share_is_that_of_scipy(degrees: int, t: float) -> None:
    wanted = float(2 * stats.t.cdf(t, degrees) - 1)
    assert share_within(t, degrees) == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize(("degrees", "confidence"), [(0, 0.95), (5, 0.0), (5, 1.0)])
def test_no_such_distribution(degrees: int, confidence: float) -> None:
    with pytest.raises(ValueError, match="no t distribution"):
        t_quantile(degrees, confidence)


def test_a_known_interval() -> None:
    found = over_replications(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    assert found.mean == 3
    assert float(found.low) == pytest.approx(3 - 2.7764451 * np.sqrt(2.5 / 5))
    assert float(found.high) == pytest.approx(3 + 2.7764451 * np.sqrt(2.5 / 5))


def test_one_replication_has_no_interval() -> None:
    found = over_replications(np.array([[7.0, 8.0]]))
    assert found.mean.tolist() == [7, 8]
    assert np.isnan([found.low, found.high]).all()


def test_weeks_without_anything_are_left_out_one_by_one() -> None:
    nothing = np.nan
    found = over_replications(np.array([[1.0, nothing, nothing], [3.0, 4.0, nothing], [5.0, 6.0, nothing]]))
    assert found.mean[:2].tolist() == [3, 5]
    assert np.isnan(found.mean[2])
    both = over_replications(np.array([[4.0], [6.0]]))
    assert found.high[1] == both.high[0]


def test_equal_replications_have_an_interval_of_no_width() -> None:
    found = over_replications(np.zeros((5, 2)))
    assert [found.mean.tolist(), found.low.tolist(), found.high.tolist()] == [[0, 0]] * 3


values = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 6), st.integers(1, 4)),
    elements=st.one_of(st.floats(-1e6, 1e6), st.just(float("nan"))),
)


@given(values)
def test_the_mean_lies_in_its_interval(drawn: np.ndarray) -> None:
    found = over_replications(drawn)
    known = ~np.isnan(found.low)
    assert (known == ((~np.isnan(drawn)).sum(axis=0) > 1)).all()
    assert (found.low[known] <= found.mean[known]).all()
    assert (found.mean[known] <= found.high[known]).all()


@given(values, st.floats(0.1, 1000))
def test_another_unit_scales_the_whole(drawn: np.ndarray, factor: float) -> None:
    one, other = over_replications(drawn).scaled(factor), over_replications(drawn * factor)
    for a, b in zip(one, other, strict=True):
        assert np.allclose(a, b, equal_nan=True, rtol=1e-6, atol=1e-3)


def test_the_interval_covers_as_often_as_it_says() -> None:
    draws = np.random.Generator(np.random.Philox(key=[3, 7])).normal(5, 2, size=(8, 20_000))
    found = over_replications(draws)
    covered = float(((found.low <= 5) & (found.high >= 5)).mean())
    assert covered == pytest.approx(0.95, abs=0.005)
