"""Who is asking: the person behind a request, as far as access is concerned."""

from dataclasses import dataclass
from datetime import date

from api.access.roles import may
from models.access import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person: surrogate id, role, unit, and the session the request belongs to.

    `today` is the day on which the person asks; without it, a ground may be of a day to come.
    """

    user_id: str
    role: Role
    unit: str | None
    session_id: str
    today: date | None = None

    def may(self, permission: str) -> bool:
        """Whether the person's role has a permission."""
        return may(self.role, permission)
