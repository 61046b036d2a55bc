"""The gap in women's places as a manager reads it: who waits, what is short, where the stock has a hole."""

from api.cli.page import Column, Page
from api.cli.pages.pool_names import pools_named
from api.cli.pages.proposals import place_name
from api.cli.voice import Voice
from api.cli.words import Words
from api.usecases.explaining import with_numbers
from api.usecases.lacking import GapShown
from optimiser.gap.equity import LEVELS
from optimiser.gap.holes import Hole
from optimiser.gap.womens_gap import Section

MOST_CAUSES = 5


def show_gap_page(page: Page, voice: Voice, shown: GapShown) -> None:
    """Holes first, then each section, then women and men side by side."""
    day = voice.figures.day(shown.gap.assessment.instance.as_of)
    page.title(voice.texts("gap.title", day=day))
    for hole in shown.holes:
        _show_hole(page, voice, shown, hole)
    for section in shown.gap.sections:
        _show_section(page, voice, shown, section)
    _show_equity(page, voice, shown)


def _show_hole(page: Page, voice: Voice, shown: GapShown, hole: Hole) -> None:
    texts, count = voice.texts, voice.count
    words = {
        "n": count("household", hole.waiting),
        "who": texts(f"gap.who.{hole.profile}"),
        "level": texts(f"gap.at.{hole.section}"),
    }
    page.section(texts("gap.hole", **words))
    for near in hole.below:
        page.point(texts("gap.below", place=_place(voice, shown, near.pool)))
    if not hole.below:
        page.point(texts("gap.nothing_below"))
    nearest, *others = hole.closed
    where, place = texts(f"gap.nearest.{hole.section}"), _place(voice, shown, nearest.pool)
    if nearest.rule:
        text = _rule_text(voice, shown, nearest.rule)
        alone = count("household", nearest.women)
        page.point(texts("gap.closed_by", where=where, place=place, n=alone, rule=text, id=nearest.rule))
    else:
        page.point(texts("gap.closed", where=where, place=place))
    if others:
        named = pools_named(voice, [shown.pools[near.pool] for near in others])
        page.point(texts("gap.closed_too", places=named))


def _show_section(page: Page, voice: Voice, shown: GapShown, section: Section) -> None:
    texts, count, number = voice.texts, voice.count, voice.figures.number
    page.section(texts(f"gap.section.{section.need.name}"))
    certain, possible = section.waiting
    page.line(
        texts(
            "gap.waiting",
            certain=count("household", certain),
            possible=number(possible),
            places=count("place", section.places),
            vacant=count("vacant", section.vacant),
        )
    )
    page.line(
        texts(
            "gap.now", placeable=number(section.placeable_now[0]), gap=count("household", section.gap_now[0])
        )
    )
    structural = section.structural
    page.line(
        texts(
            "gap.structural",
            demand=count("household", structural.demand),
            placeable=number(structural.placeable),
            gap=number(structural.gap),
        )
    )
    headings = ("profile", "waiting_column", "places", "vacant", "placeable", "short")
    columns = [Column(texts(f"gap.column.{name}"), number=name != "profile") for name in headings]
    rows = [
        [
            texts(f"gap.profile.{p.profile}"),
            *(number(n) for n in (p.waiting, p.places, p.vacant, p.placeable_now, p.gap_now)),
        ]
        for p in section.profiles
    ]
    page.table(columns, rows)
    _show_bottleneck(page, voice, shown, section)
    _show_causes(page, voice, shown, section)


def _show_bottleneck(page: Page, voice: Voice, shown: GapShown, section: Section) -> None:
    narrow = section.bottleneck
    if narrow.short <= 0:
        return
    words = {
        "households": voice.count("household", len(narrow.households)),
        "places": voice.count("vacant_place", narrow.places),
    }
    named = pools_named(voice, [shown.pools[p] for p in narrow.pools.tolist()])
    page.line(voice.texts("gap.bottleneck" if named else "gap.bottleneck_nowhere", **words, pools=named))


def _show_causes(page: Page, voice: Voice, shown: GapShown, section: Section) -> None:
    if not section.by_cause:
        return
    page.line(voice.texts("gap.causes"))
    for rule_id, n in section.by_cause[:MOST_CAUSES]:
        text = _rule_text(voice, shown, rule_id)
        page.point(f"{voice.count('household', n)}: {text} ({rule_id})")


def _show_equity(page: Page, voice: Voice, shown: GapShown) -> None:
    texts, number = voice.texts, voice.figures.number
    page.section(texts("gap.equity"))
    columns = [Column(texts("gap.column.adults"))]
    names = ("candidates", *LEVELS, "placeable")
    columns += [Column(texts(f"gap.column.{name}"), number=True) for name in names]
    rows = [
        [
            texts(f"gap.adults.{group}"),
            number(access.candidates),
            *(number(access.with_option[level]) for level in LEVELS),
            number(access.placeable_now),
        ]
        for group, access in shown.gap.equity.items()
    ]
    page.table(columns, rows)


def _place(voice: Voice, shown: GapShown, p: int) -> str:
    """A pool with what its drug policy is, and its places."""
    pool = shown.pools[p]
    vacant = int(shown.gap.assessment.instance.pools["vacant"][p])
    return voice.texts(
        "gap.place",
        place=place_name(voice, pool),
        drugs=Words(voice).value("drug_policy", str(pool.drug_policy)),
        places=voice.count("place", pool.capacity),
        vacant=voice.count("vacant", vacant),
    )


def _rule_text(voice: Voice, shown: GapShown, rule_id: str) -> str:
    rule = shown.gap.assessment.policy.rule(rule_id)
    return with_numbers(rule.text_sv if voice.language == "sv" else rule.text_en, rule)
