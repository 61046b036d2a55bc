"""HTML of ours in which a word can be clicked: what was clicked comes back, and the page stays."""

from functools import cache
from typing import Any

import streamlit as st

SCRIPT = """
export default function ({ data, parentElement, setTriggerValue }) {
  let box = parentElement.querySelector(':scope > .hv-clicks');
  if (!box) {
    box = document.createElement('div');
    box.className = 'hv-clicks';
    parentElement.appendChild(box);
  }
  // What is the same is left alone: who stands on a word with the keyboard keeps standing there.
  if (box.dataset.shown !== data) {
    box.innerHTML = data;
    box.dataset.shown = data;
  }
  box.onclick = (event) => {
    const word = event.target.closest('[data-open]');
    if (word && box.contains(word)) setTriggerValue('open', word.dataset.open);
  };
}
"""


@cache
def _component() -> Any:
    return st.components.v2.component("hemvist_clicks", js=SCRIPT, isolate_styles=False)


def clicked(html: str, key: str) -> str | None:
    """Show HTML whose words are escaped; the value of the word that was clicked just now."""
    found = _component()(data=html, key=key, on_open_change=_nothing)
    value = found.open
    return None if value is None else str(value)


def _nothing() -> None:
    """The page is run anew in any case."""
