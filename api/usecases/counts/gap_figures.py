"""The gap in women's places as figures: by section, level and drug profile, by cause, and the bottleneck."""

from collections.abc import Mapping

import numpy as np

from api.usecases.counts.book import Book, Row, Table
from api.usecases.explaining import with_numbers
from optimiser.compatibility import eligibility
from optimiser.gap.deficiency import Graph, placed_count
from optimiser.gap.holes import holes
from optimiser.gap.womens_gap import Gap, Section, structural_graph
from optimiser.gap.womens_places import profiles
from optimiser.kleene import YES

NOW = ("waiting", "placeable", "gap")
COLUMNS = (*NOW, "possible", "places", "vacant", "demand", "structural_gap")
LEVELS = ("emergency", "shared", "own_temporary", "lasting")


def count_gap(book: Book, found: Gap, names: Mapping[str, str]) -> None:
    """Add the gap of both sections, and what lies behind it.

    Parameters
    ----------
    names
        Names of pools by id.
    """
    table = book.table("gap", COLUMNS)
    for section in found.sections:
        table.add(section.need.name, *_section(book, section))
    by_profile = book.table("gap_profiles", (*NOW, "places", "vacant", "demand", "structural_gap"))
    for section in found.sections:
        _profiles(book, by_profile, found, section)
    _levels(book, found)
    _causes(book, found)
    _narrowest(book, found, names)


def _section(book: Book, section: Section) -> list[str]:
    figures, name = book.figures, f"gap.{section.need.name}"
    certain, possible = section.waiting
    placed, placed_all = section.placeable_now

    def count(key: str, value: int, *, headline: bool = True) -> str:
        return figures.count(f"{name}.{key}", value, headline=headline)

    keys = [
        count("waiting", certain),
        count("placeable", placed, headline=False),
        count("gap", certain - placed),
        count("possible", possible, headline=False),
        figures.public(f"{name}.places", section.places),
        count("vacant", section.vacant, headline=False),
        count("demand", section.structural.demand),
        count("structural_gap", section.structural.gap),
    ]
    count("all", certain + possible, headline=False)
    count("placeable_all", placed_all, headline=False)
    count("gap_all", certain + possible - placed_all, headline=False)
    count("structural_placeable", section.structural.placeable, headline=False)
    figures.unseen |= {f"{name}.{key}" for key in ("all", "placeable_all", "gap_all", "structural_placeable")}
    figures.add_up(f"{name}.waiting", f"{name}.placeable", f"{name}.gap")
    figures.add_up(f"{name}.all", f"{name}.waiting", f"{name}.possible")
    figures.add_up(f"{name}.all", f"{name}.placeable_all", f"{name}.gap_all")
    figures.add_up(f"{name}.demand", f"{name}.structural_placeable", f"{name}.structural_gap")
    # How many live in the places is what remains of the demand; how many places they fill, of the places.
    figures.within(f"{name}.demand", f"{name}.waiting")
    figures.within(f"{name}.places", f"{name}.vacant")
    figures.within(f"{name}.places", f"{name}.structural_placeable", people=False)
    return keys


def _profiles(book: Book, table: Table, found: Gap, section: Section) -> None:
    figures, a = book.figures, found.assessment
    whole = f"gap.{section.need.name}"
    rows, graph = structural_graph(a, section.need)
    names = []
    for one in section.profiles:
        name = f"{whole}.{one.profile}"
        names.append(name)
        members = profiles(a)[one.profile][rows]
        kept = members[graph.household]
        alone = Graph(graph.household[kept], graph.pool[kept], graph.places, graph.n)
        demand, fits = int(members.sum()), placed_count(alone)
        values = dict(zip(NOW, (one.waiting, one.placeable_now, one.gap_now), strict=True))
        # A hole is what a reader looks for first.
        hole = bool(one.waiting) and not one.pools.size
        keys = [figures.count(f"{name}.{key}", value, headline=hole) for key, value in values.items()]
        keys.append(figures.public(f"{name}.places", one.places))
        keys.append(figures.count(f"{name}.vacant", one.vacant))
        keys.append(figures.count(f"{name}.demand", demand))
        keys.append(figures.count(f"{name}.structural_gap", demand - fits))
        figures.count(f"{name}.structural_placeable", fits)
        figures.unseen.add(f"{name}.structural_placeable")
        figures.add_up(f"{name}.waiting", f"{name}.placeable", f"{name}.gap")
        figures.add_up(f"{name}.demand", f"{name}.structural_placeable", f"{name}.structural_gap")
        figures.within(f"{name}.demand", f"{name}.waiting")
        figures.within(f"{name}.vacant", f"{name}.placeable", people=False)
        figures.within(f"{whole}.placeable", f"{name}.placeable", people=False)
        figures.within(f"{name}.places", f"{name}.vacant")
        figures.within(f"{whole}.vacant", f"{name}.vacant")
        table.add(Row(f"{section.need.name}_{one.profile}"), *keys)
    for column in ("waiting", "demand"):
        figures.add_up(f"{whole}.{column}", *(f"{name}.{column}" for name in names))


