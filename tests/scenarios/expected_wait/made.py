"""Made-up cities of waiting households and made-up simulations of their waits."""

import numpy as np
from numpy.typing import NDArray

from scenarios.expected_wait.peers import UNLIKE, Peers
from scenarios.simulation.measures import GROUPS
from scenarios.simulation.trajectory import Waits

FORMS = 3
HORIZON = 104


def peers_of(
    n: int, forms: list[int] | None = None, waited: list[int] | None = None, **marks: list[int]
) -> Peers:
    """Households that all wait; what is not given is the same for everybody. Forms are bits of a number."""
    told = {name: np.array(marks.get(name, [0] * n), dtype=np.int64) for name in UNLIKE}
    bits = np.array([2**FORMS - 1] * n if forms is None else forms)
    open_forms = (bits[:, None] >> np.arange(FORMS)) & 1 == 1
    days = np.array([0] * n if waited is None else waited, dtype=np.int64)
    return Peers(np.arange(n, dtype=np.int64) * 7 + 3, np.ones(n, dtype=bool), told, days, open_forms)


def waits_of(
    city: Peers,
    rows: list[int],
    weeks: list[int],
    ended: list[int],
    forms: list[int],
    from_day: int = -30,
) -> Waits:
    """Waits that began before today and ended in a week (from 0), or went on to the end of the horizon."""
    k = len(rows)
    return Waits(
        household=city.numbers[np.array(rows, dtype=np.int64)],
        from_day=np.full(k, from_day, dtype=np.int32),
        until_day=7 * np.array(weeks, dtype=np.int32),
        ended=np.array(ended, dtype=np.int8),
        form=np.array(forms, dtype=np.int8),
        segment=np.zeros(k, dtype=np.int8),
        groups=np.zeros((k, len(GROUPS)), dtype=bool),
    )


def drawn_waits(
    rng: np.random.Generator, city: Peers, rates: NDArray[np.float64], leaving: float = 0.005
) -> Waits:
    """One simulation: each household is placed at its weekly rate, in any form, unless it leaves first."""
    n = len(rates)
    week = np.floor(rng.exponential(1 / (rates + leaving))).astype(int)
    placed = rng.random(n) < rates / (rates + leaving)
    over = week >= HORIZON
    ended = np.where(over, 0, np.where(placed, 1, 2))
    forms = np.where(ended == 1, rng.integers(0, FORMS, n), -1)
    return waits_of(city, list(range(n)), np.minimum(week, HORIZON).tolist(), ended.tolist(), forms.tolist())
