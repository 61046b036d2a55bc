"""Short cycles of a directed graph, each once."""

from collections.abc import Iterable, Iterator


def short_cycles(arcs: Iterable[tuple[int, int]], longest: int) -> Iterator[tuple[int, ...]]:
    """All cycles of 2 to `longest` arcs that visit no node twice, from their smallest node, in order.

    From each smallest node a search that goes no farther than it can still come back from.
    """
    into: dict[int, set[int]] = {}
    out_of: dict[int, list[int]] = {}
    for tail, head in sorted(set(arcs)):
        if tail != head:
            into.setdefault(head, set()).add(tail)
            out_of.setdefault(tail, []).append(head)
    for root in sorted(into):
        back = _arcs_back(into, root, longest - 1)
        walks: list[tuple[int, ...]] = [(root,)]
        while walks:
            walk = walks.pop()
            for node in reversed(out_of.get(walk[-1], [])):
                if node == root and len(walk) > 1:
                    yield walk
                elif node not in walk and len(walk) + back.get(node, longest) <= longest:
                    walks.append((*walk, node))


def _arcs_back(into: dict[int, set[int]], root: int, most: int) -> dict[int, int]:
    """Fewest arcs from each node above the root back to it, where so many are enough."""
    arcs = {root: 0}
    reached = {root}
    for count in range(1, most + 1):
        reached = {
            tail for node in reached for tail in into.get(node, ()) if tail > root and tail not in arcs
        }
        arcs.update(dict.fromkeys(reached, count))
    return arcs
