"""OR-Library assignment: shapes of assign100 to assign800, against scipy's own assignment."""

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from optimiser.assign import assign

from .or_library import made_assignment, read_assignment, write_assignment


@pytest.mark.parametrize("n", [100, 200, 400, 800])
def test_cheapest_complete_assignment(n: int) -> None:
    cost = read_assignment(write_assignment(made_assignment(n, seed=n)))
    rows, columns = linear_sum_assignment(cost)
    found = assign([np.ones_like(cost), -cost], np.ones((n, n), dtype=bool), np.ones(n))
    assert found.values == (n, -cost[rows, columns].sum())
    assert sorted(found.pool.tolist()) == list(range(n))
    assert cost[np.arange(n), found.pool].sum() == -found.values[1]
    assert (found.optimal, found.bounds, found.engine) == (True, found.values, "flow")


def test_more_items_than_places_where_not_all_pairs_may_be() -> None:
    luck = np.random.default_rng(5)
    worth = luck.integers(1, 101, (60, 40))
    eligible = luck.random((60, 40)) < 0.3
    rows, columns = linear_sum_assignment(np.where(eligible, worth, 0), maximize=True)
    best = np.where(eligible, worth, 0)[rows, columns].sum()
    assert assign(worth, eligible, np.ones(40)).values == (best,)


def test_reader_refuses_a_file_that_is_cut_off() -> None:
    text = write_assignment(made_assignment(4, seed=1))
    with pytest.raises(ValueError, match="16 costs, not 15"):
        read_assignment(text.rsplit(maxsplit=1)[0])
