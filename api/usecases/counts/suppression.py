"""Which counts are shown: small ones never, nor what would give them away by a sum or a difference.

The reader is taken to know everything that was ever published: all tables of the day at once, and those of
earlier days, and even which counts have not changed in between. Whatever is left possible must leave every
small count free to be 1, 2, 3 or 4.

The rule. A world is a value for every count of every publication so far such that all that was told is true
in it: x(t) for publication t, with A(t) x(t) = 0 for the sums; x(t) is the count where that is told, 1 to 4
where it is shown as `<5`, between its ends where these are told, never negative; and x(t) = x(t - 1) for
every count that has not changed. A small count is safe when for each v of 1 to 4 there is a world in which
it is v.

So worlds are kept: the truth, and enough others that every small count of the last publications is each v
in one of them. The next publication may be shown in a way if each of them can be led on to it: what has not
changed keeps the value that the world gave it, what has changed takes one under which the sums hold. As A
is the same for the truth, only how far a world lies off it is kept, y(t) with A y(t) = 0, and two worlds
that lie off it in different places may be added up to one. Where a world cannot be led on, or a new small
count cannot be v, counts that have changed are withheld, the fewest and least important that do it. What
was safe stays so and need not be looked at again: a day costs the same however many came before it. A world
that cannot be led on at all has been ruled out by what anyone knows, as the places of a house.

Great headlines come last: one that cannot be told is told between two numbers of a fixed ladder, a tenth
apart at most, and the worlds keep between them. Nothing is ever blurred. (Cell suppression with protection
levels; Fischetti and Salazar, Management Science 47, 2001, solve for all cells at once. Here each is
protected after the other by a linear programme, after Robertson, Statistics Canada, 1993.)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.usecases.counts.figures import SMALL, Figures, Shown
from api.usecases.counts.implied import implied
from api.usecases.counts.today import Today, counts_of
from api.usecases.counts.worlds import ABOVE, World, Worlds

MOST_TRIED = 8
"""Worlds from which a small count is led to a value, until one can."""
Pattern = Mapping[str, Shown]
"""How each count is shown."""
Ends = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Published:
    """Figures, how they were shown, between which ends, and the worlds that are left."""

    figures: Figures
    pattern: Pattern
    between: Mapping[str, Ends] = field(default_factory=dict)
    worlds: Worlds | None = None


@dataclass(frozen=True, slots=True)
class Protection:
    """How each count is shown, between which values a withheld one is told to lie, and the worlds left."""

    pattern: dict[str, Shown]
    between: dict[str, Ends]
    worlds: Worlds = field(default_factory=Worlds)


def protect(figures: Figures, past: Sequence[Published] = ()) -> Protection:
    """How the counts are to be shown.

    Parameters
    ----------
    figures
        Of the day.
    past
        What was published before, oldest first. The last one is enough if its worlds are kept; they are
        found again from all that are given if they are not.
    """
    before, worlds = _past(past)
    pattern = first_pattern(figures)
    same = _same(figures, before)
    withheld: set[str] = set()
    if before is not None:
        pattern |= {key: before.pattern[key] for key in same}
        withheld = {key for key, shown in before.pattern.items() if shown != Shown.EXACT}
    today = Today(counts_of(figures, pattern, same, withheld), figures)
    _lead_on(today, worlds, figures)
    pattern = {key: one.shown for key, one in today.counts.items()}
    return Protection(pattern, _told_between(figures, pattern, today), worlds)


def first_pattern(figures: Figures) -> dict[str, Shown]:
    """Small counts hidden and remainders unseen; all else as it is."""
    return {key: _first(figures, key) for key in figures.values}


def _first(figures: Figures, key: str) -> Shown:
    if key in figures.unseen:
        return Shown.WITHHELD
    return Shown.SMALL if figures.is_small(key) else Shown.EXACT


def _past(past: Sequence[Published]) -> tuple[Published | None, Worlds]:
    """The last publication, and the worlds that are left after it."""
    if not past:
        return None, Worlds()
    last = past[-1]
    if last.worlds is not None:
        return last, Worlds.read(last.worlds.stored())
    before, worlds = _past(past[:-1])
    same = _same(last.figures, before)
    counts = counts_of(last.figures, last.pattern, same, ())
    for key, (least, most) in last.between.items():
        if most is not None and counts[key].shown == Shown.WITHHELD:
            counts[key].between = least, most
    _lead_on(Today(counts, last.figures, may_withhold=False), worlds, last.figures)
    return last, worlds


def _same(figures: Figures, before: Published | None) -> set[str]:
    if before is None:
        return set()
    values = before.figures.values
    return {key for key, value in figures.values.items() if values.get(key) == value}


def _lead_on(today: Today, worlds: Worlds, figures: Figures) -> None:
    """Lead all worlds on to today, with new ones for what none shows yet, and withhold what they take."""
    small = {key: value for key, value in figures.values.items() if figures.is_small(key)}
    new = {key for key in small if not today.counts[key].settled or key not in worlds.current}
    led_on = [(today.led_on(world.shift) if world.shift else {}, world.values) for world in worlds.worlds]
    kept = [World(shift, values) for shift, values in led_on if shift is not None]
    found: list[World] = []
    shown = {key: {small[key] + world.shift.get(key, 0) for world in kept} for key in sorted(new)}

    def show(key: str, value: int) -> bool:
        for world in worlds.worlds[:MOST_TRIED]:
            shift = today.led_on(world.shift, (key, value))
            if shift is not None:
                found.append(World(shift, list(world.values)))
                for other, by in shift.items():
                    if other in shown:
                        shown[other].add(small[other] + by)
                return True
        return False

    for key in shown:
        ruled_out = [value for value in SMALL if value not in shown[key] and not show(key, value)]
        if ruled_out:
            # By something that everyone knows: then let it not be certain that it is small.
            show(key, ABOVE)
    worlds.worlds = _packed(today, kept, found)
    worlds.publish(small, new)
    _tell(today, worlds, figures)


def _packed(today: Today, kept: list[World], found: list[World]) -> list[World]:
    """Worlds that show as much as some do, each small way off the truth put into one that has room for it."""
    truth, *packed = kept
    for world in sorted(found, key=lambda world: -len(world.shift)):
        if world.values == truth.values:
            for other in packed:
                both = today.together(other.shift, world.shift)
                if both is not None:
                    other.shift = both
                    break
            else:
                packed.append(world)
        else:
            packed.append(world)
    return [truth, *packed]


def _tell(today: Today, worlds: Worlds, figures: Figures) -> None:
    """Tell all that every world agrees on: counts, `<5`, and between what a great headline lies."""
    for key, one in today.counts.items():
        if one.shown == Shown.EXACT or key in figures.unseen:
            continue
        values = {one.value + world.shift.get(key, 0) for world in worlds.worlds}
        if figures.is_small(key):
            if values <= set(SMALL):
                one.shown = Shown.SMALL
        elif values == {one.value}:
            one.shown, one.between = Shown.EXACT, None
        else:
            one.between = one.narrowest(min(values), max(values))


def _told_between(figures: Figures, pattern: Pattern, today: Today) -> dict[str, Ends]:
    """Ends that are told, and what follows from them and from all that is told today."""
    ends = {key: one.between for key, one in today.counts.items() if one.between is not None}
    found = implied(figures, pattern, ends)
    return {
        key: found[key]
        for key, shown in pattern.items()
        if shown == Shown.WITHHELD and key not in figures.unseen
    }
