"""Several pools named in one line."""

from collections.abc import Sequence

from api.cli.voice import Voice
from models.stock import Pool

MOST_NAMED = 4


def pools_named(voice: Voice, pools: Sequence[Pool], most: int = MOST_NAMED) -> str:
    """Names and ids of the first pools, and how many more there are; blank without any."""
    named = ", ".join(f"{pool.name} ({pool.pool_id})" for pool in pools[:most])
    if len(pools) <= most:
        return named
    return f"{named} {voice.texts('gap.more', n=voice.figures.number(len(pools) - most))}"
