"""Why a step of an offer is refused."""

from typing import Any


class OfferRefused(Exception):
    """A step that cannot be taken; nothing has changed.

    Attributes
    ----------
    key
        Of the sentence that says why.
    conflict
        Whether the cause is what somebody else did meanwhile; else it is what was sent.
    changed
        What is now the case, in ids that the person may see.
    """

    def __init__(self, key: str, conflict: bool = True, changed: dict[str, Any] | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.conflict = conflict
        self.changed = changed or {}