def _levels(book: Book, found: Gap) -> None:
    """Women who wait for a place at support level, by drug profile: whether each level has one for them."""
    a, section = found.assessment, found.sections[0]
    rows = np.flatnonzero(section.need.certain)
    womens = eligibility(a, rows) == YES
    level = a.instance.pools["level"]
    admits = section.need.pools | found.sections[1].need.pools
    table = book.table("gap_levels", ("waiting", *LEVELS, "none"))
    figures = book.figures
    for name, having in profiles(a).items():
        mine = womens[having[rows]]
        waiting = f"gap.{section.need.name}.{name}.waiting"
        keys = []
        for number, word in enumerate(LEVELS):
            could = mine[:, admits & (level == number)].any(axis=1)
            keys.append(figures.count(f"gap.level.{name}.{word}", int(could.sum())))
            figures.within(waiting, keys[-1])
        none = ~mine[:, admits].any(axis=1)
        keys.append(figures.count(f"gap.level.{name}.none", int(none.sum())))
        for key in keys[:-1]:
            figures.within(waiting, key, keys[-1])
        table.add(name, waiting, *keys)


def _causes(book: Book, found: Gap) -> None:
    table = book.table("gap_causes", ("support", "emergency"))
    counts: dict[str, dict[str, int]] = {}
    for section in found.sections:
        for rule, households in section.by_cause:
            counts.setdefault(rule, {})[section.need.name] = households
    policy = found.assessment.policy
    for rule, by_section in sorted(counts.items(), key=lambda entry: (-sum(entry[1].values()), entry[0])):
        keys = []
        for section in found.sections:
            name = section.need.name
            key = book.figures.count(f"gap.{name}.cause.{rule}", by_section.get(name, 0))
            book.figures.within(f"gap.{name}.waiting", key)
            keys.append(key)
        text = policy.rule(rule)
        table.texts[rule] = {"sv": with_numbers(text.text_sv, text), "en": with_numbers(text.text_en, text)}
        table.add(Row(rule, "rule", rule), *keys)


def _narrowest(book: Book, found: Gap, names: Mapping[str, str]) -> None:
    """The largest group for whom places lack, and the holes: profiles that no place of a level takes."""
    table = book.table("gap_bottleneck", ("households", "free_places"))
    ids = found.assessment.instance.pool_ids
    for section in found.sections:
        name, narrow = f"gap.{section.need.name}", section.bottleneck
        if narrow.short <= 0:
            continue
        book.figures.count(f"{name}.narrow.households", len(narrow.households), headline=True)
        book.figures.count(f"{name}.narrow.places", narrow.places)
        # What the narrowest group is short of is the gap itself (Ore's theorem on deficiency).
        book.figures.same(f"{name}.narrow.households", f"{name}.narrow.places", f"{name}.gap")
        book.figures.within(f"{name}.waiting", f"{name}.narrow.households")
        book.figures.within(f"{name}.vacant", f"{name}.narrow.places")
        table.texts[section.need.name] = {"pools": [names[ids[pool]] for pool in narrow.pools.tolist()]}
        table.add(section.need.name, *(f"{name}.narrow.{key}" for key in ("households", "places")))
    table.texts["holes"] = [
        {
            "section": hole.section,
            "profile": hole.profile,
            "waiting": f"gap.{hole.section}.{hole.profile}.waiting",
            "below": [names[ids[near.pool]] for near in hole.below],
            "closed": [names[ids[near.pool]] for near in hole.closed],
            "rule": hole.closed[0].rule if hole.closed else "",
        }
        for hole in holes(found)
    ]
