"""Whether residents may move on in the run that an answer is read from: the same wherever it is asked.

What to ask first is answered with nobody moving, so that it comes at once. A household that lives nowhere of
the city's is answered so everywhere; one that does can only be helped by moving on.
"""

from collections.abc import Mapping
from typing import Any

from ui.desk_client import part
from ui.frame.desk import Desk
from ui.frame.opened import opened

NONE, UNLIMITED = "none", "unlimited"


def moves_for(case: Mapping[str, Any]) -> str:
    """How a household's page is answered."""
    return UNLIMITED if case["current_pool_id"] else NONE


def explained(desk: Desk, case: Mapping[str, Any], help_: bool = False) -> Any:
    """A household's explanation; with what would help only where that is shown."""
    return opened(
        desk,
        f"/households/{part(case['household_id'])}/explanation",
        moves=moves_for(case),
        would_help="true" if help_ else "false",
        regret="false",
    )


def explained_at(desk: Desk, case: Mapping[str, Any], pool: str) -> Any:
    """One place of a household's explanation, with every rule."""
    told = opened(
        desk,
        f"/households/{part(case['household_id'])}/explanation",
        pool=pool,
        moves=moves_for(case),
        would_help="false",
        regret="false",
    )
    return told["pools"][0]


def how_counted(desk: Desk, case: Mapping[str, Any]) -> str:
    """How it is answered, in a sentence."""
    return desk.texts(f"counted.{moves_for(case)}")
