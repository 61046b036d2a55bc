"""All ways to split a small plan into chains and cycles, and the best of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from .problem import Arc, Problem


@dataclass(frozen=True)
class Split:
    """Chains in the order of their steps, and cycles."""

    chains: list[list[Arc]]
    cycles: list[list[Arc]]

    def longest_chain(self) -> int:
        return max((len(chain) for chain in self.chains), default=0)

    def longest(self) -> int:
        """Most proposals in any chain or cycle."""
        return max((len(part) for part in self.chains + self.cycles), default=0)


def all_splits(city: Problem, plan: list[Arc]) -> Iterator[Split]:
    """Every way to say, for each proposal, whose place it takes: one vacant before the run or one left."""
    yield from choose(city, plan, 0, {}, dict(city.vacant))


def choose(
    city: Problem, plan: list[Arc], index: int, before: dict[Arc, Arc], free: dict[str, int]
) -> Iterator[Split]:
    """Go on from a proposal: `before` holds whose place the earlier ones take, `free` the places left."""
    if index == len(plan):
        yield read_split(plan, before)
        return
    arc = plan[index]
    if free[arc[1]] > 0:
        yield from choose(city, plan, index + 1, before, free | {arc[1]: free[arc[1]] - 1})
    for other in plan:
        if city.home[other[0]] == arc[1] and other not in before.values():
            yield from choose(city, plan, index + 1, before | {arc: other}, free)


def read_split(plan: list[Arc], before: dict[Arc, Arc]) -> Split:
    """Follow each place left to who takes it."""
    next_step = {left_by: taker for taker, left_by in before.items()}
    seen: set[Arc] = set()

    def follow(arc: Arc) -> list[Arc]:
        part = []
        step: Arc | None = arc
        while step is not None and step not in seen:
            seen.add(step)
            part.append(step)
            step = next_step.get(step)
        return part

    chains = [follow(arc) for arc in plan if arc not in before]
    cycles = [follow(arc) for arc in plan if arc not in seen]
    return Split(chains, cycles)


def can_split(city: Problem, plan: list[Arc], most: int) -> bool:
    """Whether every proposal can be in exactly one chain or cycle of at most `most` proposals."""
    return any(split.longest() <= most for split in all_splits(city, plan))


def best_split(city: Problem, plan: list[Arc], most: int | None) -> tuple[int, int]:
    """Fewest chains, then the length of the longest chain; cycles are not chains and are not counted.

    Raises
    ------
    ValueError
        When no split keeps within `most` proposals.
    """
    sizes = [
        (len(split.chains), split.longest_chain())
        for split in all_splits(city, plan)
        if most is None or split.longest() <= most
    ]
    if not sizes:
        raise ValueError(f"the plan {plan} has no split into parts of at most {most}")
    return min(sizes)
