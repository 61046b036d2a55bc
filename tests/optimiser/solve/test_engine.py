"""Programmes handed to an engine as one sparse matrix: known optima, prices, and where there is none."""

import numpy as np
import pytest

from optimiser.solve.engine import Entries, Matrix, best_by


def two_crops() -> Matrix:
    """Most of 3 x + 2 y, where x + y <= 4, x + 3 y <= 9 and x <= 3."""
    entries: list[Entries] = [
        (np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([1.0, 1.0, 1.0])),
        (np.array([1]), np.array([1]), np.int64(1)),
        (np.array([1]), np.array([1]), np.int64(2)),
    ]
    gain, most = np.array([3.0, 2.0]), np.array([3.0, np.inf])
    return Matrix(gain, most, np.array([-np.inf, -np.inf]), np.array([4.0, 9.0]), entries)


def test_what_entries_name_twice_counts_twice() -> None:
    found = best_by("glop", two_crops())
    assert found is not None
    assert found.values.tolist() == pytest.approx([3, 1])
    assert found.prices.tolist() == pytest.approx([2, 0])


def test_whole_variables_stay_below_the_fraction() -> None:
    half = two_crops()._replace(greatest=np.array([3.5, 9.0]))
    fraction, whole = best_by("glop", half), best_by("highs", half, whole=True)
    assert fraction is not None
    assert whole is not None
    assert fraction.values.tolist() == pytest.approx([3, 0.5])
    assert whole.values.tolist() == pytest.approx([3, 0])


@pytest.mark.parametrize("whole", [False, True])
def test_nothing_is_found_where_rows_contradict(whole: bool) -> None:
    matrix = two_crops()._replace(least=np.array([20.0, -np.inf]), greatest=np.array([30.0, 9.0]))
    assert best_by("highs" if whole else "glop", matrix, whole=whole) is None
