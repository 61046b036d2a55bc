"""Roles and what each may do, read from `roles.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from models.access import Role

PERMISSIONS = frozenset(
    {
        *("case.read", "case.write", "plan.read", "plan.run", "plan.publish", "offer.decide", "pin.write"),
        *("place.read", "place.write", "count.read", "scenario.read", "scenario.run", "report.run"),
        *("import.run", "export.run", "audit.read", "user.manage", "policy.read", "config.read", "job.read"),
    }
)
"""Every permission there is; a route asks for one of them, or is public or for anyone signed in."""


@cache
def permissions_by_role() -> Mapping[Role, frozenset[str]]:
    """What each role may do.

    Raises
    ------
    ValueError
        When the file names a role or permission that is not known, or leaves a role out.
    """
    tree = tomllib.loads((files("api.access") / "roles.toml").read_text(encoding="utf-8"))
    by_role = {Role(name): frozenset(entry["may"]) for name, entry in tree.items()}
    unknown = frozenset().union(*by_role.values()) - PERMISSIONS
    if unknown or set(by_role) != set(Role):
        raise ValueError(f"roles.toml: unknown {sorted(unknown)}, missing {sorted(set(Role) - set(by_role))}")
    return by_role


def may(role: Role, permission: str) -> bool:
    """Whether a role has a permission; what is not granted is denied."""
    return permission in permissions_by_role()[role]
