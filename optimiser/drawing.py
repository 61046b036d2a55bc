"""Chains and cycles drawn: the proposals of a run as a graph, and the graph in the DOT language.

Each chain is drawn by itself, with boxes of its own for the pools that it touches, so that a pool in many
chains does not tie them into a knot. An arrow is a household on its way: from the pool that it leaves, or
from outside, to the one that it is proposed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

COLOURS = ("#fbd5b5", "#f6eeb4", "#cfe6f5", "#cfeccb")
"""Fill of a pool's box by the level of its form, 0 to 3: light enough for dark text, and apart in grey."""

FRAME: Mapping[str, str] = {"rankdir": "LR", "fontname": "sans-serif", "style": "rounded", "color": "#888888"}
BOX: Mapping[str, str] = {"shape": "box", "style": "filled", "fontname": "sans-serif"}
ARROW: Mapping[str, str] = {"fontname": "sans-serif"}

Drawing = nx.MultiDiGraph


@dataclass(frozen=True, slots=True)
class Place:
    """A pool in a drawing: what its box says, line by line, and the level of its form, 0 to 3."""

    lines: tuple[str, ...]
    level: int


@dataclass(frozen=True, slots=True)
class Captions:
    """What a drawing says besides names: the heading of a chain and of a cycle by number, and outside."""

    chain: Callable[[int], str]
    cycle: Callable[[int], str]
    outside: str


def drawing(
    proposals: Sequence[Mapping[str, Any]], places: Mapping[str, Place], captions: Captions
) -> "Drawing[str]":
    """The proposals of an answer as a graph: an edge for each, from the pool left to the pool taken.

    Parameters
    ----------
    proposals
        As an answer has them: `household`, `pool`, `from_pool` (None for who enters), `chain`, `step`.
    places
        The pools that they name, by id.

    Returns
    -------
    networkx.MultiDiGraph
        Nodes `1 pool P003` and, for who enters, `1 from H00042`, with `chain`, `label` and how they look;
        edges with the household as key, `step` and `label`. `graph["headings"]` has the heading of each
        chain. A cycle ends where it began.
    """
    chains: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for proposal in proposals:
        chains[int(proposal["chain"])].append(proposal)
    graph: Drawing[str] = nx.MultiDiGraph(headings={})
    for number in sorted(chains):
        steps = sorted(chains[number], key=lambda one: int(one["step"]))
        heading = captions.cycle if is_cycle(steps) else captions.chain
        graph.graph["headings"][number] = heading(number)
        for proposal in steps:
            _draw(graph, number, proposal, places, captions.outside)
    return graph


def is_cycle(steps: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the proposals of one chain number are a cycle, carried out at once: all steps are 1."""
    return len(steps) > 1 and all(proposal["step"] == 1 for proposal in steps)


def dot(graph: "Drawing[str]", name: str) -> str:
    """A drawing as DOT text, for Graphviz and whatever else reads it; a frame around each chain."""
    return "\n".join(_lines(graph, name)) + "\n"


def quoted(text: str) -> str:
    """An id as DOT writes it. A backslash is doubled, or one at the end would open the quotes again."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def label(text: str) -> str:
    """A text to be read, as DOT writes it: every letter stands for itself, a line break stays one."""
    return quoted(text.replace("&", "&amp;")).replace("\r", "").replace("\n", "\\n")


def _draw(
    graph: "Drawing[str]",
    number: int,
    proposal: Mapping[str, Any],
    places: Mapping[str, Place],
    outside: str,
) -> None:
    household, left = str(proposal["household"]), proposal["from_pool"]
    for pool in (proposal["pool"], left):
        if pool is not None:
            place = places[pool]
            graph.add_node(
                f"{number} pool {pool}",
                chain=number,
                label="\n".join(place.lines),
                fillcolor=COLOURS[place.level],
            )
    start = f"{number} pool {left}"
    if left is None:
        start = f"{number} from {household}"
        graph.add_node(start, chain=number, label=outside, shape="plaintext", style="")
    words = f"{proposal['step']}. {household}"
    graph.add_edge(
        start, f"{number} pool {proposal['pool']}", key=household, step=proposal["step"], label=words
    )


def _lines(graph: "Drawing[str]", name: str) -> Iterator[str]:
    yield f"digraph {quoted(name)} {{"
    for kind, look in (("graph", FRAME), ("node", BOX), ("edge", ARROW)):
        yield f"  {kind} {_attributes(look)};"
    inside: dict[int, list[str]] = defaultdict(list)
    for node, about in graph.nodes(data=True):
        inside[about["chain"]].append(node)
    for number, heading in graph.graph["headings"].items():
        yield f"  subgraph {quoted(f'cluster {number}')} {{"
        yield f"    label={label(heading)};"
        for node in inside[number]:
            yield f"    {quoted(node)} {_attributes(graph.nodes[node])};"
        for tail, head, about in graph.out_edges(inside[number], data=True):
            yield f"    {quoted(tail)} -> {quoted(head)} {_attributes(about)};"
        yield "  }"
    yield "}"


def _attributes(about: Mapping[str, Any]) -> str:
    shown = (f"{key}={label(str(value))}" for key, value in about.items() if key not in ("chain", "step"))
    return f"[{', '.join(shown)}]"
