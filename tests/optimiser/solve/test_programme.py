"""Integer programmes: the best value proved, guesses that count only when they hold, and no time."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given

from optimiser.solve import programme as programme_module
from optimiser.solve.deadline import Deadline
from optimiser.solve.guess import Row, guess
from optimiser.solve.programme import NoChoice, Programme

from ..made import SEEDS, examples


def made(seed: int) -> tuple[Programme, list[int]]:
    luck = np.random.default_rng(seed)
    programme = Programme()
    programme.add(luck.integers(0, 4, 5).tolist())
    for _ in range(3):
        some = np.flatnonzero(luck.random(5) < 0.7).tolist()
        most = int(luck.integers(-2, 20))
        least = most - int(luck.integers(0, 12)) if luck.random() < 0.4 else None
        programme.row(some, luck.integers(-4, 9, len(some)).tolist(), most, least)
    return programme, luck.integers(-9, 30, 5).tolist()


def values(programme: Programme, worth: list[int]) -> list[int]:
    """Worth of every solution, one by one."""
    return [
        sum(w * x for w, x in zip(worth, some, strict=True))
        for some in product(*(range(most + 1) for most in programme.most))
        if all(
            row.holds(sum(c * some[i] for i, c in zip(row.variables, row.coefficients, strict=True)))
            for row in programme.rows
        )
    ]


def check(seed: int) -> None:
    programme, worth = made(seed)
    known = values(programme, worth)
    if not known:
        with pytest.raises(NoChoice):
            programme.solve(worth, Deadline())
        return
    found = programme.solve(worth, Deadline())
    assert found.proved
    assert found.values is not None
    assert found.bound == max(known) == np.dot(worth, found.values)
    assert programme.solve(None, Deadline()).proved


@given(SEEDS)
@examples(60)
def test_best_of_all_solutions(seed: int) -> None:
    check(seed)


@given(SEEDS)
@examples(30)
def test_every_way_is_taken_where_the_first_attempt_does_not_end(seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(programme_module, "FIRST_EFFORT", 1e-6)
        check(seed)


@given(SEEDS)
@examples(60)
def test_guess_is_a_solution_or_nothing(seed: int) -> None:
    programme, worth = made(seed)
    known = values(programme, worth)
    found = guess(programme.most, programme.rows, worth, Deadline())
    assert found is None or int(np.dot(worth, found)) in known


def test_guess_of_a_solution_too_fine_for_floating_point_does_not_count() -> None:
    """No x keeps 2**60 x = 2**60 - 1, but numbers of 53 bits cannot tell."""
    row = Row([0], [1 << 60], (1 << 60) - 1, (1 << 60) - 1)
    assert guess([1], [row], [1], Deadline()) is None


def test_no_time_is_no_proof() -> None:
    programme, worth = made(1)
    found = programme.solve(worth, Deadline(0.0))
    assert not found.proved
    assert found.values is None
    assert guess(programme.most, programme.rows, worth, Deadline(0.0)) is None


@given(SEEDS)
@examples(40)
def test_solution_at_the_ceiling_is_proved(seed: int) -> None:
    programme, worth = made(seed)
    reached = values(programme, worth)
    if reached:
        found = programme.solve(worth, Deadline(), max(reached))
        assert (found.proved, found.bound) == (True, max(reached))
        assert found.values is not None
        assert sum(w * int(x) for w, x in zip(worth, found.values, strict=False)) == max(reached)


@given(SEEDS)
@examples(40)
def test_each_way_alone_proves_the_best(seed: int) -> None:
    programme, worth = made(seed)
    reached = values(programme, worth)
    if reached and any(worth):
        for way in programme_module.WEIGHED:
            search = programme_module._Search(programme, worth, Deadline(), None)
            search.attempt(4.0, way)
            assert (search.proved, search.bound) == (True, max(reached))
