"""Reserve: places of a pool kept free, for tonight or for someone who is about to come."""

import numpy as np

from optimiser.instance import Instance
from optimiser.limits.model import Amounts
from optimiser.limits.scope import Index, pool_index


def reserved(instance: Instance, reserves: Amounts) -> Index:
    """Vacant places of each pool that are kept free, shape (m,); never more than are vacant.

    Raises
    ------
    LimitsProblem
        When there is no such pool.
    """
    held = np.zeros(instance.m, dtype=np.int64)
    for pool, places in reserves:
        p = pool_index(instance, "reserves", pool)
        held[p] = min(places, int(instance.pools["vacant"][p]))
    return held
