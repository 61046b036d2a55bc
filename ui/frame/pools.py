"""Places by their names: no page shows an id where there is a name, and none of them changes by the hour."""

from collections.abc import Mapping
from typing import Any

from ui.frame.desk import Desk
from ui.frame.lasting import lasting


class Pools:
    """The pools of the city by id."""

    def __init__(self, desk: Desk) -> None:
        self.texts = desk.texts
        self.by_id: Mapping[str, Mapping[str, Any]] = {
            line["pool"]["pool_id"]: line
            for line in lasting("pools", lambda: list(desk.client.all_of("/pools")))
        }

    def name(self, pool_id: str | None) -> str:
        """A pool's name; its id if the city has no such pool any more."""
        if pool_id is None:
            return self.texts("word.unknown")
        line = self.by_id.get(pool_id)
        return str(line["pool"]["name"]) if line else pool_id

    def about(self, pool_id: str | None) -> str:
        """Form and district: `Stödboende, Farsta`."""
        line = self.by_id.get(pool_id or "")
        return f"{self.form(pool_id)}, {line['pool']['district']}" if line else ""

    def form(self, pool_id: str | None) -> str:
        """A pool's form in words."""
        line = self.by_id.get(pool_id or "")
        return self.texts.form(line["pool"]["form"]) if line else ""
