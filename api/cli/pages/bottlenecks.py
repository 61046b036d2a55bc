"""Bottlenecks as a planner reads them: what one more place would bring, and for whom places lack."""

from api.cli.page import Column, Page
from api.cli.pages.pool_names import pools_named
from api.cli.voice import Voice
from api.usecases.lacking import BottlenecksShown
from optimiser.matching import GOALS

MOST_POOLS = 20
MOST_GROUPS = 10


def show_bottlenecks_page(page: Page, voice: Voice, shown: BottlenecksShown) -> None:
    """Pools by what one more place would bring, the most first; then the groups that are short."""
    texts = voice.texts
    page.title(texts("bottlenecks.title", day=voice.figures.day(shown.found.assessment.instance.as_of)))
    page.line(texts("bottlenecks.about"))
    _show_pools(page, voice, shown)
    _show_groups(page, voice, shown)


def _show_pools(page: Page, voice: Voice, shown: BottlenecksShown) -> None:
    texts, gains = voice.texts, shown.found.gains.tolist()

    def rank(p: int) -> tuple[int, ...]:
        *first, cost = gains[p]
        return (*(-change for change in first), cost, p)

    useful = sorted((p for p in range(len(gains)) if any(gains[p])), key=rank)
    columns = [Column(texts("bottlenecks.place"))]
    columns += [Column(texts(f"bottlenecks.goal.{goal}"), number=True) for goal in GOALS]
    rows = [
        [f"{shown.pools[p].name} ({shown.pools[p].pool_id})", *(_change(voice, n) for n in gains[p])]
        for p in useful[:MOST_POOLS]
    ]
    if rows:
        page.table(columns, rows)
    if len(useful) > MOST_POOLS:
        page.line(texts("bottlenecks.more", n=voice.count("pool", len(useful) - MOST_POOLS)))
    if len(useful) < len(gains):
        page.line(texts("bottlenecks.nothing", n=voice.count("pool", len(gains) - len(useful))))


def _show_groups(page: Page, voice: Voice, shown: BottlenecksShown) -> None:
    texts = voice.texts
    short = [group for group in shown.found.groups if group.short > 0]
    if not short:
        return
    page.section(texts("bottlenecks.groups"))
    for group in short[:MOST_GROUPS]:
        named = pools_named(voice, [shown.pools[p] for p in group.pools.tolist()])
        words = {
            "households": voice.count("household", len(group.households)),
            "places": voice.count("vacant_place", group.places),
            "short": voice.figures.number(group.short),
        }
        page.point(texts("bottlenecks.group", **words, pools=named))
    if len(short) > MOST_GROUPS:
        page.line(texts("bottlenecks.more_groups", n=voice.figures.number(len(short) - MOST_GROUPS)))


def _change(voice: Voice, change: int) -> str:
    """A change with its sign; blank for none, so that what happens stands out."""
    if not change:
        return ""
    return f"{'+' if change > 0 else '−'}{voice.figures.number(abs(change))}"
