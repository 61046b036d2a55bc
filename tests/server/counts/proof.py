"""Checks the worlds that a publication keeps, one sum after the other: no solver, and none of the product."""

from collections.abc import Sequence

from api.usecases.counts.figures import SMALL, Shown
from api.usecases.counts.suppression import Published


def faults(days: Sequence[Published]) -> list[str]:
    """What is wrong with the worlds after the last of some publications; each must carry those before on."""
    found: list[str] = []
    now, before = days[-1], days[-2] if len(days) > 1 else None
    assert now.worlds is not None
    values = now.figures.values
    for number, world in enumerate(now.worlds.worlds):
        told = {key: value + world.shift.get(key, 0) for key, value in values.items()}
        sums = [one for one in now.figures.sums if told[one.whole] != sum(told[part] for part in one.parts)]
        found += [f"{number}: sum of {one.whole}" for one in sums]
        found += [f"{number}: {key} is {by}" for key, by in told.items() if not _may_be(now, key, by)]
        if before is not None and before.worlds is not None:
            same = {key for key, value in before.figures.values.items() if values.get(key) == value}
            kept = {key: by for key, by in world.shift.items() if key in same}
            was = [{k: by for k, by in w.shift.items() if k in same} for w in before.worlds.worlds]
            found += [f"{number}: carries none on"] if kept not in was else []
    shown: dict[str, set[int]] = {key: set() for key in values if now.figures.is_small(key)}
    for world in now.worlds.worlds:
        for key in shown:
            shown[key].add(values[key] + world.shift.get(key, 0))
    found += [f"{key} is one of {seen}" for key, seen in shown.items() if not seen >= set(SMALL)]
    # Small counts of days before, in the order in which they came.
    past = zip(*(world.values for world in now.worlds.worlds), strict=True)
    return found + [f"a count before is one of {set(seen)}" for seen in past if not set(seen) >= set(SMALL)]


def _may_be(one: Published, key: str, value: int) -> bool:
    shown = one.pattern[key]
    if shown == Shown.EXACT:
        return value == one.figures.values[key]
    if shown == Shown.SMALL:
        return value in SMALL
    least, most = one.between.get(key, (0, None))
    return value >= least and (most is None or value <= most)
