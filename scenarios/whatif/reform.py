"""A reform: what a stack of scenarios means for each simulated week, compiled against one city."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.stock import Pool, Quota
from optimiser.policy.load import PolicyData

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Epoch(Generic[T]):
    """A state of things that holds from a week until the next epoch begins."""

    from_week: int
    state: T


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Reform:
    """The stock, the rules and the rates of every week, in one place.

    Attributes
    ----------
    names
        Scenarios stacked, in order; ("baseline",) when there are none.
    weeks
        Length of the horizon.
    stock
        All pools that ever stand, the same ids in every epoch, sorted by id; a pool that opens later has
        `opens_on`, one that closes `closes_on`, so that rules and residents see it coming.
    quotas
        Quotas as written, by epoch; the simulation renews them each calendar year.
    policy
        Policy data by epoch; read on the week's own day.
    matching
        Way of choosing, one of MATCHING, for each week.
    budget
        Most SEK/month that one week's placements may add, None for no limit, for each week.
    arrivals
        Factor on the inflow, shape (weeks, segments), in the order of `scenarios.segments.SEGMENTS`.
    stays
        Factor on the weekly chance that a stay ends, each shape (weeks,): by form, and by `form.outcome`
        (own_home, homeless, left) where it concerns one way of ending; those left out have 1.
    refusals
        Factor on the chance that a household says no, shape (weeks,).
    """

    names: tuple[str, ...]
    weeks: int
    stock: tuple[Epoch[tuple[Pool, ...]], ...]
    quotas: tuple[Epoch[tuple[Quota, ...]], ...]
    policy: tuple[Epoch[PolicyData], ...]
    matching: tuple[str, ...]
    budget: tuple[int | None, ...]
    arrivals: NDArray[np.float64]
    stays: Mapping[str, NDArray[np.float64]]
    refusals: NDArray[np.float64]
