"""A fixed order among plans that are equal in every goal: numbers drawn from the ids, never from rows."""

from functools import lru_cache
from hashlib import blake2b
from itertools import compress

import numpy as np
from numpy.typing import NDArray

BITS = 31


def tie_breaks(
    household_ids: tuple[str, ...], pool_ids: tuple[str, ...], h: NDArray[np.int64], p: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Two rows of numbers from 0 to 2**31 - 1 for a list of pairs, shape (2, k), from the ids alone.

    The ids are hashed with BLAKE2b, and each pair's two hashes mixed as in SplitMix64; two rows make it
    all but impossible that two plans draw level in both sums.
    """
    mixed = _mix(_hashes_of(household_ids, h) ^ _mix(_hashes_of(pool_ids, p)))
    rows = np.stack([mixed >> np.uint64(64 - BITS), mixed & np.uint64((1 << BITS) - 1)])
    return rows.astype(np.int64)


def id_hashes(ids: tuple[str, ...]) -> NDArray[np.uint64]:
    """Eight bytes of BLAKE2b of every id, as numbers, shape (k,)."""
    raw = b"".join(map(_digest, ids))
    return np.frombuffer(raw, dtype="<u8").astype(np.uint64)


def _hashes_of(ids: tuple[str, ...], at: NDArray[np.int64]) -> NDArray[np.uint64]:
    named = np.zeros(len(ids), dtype=bool)
    named[at] = True
    hashes = np.zeros(len(ids), dtype=np.uint64)
    hashes[named] = id_hashes(tuple(compress(ids, named.tolist())))
    return np.asarray(hashes[at])


@lru_cache(maxsize=1 << 18)
def _digest(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=8).digest()


def _mix(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    with np.errstate(over="ignore"):
        z = numbers + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(z ^ (z >> np.uint64(31)))
