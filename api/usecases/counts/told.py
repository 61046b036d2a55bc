"""The gap in words: what stands first on the page."""

from dataclasses import dataclass
from typing import Any, Literal

from api.usecases.counts.shown import Reader
from models.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the gap: its section, what it is about, and what it may be headed by."""

    section: str
    kind: Literal["now", "narrow", "hole", "remedy"]
    sentence: str
    title: str | None = None


def gap_told(reader: Reader, snapshot: Snapshot) -> list[str]:
    """The gap, its bottleneck, its holes and the cheapest remedy in sentences; hidden counts stay so."""
    return [one.sentence for one in gap_parts(reader, snapshot)]


def gap_parts(reader: Reader, snapshot: Snapshot) -> list[Told]:
    """The same sentences, told apart."""
    told: list[Told] = []
    kept = {table["name"]: table for table in snapshot.tables}
    for section in ("support", "emergency"):
        words = {
            name: reader.count(snapshot, f"gap.{section}.{name}").text
            for name in ("waiting", "vacant", "gap", "demand", "places", "structural_gap")
        }
        told.append(Told(section, "now", reader.texts(f"counts.told.{section}", **words)))
        narrow = kept["gap_bottleneck"]["texts"].get(section)
        if narrow is not None:
            households = reader.count(snapshot, f"gap.{section}.narrow.households").text
            places = reader.count(snapshot, f"gap.{section}.narrow.places").text
            sentence = reader.texts("counts.told.narrow", households=households, places=places)
            told.append(Told(section, "narrow", sentence))
        for hole in _holes(kept, section):
            told.append(Told(section, "hole", _hole(reader, snapshot, hole), _between(reader, hole)))
        told += [Told(section, "remedy", sentence) for sentence in _remedy(reader, snapshot, kept, section)]
    return told


def _holes(kept: dict[str, Any], section: str) -> list[dict[str, Any]]:
    return [hole for hole in kept["gap_bottleneck"]["texts"].get("holes", ()) if hole["section"] == section]


def _hole(reader: Reader, snapshot: Snapshot, hole: dict[str, Any]) -> str:
    words = {
        "waiting": reader.count(snapshot, hole["waiting"]).text,
        "profile": reader.texts(f"counts.who.{hole['profile']}"),
        "below": reader.listed(hole["below"]),
        "closed": reader.listed(hole["closed"]),
    }
    return reader.texts("counts.told.hole" if hole["below"] else "counts.told.hole_bare", **words)


def _between(reader: Reader, hole: dict[str, Any]) -> str:
    """The hole by the pools that are nearest on either side of it."""
    closed = hole["closed"][0] if hole["closed"] else ""
    if hole["below"] and closed:
        return reader.texts("counts.told.between", below=hole["below"][0], closed=closed)
    return reader.texts("counts.told.shut", profile=reader.texts(f"counts.who.{hole['profile']}"))


def _remedy(reader: Reader, snapshot: Snapshot, kept: dict[str, Any], section: str) -> list[str]:
    table = kept[f"gap_remedy_{section}"]
    if not table["rows"]:
        return []
    total = next(i for i, row in enumerate(table["rows"]) if row["row_id"] == "total")
    places, cost = (reader.cell(snapshot, one) for one in table["cells"][total])
    left = reader.cell(snapshot, table["cells"][-1][0])
    key = "closes" if table["texts"]["status"] == "optimal" else "nearest"
    words = {"places": places.text, "cost": cost.text, "left": left.text}
    return [reader.texts(f"counts.told.remedy_{key}", **words)]
