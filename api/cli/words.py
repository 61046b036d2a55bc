"""Facts, answers and limits in plain words, as they stand in an explanation."""

from collections.abc import Mapping
from typing import Any

from api.cli.voice import Voice
from models.exchange.columns import sheets
from models.forms import forms

CODED = ("pools", "members", "households")
"""Sheets whose coded values an explanation may name; a later one wins where two share a column."""


class Words:
    """The vocabulary of explanations in the reader's language."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.texts = voice.texts

    def fact(self, name: str) -> str:
        """A column, or another thing that a rule looks at, by its name among people."""
        return self.texts(f"fact.{name}")

    def form(self, form_id: str) -> str:
        """A form of housing."""
        form = forms()[form_id]
        return form.sv if self.voice.language == "sv" else form.en

    def mapping(self, content: Mapping[str, Any]) -> str:
        """What was observed, or what the limit is, as `skadligt bruk: tidigare; barn: 2`."""
        return "; ".join(self._entry(name, value) for name, value in content.items())

    def _entry(self, name: str, value: Any) -> str:
        if name == "not":
            inner = self.mapping(value) if isinstance(value, dict) else self.value("drug_policy", value)
            return self.texts("limit.not", inner=inner)
        return f"{self.fact(name)}: {self.value(name, value)}"

    def value(self, name: str, value: Any) -> str:
        """A value of a column in words."""
        if value is None:
            return self.texts("value.blank")
        if isinstance(value, bool):
            return self.texts("value.yes" if value else "value.no")
        if isinstance(value, dict):
            return ", ".join(self._bound(name, kind, number) for kind, number in value.items())
        if isinstance(value, (list, tuple)):
            parts = [self.value(name, part) for part in value]
            return ", ".join(parts) or self.texts("value.nothing")
        if name in ("level", "present_level"):
            return self.texts(f"level.{value}" if int(value) >= 0 else "level.none")
        if isinstance(value, int):
            return self.voice.figures.number(value)
        return self._coded(name, str(value))

    def _bound(self, name: str, kind: str, number: Any) -> str:
        if self.texts.has(f"limit.{kind}"):
            return self.texts(f"limit.{kind}", value=self.value(name, number))
        return f"{self.fact(kind)}: {self.value(name, number)}"

    def _coded(self, name: str, value: str) -> str:
        if len(value) == len("2026-01-15") and value[4:5] == "-" and value[:4].isdigit():
            return self.voice.figures.day(value)
        column = "staffing" if name == "own_flat_up_to" else name
        words: dict[str, str] = {}
        for sheet in CODED:
            if column in sheets()[sheet].columns:
                words = sheets()[sheet].columns[column].words or words
        if value in forms():
            return self.form(value)
        if value not in words:
            return value
        return words[value] if self.voice.language == "sv" else value.replace("_", " ")
