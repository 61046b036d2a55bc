"""Erlang's formulas of a queue in continuous time: M/M/c, first come first served."""

from .queue import Queue


def chance_of_waiting(places: int, offered: float) -> float:
    """Erlang C: the share of newcomers who find every place taken; offered = arrivals x mean stay < places.

    By the recursion of Erlang B, which stays within the range of floating point numbers.
    """
    blocked = 1.0
    for n in range(1, places + 1):
        blocked = offered * blocked / (n + offered * blocked)
    load = offered / places
    return blocked / (1 - load * (1 - blocked))


def mean_waiting(queue: Queue) -> float:
    """Households that wait in the long run (Little: arrivals x mean wait)."""
    load = queue.load
    return chance_of_waiting(queue.places, queue.arrivals / queue.ends) * load / (1 - load)
