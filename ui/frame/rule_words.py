"""What a rule saw and what its limit is, in plain words."""

from collections.abc import Mapping
from typing import Any

from models.forms import forms
from ui.texts import Texts

KINDS = {
    "staffing": "support",
    "support_need": "support",
    "own_flat_up_to": "support",
    "by": "declined_by",
    "present_level": "level",
}
"""Where a fact's values are called by another name."""

COUNTED = {"shis_months": "month"}
"""Facts that are numbers, and what is counted."""

AREAS = ("safe_districts",)
"""Facts that are lists of areas: asked about as if every one of them were named."""

SEPARATOR = "|"
"""What stands between the parts of a list in an answer."""

INTERPRETATION = " (interpretation)"


class RuleWords:
    """The vocabulary of rules in the reader's language."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def fact(self, name: str) -> str:
        """A fact by its name among people."""
        return self.texts.word("fact", name)

    def mapping(self, content: Mapping[str, Any]) -> str:
        """What was seen, or what the limit is, as `harmful use: in the past; children: 2`."""
        return "; ".join(self._entry(name, value) for name, value in content.items())

    def rule(self, verdict: Mapping[str, Any]) -> str:
        """The rule's own text."""
        return str(verdict[f"text_{self.texts.language}"])

    def source(self, cite: str) -> str:
        """What a rule rests on."""
        if cite == "local":
            return self.texts("verdict.local")
        if cite.endswith(INTERPRETATION):
            return self.texts("verdict.interpretation", source=cite.removesuffix(INTERPRETATION))
        return cite

    def value(self, name: str, value: Any) -> str:
        """A value of a fact in words."""
        if value is None:
            return self.texts("value.blank")
        if isinstance(value, bool):
            return self.texts.word("answer", "yes" if value else "no")
        if isinstance(value, dict):
            return ", ".join(self._bound(name, kind, inner) for kind, inner in value.items())
        if isinstance(value, (list, tuple)):
            return ", ".join(self.value(name, part) for part in value) or self.texts("value.nothing")
        if name in ("level", "present_level"):
            return self.texts.word("level", value) if int(value) >= 0 else self.texts("value.nothing")
        if isinstance(value, (int, float)):
            return self.texts.number(value, 1)
        return self._coded(name, str(value))

    def answer(self, fact: str, answer: Any) -> str:
        """What the answer to a question about a fact would be, with its unit."""
        if fact in COUNTED and str(answer).isdigit():
            return self.texts.count(COUNTED[fact], int(answer))
        if fact in AREAS and SEPARATOR in str(answer):
            return self.texts("asking.all_areas")
        return self.value(fact, answer)

    def _entry(self, name: str, value: Any) -> str:
        if name == "not":
            inner = self.mapping(value) if isinstance(value, dict) else self.value("drug_policy", value)
            return self.texts("limit.not", inner=inner)
        return f"{self.fact(name)}: {self.value(name, value)}"

    def _bound(self, name: str, kind: str, value: Any) -> str:
        key = f"limit.{kind}"
        if self.texts.has(key):
            return self.texts(key, value=self.value(name, value))
        return f"{self.fact(kind)}: {self.value(name, value)}"

    def _coded(self, name: str, value: str) -> str:
        if SEPARATOR in value:
            return self.texts.listed([self._coded(name, part) for part in value.split(SEPARATOR)])
        if len(value) == len("2026-01-15") and value[4:5] == "-" and value[:4].isdigit():
            return self.texts.day(value)
        if value in forms():
            return self.texts.form(value)
        for kind in (KINDS.get(name, name), "answer"):
            if self.texts.has(f"{kind}.{value}"):
                return self.texts(f"{kind}.{value}")
        return value
