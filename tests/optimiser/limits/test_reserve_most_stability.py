"""Reserve, number of proposals, and likeness to an earlier plan."""

import pytest

from optimiser.limits.model import LimitsProblem
from optimiser.limits.most import most_side
from optimiser.limits.reserve import reserved
from optimiser.limits.stability import kept_goal

from .scopes import keeps, made_instance, scope


@pytest.mark.parametrize(("places", "held"), [(0, 0), (1, 1), (2, 2), (3, 2)])
def test_no_more_is_reserved_than_is_vacant(places: int, held: int) -> None:
    assert reserved(made_instance(), (("P1", places),)).tolist() == [held, 0, 0]


def test_reserve_of_a_full_pool_holds_nothing() -> None:
    assert reserved(made_instance(), (("P3", 1),)).tolist() == [0, 0, 0]


def test_reserve_of_a_pool_that_is_not_there() -> None:
    with pytest.raises(LimitsProblem, match="P9"):
        reserved(made_instance(), (("P9", 1),))


def test_proposals_up_to_the_number_are_kept_and_one_more_is_not() -> None:
    both = ("H1", "P1"), ("H3", "P2")
    assert keeps(scope(), most_side(scope(), 2), *both)
    assert not keeps(scope(), most_side(scope(), 1), *both)
    assert not keeps(scope((("H2", "P2"),)), most_side(scope((("H2", "P2"),)), 2), *both)


def test_pairs_of_the_earlier_plan_count_one_and_strangers_nothing() -> None:
    where = scope()
    goal = kept_goal(where.instance, (("H1", "P2"), ("H9", "P1"), ("H2", "P9")), where.h, where.p)
    assert goal.shape == (1, len(where.h))
    pair = (where.h == 0) & (where.p == 1)
    assert (goal[0] == pair).all()
