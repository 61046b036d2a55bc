"""Steps that follow without a search are those that the search finds."""

from collections import Counter

import numpy as np
from hypothesis import given

from optimiser.chain_steps import only_steps
from optimiser.chains import _fewest_starts, _spread

from .made import SEEDS, examples
from .test_chains import OUT, made_plan


@given(SEEDS)
@examples(300)
def test_what_follows_is_what_a_search_finds(seed: int) -> None:
    proposals, places = made_plan(seed)
    kinds, vacant = Counter(proposals), np.array(places)
    followed = only_steps(kinds, vacant)
    if not kinds or followed is None:
        return
    longest = max(step for _, step in followed)
    starts = _fewest_starts(kinds, vacant, longest, None)
    assert starts == sum(count for (_, step), count in followed.items() if step == 1)
    assert starts == _fewest_starts(kinds, vacant, longest, longest)
    found = _spread(kinds, vacant, longest, starts, None)
    assert found is not None
    assert followed == {key: count for key, count in found.steps.items() if count}
    assert longest == 1 or _spread(kinds, vacant, longest - 1, starts, None) is None


def test_a_place_handed_on_twice_and_one_that_was_vacant() -> None:
    kinds = Counter({(0, 1): 2, (OUT, 0): 3})
    assert only_steps(kinds, np.array([1, 2])) == {((0, 1), 1): 2, ((OUT, 0), 1): 1, ((OUT, 0), 2): 2}


def test_a_choice_is_left_to_the_search() -> None:
    assert only_steps(Counter({(0, 1): 1, (OUT, 0): 1, (2, 0): 1}), np.array([1, 1, 0])) is None
    assert only_steps(Counter({(0, 1): 1, (1, 0): 1}), np.array([0, 0])) is None


def test_no_way_at_all_is_left_to_the_search() -> None:
    assert only_steps(Counter({(OUT, 0): 2}), np.array([1])) is None
