"""Luck that hangs on who and when, never on the order of drawing: counter-based random numbers.

Philox-4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011): ten
rounds of multiplying and mixing turn a counter and a key into four 32-bit numbers. The counter is household,
week and purpose, the key seed and replication; so a household's luck is the same in every scenario, in every
order of rows, and whoever else is there.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Week = int | NDArray[np.int64]

PURPOSES = (
    *("stay", "leave", "use", "answer"),
    *("outcome", "situation", "wish", "takeover"),
    *("refusal", "delay", "danger", "pregnancy"),
    *("arrivals", "more_arrivals", "template", "thinning"),
)
"""What luck is drawn for; four purposes share a draw. Numbers above these are for the facts answered."""

GREATEST_MEAN = 700
"""Greatest mean of a Poisson number: beyond it exp(-mean) is no longer a normal number."""

_MULTIPLIERS = np.array([[0xD2511F53], [0xCD9E8D57]], dtype=np.uint64)
_WEYL = (0x9E3779B9, 0xBB67AE85)
_ROUNDS = 10
_LOW = np.uint64(0xFFFFFFFF)
_HIGH = np.uint64(32)


def philox(counter: Sequence[Words], key: tuple[int, int]) -> Words:
    """Four 32-bit numbers for every counter, shape (4, k), by ten rounds of Philox.

    counter is four arrays (k,) of 32-bit numbers, key two such numbers.
    """
    words = np.array((counter[0], counter[2], counter[1], counter[3]), dtype=np.uint64)
    crossed, kept = words[:2], words[2:]
    for round_key in _round_keys(key):
        product = crossed * _MULTIPLIERS
        crossed = (product >> _HIGH)[::-1]
        crossed ^= kept
        crossed ^= round_key
        product &= _LOW
        kept = product[::-1]
    return np.array((crossed[0], kept[0], crossed[1], kept[1]))


@cache
def _round_keys(key: tuple[int, int]) -> Words:
    """The key of each round, shape (rounds, 2, 1)."""
    keys = [[key[i] + number * _WEYL[i] & 0xFFFFFFFF for i in (0, 1)] for number in range(_ROUNDS)]
    return np.array(keys, dtype=np.uint64)[:, :, None]


class Luck:
    """The luck of one replication."""

    def __init__(self, seed: int, replication: int) -> None:
        digest = blake2b(f"{seed}/{replication}".encode(), digest_size=8).digest()
        number = int.from_bytes(digest, "little")
        self._key = number & 0xFFFFFFFF, number >> 32

    def four(self, block: int, numbers: NDArray[np.int64], week: Week) -> NDArray[np.float64]:
        """Luck for four purposes at once, above 0 and below 1, shape (4, k); block 0 is the first four.

        numbers (k,) are those of households, or whatever else has luck, from 0 to 2**63 - 1; week is one
        for all, or one for each (k,).
        """
        return self._words(np.full(len(numbers), block, dtype=np.uint64), numbers, week)

    def _words(self, blocks: Words, numbers: NDArray[np.int64], week: Week) -> NDArray[np.float64]:
        who = np.asarray(numbers, dtype=np.int64).astype(np.uint64)
        counter = who & _LOW, who >> _HIGH, np.full(len(who), week, dtype=np.uint64), blocks
        return np.asarray((philox(counter, self._key) + 0.5) / 4294967296.0, dtype=np.float64)

    def of(self, purpose: str, numbers: NDArray[np.int64], week: Week) -> NDArray[np.float64]:
        """Luck for one of PURPOSES, above 0 and below 1, shape (k,)."""
        block, word = divmod(PURPOSES.index(purpose), 4)
        return np.asarray(self.four(block, numbers, week)[word])

    def of_facts(self, facts: int, numbers: NDArray[np.int64], week: int) -> NDArray[np.float64]:
        """Luck for the answers to some facts, shape (facts, k)."""
        first = -(-len(PURPOSES) // 4)
        blocks = np.arange(first, first + -(-facts // 4), dtype=np.uint64)
        k, tiles = len(numbers), len(blocks)
        words = self._words(np.repeat(blocks, k), np.tile(numbers, tiles), week)
        return words.reshape(4, tiles, k).swapaxes(0, 1).reshape(4 * tiles, k)[:facts]


def uniform(
    seed: int, replication: int, purpose: str, numbers: NDArray[np.int64], week: int
) -> NDArray[np.float64]:
    """Luck of some households for a purpose in a week, above 0 and below 1, shape (k,)."""
    return Luck(seed, replication).of(purpose, numbers, week)


def poisson(mean: NDArray[np.float64], luck: NDArray[np.float64]) -> NDArray[np.int64]:
    """How many come, by inversion: the fewest with a cumulative chance of at least the luck, shape (k,).

    A greater mean never gives fewer for the same luck.

    Raises
    ------
    ValueError
        When a mean is so great that the chance of nobody is no number any more.
    """
    if (mean > GREATEST_MEAN).any():
        raise ValueError(f"a mean of {mean.max():g} is more than {GREATEST_MEAN}; draw in smaller parts")
    count = np.zeros(len(mean), dtype=np.int64)
    chance = np.exp(-mean)
    passed = chance.copy()
    more = luck > passed
    while more.any():
        count[more] += 1
        chance = np.where(more, chance * mean / np.maximum(count, 1), chance)
        passed = passed + np.where(more, chance, 0.0)
        more &= (luck > passed) & (chance > 0.0)
    return count
