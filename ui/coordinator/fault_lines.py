"""Faults of a form, each shown under its own field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import streamlit as st

from ui.desk_client import Refused
from ui.texts import Texts

BODY = "body."
EMPTY = ("missing", "string_type", "enum", "string_too_short", "too_short", "required")
"""What a field is that nothing was put into."""


@dataclass(frozen=True, slots=True)
class FaultLines:
    """What was at fault when the form was last sent, by the field's name as the API calls it."""

    by_field: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def show(self, *names: str) -> None:
        """Show what is at fault in a field, under it; it goes by any of the names."""
        for name in names:
            for sentence in self.by_field.get(name, ()):
                st.html(f'<p class="hv-fault" role="alert">{escape(sentence)}</p>')


SOUND = FaultLines()
"""Nothing at fault."""


def lines_of(texts: Texts, refused: Refused) -> FaultLines:
    """The faults of what was sent, in the person's language."""
    found: dict[str, list[str]] = {}
    for fault in refused.errors:
        name = str(fault.get("where", "")).removeprefix(BODY)
        found.setdefault(name, []).append(_sentence(texts, fault))
    return FaultLines(found)


def _sentence(texts: Texts, fault: Mapping[str, Any]) -> str:
    message, remedy = f"message_{texts.language}", f"remedy_{texts.language}"
    if fault.get("what") in EMPTY:
        return texts("new_case.needed")
    if message in fault:
        return f"{fault[message]} {fault[remedy]}"
    return texts("new_case.not_so")
