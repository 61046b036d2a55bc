"""Which pools a change of capacity speaks of."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.stock import Pool
from scenarios.whatif.settings import SELECTORS
from scenarios.whatif.values import listed

SELECTING = ("pool", "form", *SELECTORS)
"""Keys that choose pools; a pool must meet all that are given."""

COLUMN_OF = {"pool": "pool_id"}


def selected(settings: Mapping[str, Any], pools: Iterable[Pool]) -> list[Pool]:
    """Pools that meet every key of selection given, in the order of `pools`."""
    wanted = {key: {str(value) for value in listed(settings[key])} for key in SELECTING if key in settings}
    return [
        pool
        for pool in pools
        if all(str(getattr(pool, COLUMN_OF.get(key, key))) in values for key, values in wanted.items())
    ]
