"""The numbers that a simulation rests on, in words: measured, calibrated and assumed ones told apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.cli.voice import Voice
from api.cli.words import Words
from models.codes import Situation, Support
from models.forms import forms
from scenarios.segments import SEGMENTS

ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Rate:
    """One number: what it is, its unit, what it rests on (`source`, `calibrated`, `assumed`), and by whom.

    `low` and `high` are its 95 % interval, or what is plausible; `group` is the part of its key before the
    first dot, in words in `group_text`.
    """

    key: str
    group: str
    group_text: str
    name: str
    value: float
    unit: str
    basis: str
    source: str
    low: float | None
    high: float | None


def rates_told(kept: Mapping[str, Mapping[str, Any]], voice: Voice) -> Iterator[Rate]:
    """Every number in the order of the file.

    Parameters
    ----------
    kept
        Entries by dotted key, as an experiment keeps them.
    """
    texts, words = voice.texts, Words(voice)
    for key, entry in kept.items():
        group, *parts = key.split(".")
        own = str(entry.get(f"text_{voice.language}") or "")
        name = own or ", ".join(_part(words, part) for part in parts)
        source = "" if entry["source"] == ASSUMED else _said(voice, "rate.source", entry["source"])
        yield Rate(
            key=key,
            group=group,
            group_text=texts(f"rate.group.{group}"),
            name=name[:1].upper() + name[1:],
            value=float(entry["value"]),
            unit=_said(voice, "rate.unit", entry["unit"]),
            basis=str(entry["basis"]),
            source=source,
            low=entry.get("low"),
            high=entry.get("high"),
        )


def _part(words: Words, part: str) -> str:
    if part in forms():
        return words.form(part)
    if part in SEGMENTS:
        return words.texts(f"scenario.segment.{part}")
    if part in tuple(Situation):
        return words.value("situation", part)
    if part in tuple(Support):
        return words.value("support_need", part)
    return words.texts(f"rate.part.{part}")


def _said(voice: Voice, table: str, written: str) -> str:
    """A text of the file of assumptions in the reader's language; one of somebody else's file stands."""
    key = f"{table}.{written}"
    return voice.texts(key) if voice.texts.has(key) else written
