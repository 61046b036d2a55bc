"""Bottlenecks as figures: for whom places lack, and where one more place would do the most good."""

from api.usecases.counts.book import Book, Row
from models.forms import forms
from models.stock import Pool
from optimiser.gap.bottlenecks import Bottlenecks
from optimiser.matching import GOALS

MOST = 20
"""Pools that are listed: those where one more place does the most."""
TIERS = tuple(goal for goal in GOALS if goal.startswith("tier_"))


def count_bottlenecks(book: Book, found: Bottlenecks, pools: tuple[Pool, ...]) -> None:
    """Add the groups that are short of places, and the pools in the order of what one more place gains.

    What one place gains is a household or two: only the first goal that it serves is told, not how much.
    """
    figures = book.figures
    table = book.table("short_groups", ("households", "free_places", "short", "pools"))
    whole = "candidates"
    for number, group in enumerate(found.groups, start=1):
        name = f"short.{number}"
        figures.count(f"{name}.households", len(group.households), headline=True)
        figures.count(f"{name}.places", group.places)
        figures.count(f"{name}.short", group.short, headline=True)
        figures.add_up(f"{name}.households", f"{name}.places", f"{name}.short")
        named = [pools[pool].name for pool in group.pools.tolist()]
        table.texts[str(number)] = {"pools": named}
        row = Row(str(number), "name", str(number))
        table.add(row, f"{name}.households", f"{name}.places", f"{name}.short", float(len(named)))
    names = [f"short.{n}.households" for n in range(1, len(found.groups) + 1)]
    if names:
        figures.within(whole, *names)
    order = sorted(range(len(pools)), key=lambda p: tuple(-gain for gain in found.gains[p].tolist()))
    gained = book.table("one_more_place", ("rank", "first_tier"))
    for rank, pool in enumerate(order[:MOST], start=1):
        tier = next((n for n in range(len(TIERS)) if found.gains[pool][n] > 0), None)
        if tier is not None:
            one = pools[pool]
            gained.texts[one.pool_id] = {form: getattr(forms()[one.form], form) for form in ("sv", "en")}
            gained.add(Row(one.pool_id, "name", one.name), float(rank), float(tier + 1))
