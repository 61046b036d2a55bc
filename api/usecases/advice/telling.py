"""Telling of other households: named to those who may see them, `another` to all others."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from models.codes import Fact
from optimiser.reasons.effect import Effect


@dataclass(frozen=True, slots=True)
class Telling:
    """What one person may be told of the households of a city."""

    view: CityView
    actor: Actor

    def seen(self, row: int) -> bool:
        """Whether the person may see a household, by its row."""
        return may_see(self.actor, self.view.households[self._id(row)])

    def hidden_address(self, row: int) -> bool:
        """Whether nothing may tell this person where a household lives: protected, and not theirs to see."""
        household = self.view.households[self._id(row)]
        return household.protected_identity == Fact.YES and not self.seen(row)

    def household(self, row: int) -> dict[str, Any]:
        """A household with its tier and points; of another only the tier."""
        seen, priority = self.seen(row), self.view.priority
        return {
            "household": self._id(row) if seen else None,
            "another": not seen,
            "tier": int(priority.tier[row]),
            "points": int(priority.points[row]) if seen else None,
        }

    def some(self, rows: Iterable[int]) -> dict[str, Any]:
        """Some households: those seen by id, the others counted."""
        rows = list(rows)
        seen = [self._id(row) for row in rows if self.seen(row)]
        return {"households": seen, "others": len(rows) - len(seen)}

    def effect(self, effect: Effect) -> dict[str, Any]:
        """What something changes for the whole, goal by goal, and for whom."""
        return {
            "goals": dict(effect.goals),
            "gain": self.some(effect.gain),
            "lose": self.some(effect.lose),
            "elsewhere": self.some(effect.elsewhere),
        }

    def _id(self, row: int) -> str:
        return self.view.assessment.instance.household_ids[row]
