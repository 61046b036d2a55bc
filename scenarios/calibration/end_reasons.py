"""How a stay ended: the words of the stays table read as the kinds of end that a simulation knows."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

ENDS = ("own_home", "homeless", "left")
"""Ends of a stay: to an own home, back to homelessness, out of the city's services."""

MOVED_ON = "moved_on"
UNKNOWN = "unknown"
KINDS = (*ENDS, MOVED_ON, UNKNOWN)
"""All kinds, in the order of their numbers: a move inside the stock is no end, an unknown kind is one."""


@cache
def end_reasons() -> Mapping[str, str]:
    """Kind of end by reason, reasons in lower case with single spaces."""
    text = (files("scenarios.calibration") / "end_reasons.toml").read_text(encoding="utf-8")
    return {plain(word): kind for kind, entry in tomllib.loads(text).items() for word in entry["words"]}


def kind_of_end(reason: str | None) -> str:
    """The kind of an end by its reason; `unknown` for words that are not known and for none at all."""
    return end_reasons().get(plain(reason or ""), UNKNOWN)


def plain(reason: str) -> str:
    """A reason in lower case, with single spaces."""
    return " ".join(reason.lower().split())
