"""The gap in women's places week by week: as `optimiser.gap` counts it, on no more than it needs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import eligibility, note_unsuitable
from optimiser.gap.deficiency import Graph, placed_count
from optimiser.gap.womens_gap import IGNORED
from optimiser.instance import NONE, POOL_CODES, POOL_NUMBERS, Columns, Instance, code_of
from optimiser.kleene import YES
from optimiser.policy.model import Policy, Rule

Flags = NDArray[np.bool_]
Index = NDArray[np.int64]

COUNTED_POOLS = 12
"""With at most so many pools the most that fit are counted by sets of pools, else by a flow."""

STANDING = ("form", "level", "own_flat", "shis", *POOL_CODES, *POOL_NUMBERS)
"""Columns of pools that a selector of the policy can ask about."""

CONCERNING = ("adult_women", "adults", "wants_women_only", "violence_exposed", "current_pool")
"""Columns of households that `concerned` reads."""


class WomensGaps:
    """Counts the gap of one week after another; what depends on the stock alone is kept while it stands."""

    def __init__(self) -> None:
        self._stock: dict[str, NDArray[Any]] = {}
        self._selections: dict[str, NDArray[Any]] = {}
        self._rules: list[Rule] = []
        self._read_from: tuple[Rule, ...] | None = None

    def count(self, policy: Policy, instance: Instance) -> tuple[int, int]:
        """The gap at support level, of those who certainly need a women's place: now, and structural.

        What `optimiser.gap.womens_gap` calls `support.gap_now.certain` and `support.structural.gap`. Here
        only these two are worked out, and rules are read for the women's pools alone. Households beyond
        `concerned` make no difference and are best left out of the instance.
        """
        stock, columns = instance.pools, instance.households
        a = Assessment(policy, instance, self._selections_on(stock))
        pools = np.flatnonzero(womens_pools(stock))
        lives_there = _lives_in(columns, womens_pools(stock))
        certain = concerned(columns, stock) & ~lives_there & (a.condition(policy.excluded_when) != YES)
        demand = np.flatnonzero(certain | lives_there)
        fits = eligibility(a, demand, self._lasting(a, pools), pools) == YES
        placed = _placed_now(a, demand[certain[demand]], fits[certain[demand]], pools)
        residents = np.flatnonzero(lives_there[demand])
        fits[residents, np.searchsorted(pools, columns["current_pool"][demand[residents]])] = True
        return int(certain.sum()) - placed, len(demand) - most_that_fit(fits, stock["capacity"][pools])

    def _lasting(self, a: Assessment, pools: Index) -> list[Rule]:
        """Rules of the structural gap that speak of the pools at all."""
        if self._read_from is not a.policy.rules:
            self._read_from = a.policy.rules
            lasting = [rule for rule in a.policy.rules if rule.rule_id not in IGNORED]
            self._rules = [rule for rule in lasting if a.selected(rule.applies_to)[pools].any()]
        return self._rules

    def _selections_on(self, stock: Columns) -> dict[str, NDArray[Any]]:
        standing = {name: stock[name] for name in STANDING}
        if not all(_equal(self._stock.get(name), standing[name]) for name in STANDING):
            self._stock = standing
            self._selections = {}
            self._read_from = None
        return self._selections


def _equal(before: NDArray[Any] | None, now: NDArray[Any]) -> bool:
    # A week's columns are mostly the very arrays of the week before.
    return before is now or (before is not None and np.array_equal(before, now))


def most_that_fit(open_to: Flags, places: NDArray[np.integer[Any]]) -> int:
    """The most households that fit at once: open_to (n, m), places of each pool (m,).

    With few pools by the least cut: for any set T of pools, no more are placed than T has places and there
    are households that could have a pool outside T, and some T is reached (Hall, 1935; Ore, 1955).
    """
    n, m = open_to.shape
    if m > COUNTED_POOLS:
        household, pool = np.nonzero(open_to)
        return placed_count(Graph(household, pool, places.astype(np.int64), n))
    inside = np.bincount(open_to @ (1 << np.arange(m)), minlength=1 << m)
    room = np.zeros(1, dtype=np.int64)
    for p in range(m):
        halves = inside.reshape(-1, 2, 1 << p)
        halves[:, 1] += halves[:, 0]
        room = np.concatenate([room, room + places[p]])
    return int((room + n - inside).min())


def womens_pools(stock: Columns) -> Flags:
    """Women's pools above the level of emergencies, shape (m,)."""
    return np.asarray((stock["admits"] == code_of("admits", "women")) & (stock["level"] >= 1))


def concerned(columns: Columns, stock: Columns) -> Flags:
    """Households that live in a women's pool, or would need one if they are candidates; shape (n,).

    The need: all adults women, known to wish for a women's place or to be exposed to violence (and not known
    to say no), living neither there nor in an own flat.
    """
    women = (columns["adult_women"] > 0) & (columns["adult_women"] == columns["adults"])
    wish, exposed = columns["wants_women_only"], columns["violence_exposed"]
    sure = (exposed == code_of("violence_exposed", "yes")) & (wish != code_of("wants_women_only", "no"))
    sure |= wish == code_of("wants_women_only", "yes")
    womens = womens_pools(stock)
    return np.asarray(
        (women & sure & ~_lives_in(columns, womens | stock["own_flat"])) | _lives_in(columns, womens)
    )


def _placed_now(a: Assessment, waiting: Index, fits: Flags, pools: Index) -> int:
    vacant = a.instance.pools["vacant"][pools]
    free = np.flatnonzero(vacant > 0)
    might = np.flatnonzero(fits[:, free].any(axis=1))
    if not might.size:
        return 0
    rows = waiting[might]
    note_unsuitable(a, rows[a.instance.households["current_pool"][rows] != NONE])
    passing = [rule for rule in a.policy.rules if rule.rule_id in IGNORED]
    now = eligibility(a, rows, passing, pools[free]) == YES
    return most_that_fit(now & fits[np.ix_(might, free)], vacant[free])


def _lives_in(columns: Columns, pools: Flags) -> Flags:
    current = columns["current_pool"]
    if not pools.size:
        return np.zeros(len(current), dtype=bool)
    return np.asarray((current != NONE) & pools[current])
