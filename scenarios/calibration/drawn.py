"""Uncertainty carried on: calibrated rates drawn anew for each replication, within what the data allow."""

from dataclasses import replace
from hashlib import blake2b

from scenarios.assumptions.model import Assumptions, Entry

TAIL = 0.025
MOST_EVENTS = 1e9


def drawn(assumptions: Assumptions, seed: int, replication: int) -> Assumptions:
    """The assumptions with every calibrated rate that has an interval drawn from its distribution.

    A rate seen so many times over so long has a gamma distribution (Jeffreys' prior: half an event more). How
    many times is read back from the interval, so that a file is enough. The luck hangs on seed, replication
    and key alone: scenarios of one replication share their rates.
    """
    entries: dict[str, Entry] = dict(assumptions.entries)
    for key, entry in entries.items():
        if entry.basis == "calibrated" and entry.high is not None:
            entries[key] = replace(
                entry, value=drawn_rate(entry.value, entry.high, luck(seed, replication, key))
            )
    return Assumptions(entries)


def luck(seed: int, replication: int, key: str) -> float:
    """A number above 0 and below 1 of its own for each seed, replication and key."""
    digest = blake2b(f"{seed}/{replication}/{key}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "little") + 0.5) / 2.0**64


def drawn_rate(value: float, high: float, chance: float) -> float:
    """Quantile of a rate whose estimate and upper 95 % limit (Garwood) are known."""
    from scipy.stats import gamma

    events = events_behind(value, high)
    if events is None:
        return value
    exposure = float(gamma.ppf(1 - TAIL, events + 1)) / high
    return float(gamma.ppf(chance, events + 0.5)) / exposure


def events_behind(value: float, high: float) -> float | None:
    """Events from which an estimate and its upper 95 % limit came; None where the two are as good as one."""
    from scipy.optimize import brentq
    from scipy.stats import gamma

    if not high > value:
        return None
    if value <= 0:
        return 0.0

    def excess(events: float) -> float:
        return float(gamma.ppf(1 - TAIL, events + 1)) / events - high / value

    # Few events give a wide interval, many a narrow one.
    return float(brentq(excess, 1e-9, MOST_EVENTS)) if excess(MOST_EVENTS) < 0 else None
