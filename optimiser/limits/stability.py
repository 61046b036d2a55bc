"""Stability: among plans that are equal in every goal, the one with fewest changes against an earlier."""

import numpy as np

from optimiser.instance import Instance
from optimiser.limits.model import Pairs
from optimiser.limits.scope import Index


def kept_goal(instance: Instance, like: Pairs, h: Index, p: Index) -> Index:
    """A goal that counts the proposals of an earlier plan that stand, shape (1, k).

    Plans that are equal in the goals place equally many in each tier, so to keep the most is to change
    the fewest. Households and pools that are gone since do not count.
    """
    household_at = {name: i for i, name in enumerate(instance.household_ids)}
    pool_at = {name: i for i, name in enumerate(instance.pool_ids)}
    earlier = np.array(
        [
            household_at[household] * instance.m + pool_at[pool]
            for household, pool in like
            if household in household_at and pool in pool_at
        ],
        dtype=np.int64,
    )
    return np.isin(h * instance.m + p, earlier).astype(np.int64)[None, :]
