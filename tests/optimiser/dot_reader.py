"""A small reader of the DOT language: as much of it as a drawing of chains uses, read as Graphviz does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|->|[{}\[\]=;,]|[A-Za-z_][A-Za-z_0-9]*|\s+', re.DOTALL)


@dataclass
class Read:
    """Nodes with their attributes and frame, edges, and the headings of frames, by frame."""

    name: str
    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    frame_of: dict[str, str] = field(default_factory=dict)
    edges: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)


def read_dot(text: str) -> Read:
    """A drawing read back; ValueError where it is not DOT."""
    tokens = list(_tokens(text))
    if tokens[:1] != ["digraph"] or tokens[-1] != "}":
        raise ValueError("not a directed graph")
    found, frame, at = Read(_id(tokens[1])), "", 3
    while at < len(tokens) - 1:
        if tokens[at] == "subgraph":
            frame, at = _id(tokens[at + 1]), at + 3
        elif tokens[at] == "}":
            frame, at = "", at + 1
        else:
            end = tokens.index(";", at)
            _statement(found, frame, tokens[at:end])
            at = end + 1
    return found


def shown(label: str) -> str:
    """What a label shows: Graphviz reads its escapes and the names of letters."""
    plain = re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), label)
    return plain.replace("&amp;", "&")


def _statement(found: Read, frame: str, tokens: list[str]) -> None:
    if tokens[0] in ("graph", "node", "edge"):
        _attributes(tokens[1:])
    elif tokens[1] == "=":
        found.headings[frame] = _id(tokens[2])
    elif tokens[1] == "->":
        found.edges.append((_id(tokens[0]), _id(tokens[2]), _attributes(tokens[3:])))
    else:
        node = _id(tokens[0])
        if node in found.nodes:
            raise ValueError(f"{node} stands twice")
        found.nodes[node] = _attributes(tokens[1:])
        found.frame_of[node] = frame


def _attributes(tokens: list[str]) -> dict[str, str]:
    if tokens[0] != "[" or tokens[-1] != "]":
        raise ValueError(f"no attributes: {tokens}")
    inside = [token for token in tokens[1:-1] if token != ","]
    if inside[1::3] != ["="] * (len(inside) // 3):
        raise ValueError(f"no attributes: {tokens}")
    return dict(zip(map(_id, inside[0::3]), map(_id, inside[2::3]), strict=True))


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"not DOT: {text[at : at + 20]}")
        at = found.end()
        if found[0].strip():
            yield found[0]


def _id(token: str) -> str:
    """Between quotes only a quote is escaped; every other backslash stays as it stands."""
    return token[1:-1].replace('\\"', '"') if token.startswith('"') else token
