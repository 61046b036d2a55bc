"""Who is asking: the person behind a request, as far as access is concerned."""

from dataclasses import dataclass

from api.access.roles import may
from models.access import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person: surrogate id, role, unit, and the session the request belongs to."""

    user_id: str
    role: Role
    unit: str | None
    session_id: str

    def may(self, permission: str) -> bool:
        """Whether the person's role has a permission."""
        return may(self.role, permission)
