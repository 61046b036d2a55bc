"""Why something at the desk is refused."""

from typing import Any, Literal

Kind = Literal["missing", "wrong", "conflict"]


class DeskRefused(Exception):
    """Something that cannot be done; nothing has changed.

    Attributes
    ----------
    key
        Of the sentence that says why.
    kind
        `missing`: it is not there, or not for the person to see; `wrong`: what was sent; `conflict`: what is
        already the case.
    changed
        What is the case, in ids that the person may see.
    """

    def __init__(self, key: str, kind: Kind = "wrong", changed: dict[str, Any] | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.kind = kind
        self.changed = changed or {}
