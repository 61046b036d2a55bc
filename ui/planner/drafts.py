"""The scenario being built, and those a person has built: in the session, and in the address to be shared."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui.planner.links import KEYS, packed, unpacked

DRAFT, OWN, SHARED, ALTERNATIVES = "planner-draft", "planner-own", "s", "planner-alternatives"
FIELDS = "planner-fields"
LONGEST_NAME = 60
Content = dict[str, Any]


def draft() -> Content:
    """The scenario being built; one that the address carries takes its place."""
    state = st.session_state
    told = st.query_params.get(SHARED)
    if told and told != state.get(f"{DRAFT}-seen"):
        state[f"{DRAFT}-seen"] = told
        content = unpacked(told)
        if content is None:
            state[f"{DRAFT}-broken"] = True
        else:
            start_from(content)
    if DRAFT not in state:
        state[DRAFT] = {**dict.fromkeys(KEYS, ""), "change": []}
    found: Content = state[DRAFT]
    return found


def was_broken() -> bool:
    """Whether the address carried something that is no scenario; told once."""
    return bool(st.session_state.pop(f"{DRAFT}-broken", False))


def start_from(content: Mapping[str, Any]) -> None:
    """Go on from a scenario; its texts are put into the fields."""
    state = st.session_state
    state[DRAFT] = {**dict.fromkeys(KEYS, ""), "change": [], **content}
    new_fields()
    for key in KEYS[1:]:
        state[field_key(key)] = state[DRAFT][key]


def field_key(name: str) -> str:
    """The key of a field; other ones once the fields have begun anew."""
    return f"build-{st.session_state.get(FIELDS, 0)}-{name}"


def new_fields(kept: Sequence[str] = ()) -> None:
    """Empty all fields but those named."""
    state = st.session_state
    values = {name: state.get(field_key(name)) for name in kept}
    state[FIELDS] = state.get(FIELDS, 0) + 1
    for name, value in values.items():
        state[field_key(name)] = value


def begin_anew() -> None:
    """Let the draft go."""
    start_from({})
    st.session_state.pop(f"{DRAFT}-seen", None)
    if SHARED in st.query_params:
        del st.query_params[SHARED]


def put_in_address(content: Mapping[str, Any]) -> None:
    """Let the address carry the draft, so that it can be shared and reloaded."""
    told = packed(content)
    st.session_state[f"{DRAFT}-seen"] = told
    if st.query_params.get(SHARED) != told:
        st.query_params[SHARED] = told


def own() -> dict[str, Content]:
    """Scenarios that the person has built and wants to run, by name."""
    found: dict[str, Content] = st.session_state.setdefault(OWN, {})
    return found


def alternatives() -> list[list[str]]:
    """What is to be run beside today's city: names of scenarios, those in one list together."""
    found: list[list[str]] = st.session_state.setdefault(ALTERNATIVES, [])
    return found


def add_alternative(names: Sequence[str]) -> None:
    """Run these together beside the others."""
    wanted = list(names)
    if wanted not in alternatives():
        alternatives().append(wanted)


def name_of(title: str, taken: Sequence[str] = ()) -> str:
    """A short name from a title: small letters, digits and underscores, not one that is taken."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    short = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_NAME]
    first = f"own_{short}" if short else "own_scenario"
    name, number = first, 2
    while name in taken:
        name, number = f"{first}_{number}", number + 1
    return name
