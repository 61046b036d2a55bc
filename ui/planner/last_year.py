"""Last year's stays as the API tells of them, with what to know about them, or why nothing is told."""

from collections.abc import Mapping
from typing import Any

from ui.desk_client import Refused
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, note

FAULTY = 422


def last_year(desk: Desk, path: str) -> Mapping[str, Any] | None:
    """What the API tells of the stays, its notes shown; None when the city has no stays to tell of."""
    try:
        found: Mapping[str, Any] = opened(desk, path)
    except Refused as refused:
        if refused.status != FAULTY:
            raise
        empty(refused.detail)
        return None
    for sentence in found["about"]:
        note(sentence, "neutral" if found["complete"] else "waits")
    return found
