"""Whom a person may see: each board is its own authority under the secrecy act.

A caseworker sees the households of the own unit. A coordinator sees those that a unit has shared with the
city's placement function on a recorded ground, and those of the own unit. Nobody else sees a case at all.
"""

from typing import Protocol

from api.access.actor import Actor
from models.access import Role
from models.codes import Fact, SharingBasis


class Case(Protocol):
    """What decides who may see a case."""

    @property
    def responsible_unit(self) -> str | None:
        """Unit that holds the case."""

    @property
    def sharing_basis(self) -> SharingBasis | None:
        """Ground on which others may see it."""

    @property
    def protected_identity(self) -> Fact:
        """Whether the household's personal data is protected."""


def may_see(actor: Actor, case: Case) -> bool:
    """Whether a person may see a case."""
    own = actor.unit is not None and case.responsible_unit == actor.unit
    if actor.role == Role.CASEWORKER:
        return own
    if actor.role == Role.COORDINATOR:
        return own or case.sharing_basis is not None
    return False
