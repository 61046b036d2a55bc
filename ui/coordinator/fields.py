"""Fields of the desk's forms: a choice, a day, words. What is typed stays until the thing is done."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.lasting import city_day
from ui.frame.rule_words import RuleWords

WIDE = 760
"""Pixels: a line is no longer than it can be read."""

AHEAD = timedelta(days=14)
LONG_AHEAD = timedelta(days=60)


def one_of(
    desk: Desk,
    label: str,
    kind: str,
    codes: Sequence[Any],
    key: str,
    said: Callable[[Any], str] | None = None,
    first: Any = None,
) -> str | None:
    """One of some codes, by their words; nothing is chosen for the person unless `first` is."""
    options = [str(code) for code in codes]
    chosen = st.selectbox(
        desk.texts(label),
        options,
        index=options.index(str(first)) if str(first) in options else None,
        placeholder=desk.texts("work.choose"),
        format_func=said or (lambda code: desk.texts.word(kind, code)),
        key=key,
        persist_state="session",
    )
    return None if chosen is None else str(chosen)


def day(desk: Desk, label: str, key: str, ahead: timedelta | None = None) -> str | None:
    """A day; so many days ahead to begin with, or none."""
    first = None if ahead is None else city_day(desk) + ahead
    return a_day(desk, label, key, first)


def a_day(desk: Desk, label: str, key: str, first: date | None) -> str | None:
    """A day, or none."""
    chosen = st.date_input(
        desk.texts(label),
        first,
        min_value=date(1900, 1, 1),
        max_value=date(2100, 12, 31),
        format="YYYY-MM-DD",
        key=key,
        persist_state="session",
    )
    return None if chosen is None else str(chosen)


def words(desk: Desk, label: str, key: str, first: str = "") -> str | None:
    """Some sentences, or nothing."""
    return (
        st.text_area(desk.texts(label), first, height=90, max_chars=4000, key=key, persist_state="session")
        or None
    )


def a_line(desk: Desk, label: str, key: str, most: int = 200) -> str | None:
    """A few words, or nothing."""
    found = st.text_input(desk.texts(label), max_chars=most, key=key, persist_state="session")
    return (found or "").strip() or None


def part_of(desk: Desk, parts: Sequence[str], prefix: str, key: str, keep: bool = True) -> str:
    """Which part of a page: sections beside one another, with their names."""
    chosen = st.segmented_control(
        desk.texts("household.parts"),
        list(parts),
        default=parts[0],
        required=True,
        format_func=lambda name: desk.texts(f"{prefix}{name}"),
        key=key,
        label_visibility="collapsed",
        persist_state="session" if keep else None,
    )
    return str(chosen or parts[0])


def unknown_accepted(desk: Desk, needs: Iterable[str], key: str) -> list[str]:
    """Facts that decide whether a place suits and that the person goes on without, each chosen by name."""
    facts = sorted(set(needs))
    if not facts:
        return []
    return st.multiselect(
        desk.texts("work.unknown_accepted"),
        facts,
        format_func=RuleWords(desk.texts).fact,
        placeholder=desk.texts("work.choose"),
        key=key,
        persist_state="session",
    )
