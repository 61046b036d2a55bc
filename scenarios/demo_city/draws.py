"""Luck of the city: seeded streams, draws by shares, and picks of an exact number.

Totals are kept by picking exactly so many out of those who can have a trait, never by trying again,
so every seed gives the published counts.
"""

import zlib
from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

Choice = TypeVar("Choice")

QUANTILES = (0.0, 0.10, 0.25, 0.50, 0.75, 0.90, 1.0)


def stream(seed: int, name: str) -> np.random.Generator:
    """A counter-based stream of its own for one part of the city, so that parts do not disturb each other."""
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, zlib.crc32(name.encode())])))


def draw(rng: np.random.Generator, shares: Mapping[str, float]) -> str:
    """One key, as likely as its share."""
    left = rng.random() * sum(shares.values())
    for key, share in shares.items():
        left -= share
        if left < 0:
            return key
    return next(reversed(tuple(shares)))


def chance(rng: np.random.Generator, share: float) -> bool:
    """True with the probability `share`."""
    return bool(rng.random() < share)


def one_of(rng: np.random.Generator, items: Sequence[Choice]) -> Choice:
    """One item, all equally likely."""
    return items[int(rng.random() * len(items))]


def between(rng: np.random.Generator, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return low + int(rng.random() * (high - low + 1))


def length(rng: np.random.Generator, quantiles: Sequence[int]) -> int:
    """A length of time in days, from its least, 10, 25, 50, 75, 90 % and most."""
    return int(np.interp(rng.random(), QUANTILES, quantiles))


def pick_exactly(rng: np.random.Generator, weights: ArrayLike, number: int) -> NDArray[np.bool_]:
    """Exactly `number` of the candidates, heavier ones more likely.

    Parameters
    ----------
    rng : numpy.random.Generator
    weights : array of shape (candidates,)
        0 is never picked, infinity always.
    number : int
        How many are picked.

    Returns
    -------
    array of bool, shape (candidates,)

    Raises
    ------
    ValueError
        When fewer can be picked, or more must be.
    """
    weight = np.asarray(weights, dtype=float)
    forced, able = int(np.isinf(weight).sum()), int((weight > 0).sum())
    if not forced <= number <= able:
        raise ValueError(
            f"{number} to be picked, but {forced} must be and {able} can be: mend the figures in people.toml"
        )
    # Weighted sampling without replacement: the smallest exponential clocks ring first.
    clock = np.full(weight.shape, np.inf)
    clock[weight > 0] = rng.standard_exponential(able) / weight[weight > 0]
    picked = np.zeros(weight.shape, dtype=bool)
    picked[np.argsort(clock, kind="stable")[:number]] = True
    return picked
