"""The stock of every week: pools that open and close, grow, shrink and change."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.stock import Pool
from scenarios.whatif.epochs import in_force, joined, turns
from scenarios.whatif.faults import Place
from scenarios.whatif.opening import Spans, closed_between, cut_open, span_at
from scenarios.whatif.pool_rows import pool_of, read_row
from scenarios.whatif.reform import Epoch
from scenarios.whatif.scenario import Change
from scenarios.whatif.selection import selected
from scenarios.whatif.settings import CONVERTIBLE
from scenarios.whatif.values import listed
from scenarios.whatif.weeks import day_of_week, weeks_of

KINDS = ("open_pool", "close_pool", "capacity", "convert")


def stock_epochs(
    pools: Sequence[Pool], as_of: date, changes: Sequence[Change], weeks: int
) -> tuple[Epoch[tuple[Pool, ...]], ...]:
    """Every pool that ever stands, by epoch, sorted by id.

    Each week's stock is the city's own with the changes in force that week applied in order. Opening and
    closing are written as `opens_on` and `closes_on`, so that they are known ahead; a pool that closes for a
    while has the day it opens again once it has closed.
    """
    changes = [change for change in changes if change.kind in KINDS and weeks_of(change, as_of, weeks)]
    opened = [pool_of(change.settings) for change in changes if change.kind == "open_pool"]
    rows = {pool.pool_id: pool for pool in sorted([*pools, *opened], key=lambda pool: pool.pool_id)}
    spans = _spans(rows, as_of, changes)

    def state(week: int) -> tuple[Pool, ...]:
        stock = {}
        for pool_id, pool in rows.items():
            opens, closes = span_at(spans[pool_id], day_of_week(as_of, week))
            stock[pool_id] = _with(pool, {"opens_on": opens, "closes_on": closes})
        for change in in_force(changes, as_of, weeks, week):
            _apply(change, stock)
        return tuple(stock.values())

    return joined(Epoch(week, state(week)) for week in turns(changes, as_of, weeks))


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Whole places shared out in proportion to weights, largest remainders first; the sum is exact.

    Weights that are all zero count as equal; equal remainders go to the first. Method of Hamilton.
    """
    if not weights:
        return []
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    rest = [total * weight % whole for weight in weights]
    for i in sorted(range(len(weights)), key=lambda i: -rest[i])[: total - sum(shares)]:
        shares[i] += 1
    return shares


def _spans(rows: Mapping[str, Pool], as_of: date, changes: Sequence[Change]) -> dict[str, Spans]:
    spans = {pool_id: cut_open(pool.opens_on, pool.closes_on) for pool_id, pool in rows.items()}
    for change in changes:
        until = None if change.until_week is None else day_of_week(as_of, change.until_week)
        if change.kind == "open_pool":
            pool_id = change.settings["pool_id"]
            opens = day_of_week(as_of, change.from_week + change.settings.get("lead_weeks", 0))
            spans[pool_id] = closed_between(spans[pool_id], date.min, opens)
            if until is not None:
                spans[pool_id] = closed_between(spans[pool_id], until, date.max)
        elif change.kind == "close_pool":
            first = day_of_week(as_of, change.from_week)
            for pool_id in listed(change.settings["pool"]):
                spans[pool_id] = closed_between(spans[pool_id], first, until or date.max)
    return spans


def _apply(change: Change, state: dict[str, Pool]) -> None:
    if change.kind == "convert":
        values, _ = read_row(Place(""), change.settings, CONVERTIBLE)
        for pool_id in listed(change.settings["pool"]):
            state[pool_id] = _with(state[pool_id], values)
    elif change.kind == "capacity":
        chosen = selected(change.settings, state.values())
        for pool, places in zip(chosen, _places(change.settings, chosen), strict=True):
            state[pool.pool_id] = _with(pool, {"capacity": places})


def _places(settings: Mapping[str, Any], pools: Sequence[Pool]) -> list[int]:
    """Places of each pool after a change of capacity, which concerns the chosen pools together."""
    today = [pool.capacity for pool in pools]
    if "to" in settings:
        total = settings["to"]
    elif "by" in settings:
        total = max(0, sum(today) + settings["by"])
    else:
        total = int(sum(today) * settings["factor"] + 0.5)
    if total <= sum(today):
        return spread(total, today)
    # Nobody adds places to a house that is to close, unless there is no other.
    lasting = [pool.closes_on is None for pool in pools]
    growing = [not any(lasting) or lasts for lasts in lasting]
    weights = [places if grows else 0 for places, grows in zip(today, growing, strict=True)]
    if not any(weights):
        weights = [int(grows) for grows in growing]
    more = spread(total - sum(today), weights)
    return [places + added for places, added in zip(today, more, strict=True)]


def _with(pool: Pool, values: Mapping[str, Any]) -> Pool:
    """The pool with some columns changed; the very same row where nothing changes."""
    new = {name: value for name, value in values.items() if getattr(pool, name) != value}
    return pool.model_copy(update=new) if new else pool
