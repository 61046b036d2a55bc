"""The parts that pages are put together from: header, figures, sections, notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from ui.frame.tables import Markup, Meaning, words


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure at a glance: what it is, its value with the unit, and what to know about it."""

    label: str
    value: str
    about: str = ""
    meaning: Meaning = "neutral"


def header(title: str, lead: str = "", above: str = "") -> None:
    """The page's heading, with a sentence that says what the page is for; `above` says what it belongs to."""
    top = f'<p class="hv-above">{escape(above)}</p>' if above else ""
    below = f'<p class="hv-lead">{escape(lead)}</p>' if lead else ""
    st.html(f'<header class="hv-header">{top}<h1>{escape(title)}</h1>{below}</header>')


def section(title: str, lead: str = "") -> None:
    """The heading of a part of the page."""
    below = f"<p>{escape(lead)}</p>" if lead else ""
    st.html(f'<div class="hv-section"><h2>{escape(title)}</h2>{below}</div>')


def figures(found: Sequence[Figure]) -> None:
    """Figures beside one another."""
    tiles = "".join(
        f'<div class="hv-figure hv-edge-{figure.meaning}"><dt>{escape(figure.label)}</dt>'
        f"<dd><strong>{escape(figure.value)}</strong>"
        + (f"<span>{escape(figure.about)}</span>" if figure.about else "")
        + "</dd></div>"
        for figure in found
    )
    st.html(f'<dl class="hv-figures">{tiles}</dl>')


def note(sentence: str, meaning: Meaning = "neutral") -> None:
    """A sentence that stands out, by its meaning."""
    st.html(f'<p class="hv-note hv-edge-{meaning}">{escape(sentence)}</p>')


def empty(sentence: str) -> None:
    """What stands where there is nothing, and what to do about it."""
    st.html(f'<p class="hv-empty">{escape(sentence)}</p>')


def facts(pairs: Sequence[tuple[str, str | Markup]]) -> None:
    """Facts by name, two columns wide."""
    st.html(facts_html(pairs))


def facts_html(pairs: Sequence[tuple[str, str | Markup]]) -> str:
    """Facts by name, as HTML."""
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{words(value)}</dd></div>" for name, value in pairs)
    return f'<dl class="hv-facts">{rows}</dl>'
