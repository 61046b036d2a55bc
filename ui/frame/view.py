"""A page of a desk, as the bar knows it."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.frame.desk import Desk


@dataclass(frozen=True, slots=True)
class View:
    """A page of a desk.

    Attributes
    ----------
    key
        Its address, and the key of its name under `page` in the texts.
    needs
        The permission without which it is not in the bar.
    listed
        Whether it stands in the bar; others are reached from it.
    """

    key: str
    show: Callable[[Desk], None]
    needs: str
    listed: bool = True
