"""Faults of ours: said kindly on the page, and written down without a word about anybody."""

import json
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from ui.door.sessions import LANGUAGE_COOKIE
from ui.frame.desk import LANGUAGE
from ui.texts import language_named, texts_in

HOUSE = Path(__file__).parents[2]
ROOMS = ("ui", "models")


def tell_of_a_fault(error: Exception) -> bool:
    """Say on the page that the fault is ours, and where it was on standard error: never its message."""
    frames = [
        f"{Path(frame.filename).relative_to(HOUSE)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if any(Path(frame.filename).is_relative_to(HOUSE / room) for room in ROOMS)
    ]
    told = {
        "event": "fault",
        "level": "error",
        "kind": type(error).__name__,
        "frames": frames,
        "at": datetime.now(UTC).isoformat(),
    }
    sys.stderr.write(json.dumps(told) + "\n")
    chosen = st.session_state.get(LANGUAGE) or st.context.cookies.get(LANGUAGE_COOKIE)
    st.error(texts_in(language_named(chosen))("frame.ours"))
    return True
