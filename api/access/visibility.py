"""Whom a person may see: each board is its own authority under the secrecy act.

A caseworker sees the households of the own unit. A coordinator sees those that a unit has shared with the
city's placement function on a recorded ground, and those of the own unit. Nobody else sees a case at all.
"""

from datetime import date
from typing import Protocol

from api.access.actor import Actor
from models.access import Role
from models.codes import Fact, SharingBasis
from models.exchange.reach import Reach


class Case(Protocol):
    """What decides who may see a case."""

    @property
    def responsible_unit(self) -> str | None:
        """Unit that holds the case."""

    @property
    def sharing_basis(self) -> SharingBasis | None:
        """Ground on which others may see it."""

    @property
    def sharing_basis_on(self) -> date | None:
        """Day from which that ground holds."""

    @property
    def protected_identity(self) -> Fact:
        """Whether the household's personal data is protected."""


def may_see(actor: Actor, case: Case) -> bool:
    """Whether a person may see a case."""
    own = holds(actor, case)
    if actor.role == Role.CASEWORKER:
        return own
    if actor.role == Role.COORDINATOR:
        return own or _is_shared(case, actor.today)
    return False


def _is_shared(case: Case, today: date | None) -> bool:
    """Whether a case is shared on a dated ground: one without a date, or of a day to come, opens nothing."""
    on = case.sharing_basis_on
    return case.sharing_basis is not None and on is not None and (today is None or on <= today)


def holds(actor: Actor, case: Case) -> bool:
    """Whether a case is of a person's own unit."""
    return actor.unit is not None and case.responsible_unit == actor.unit


def reach_of(actor: Actor) -> Reach:
    """What a person's files may do to cases that are there already."""
    return Reach(sees=lambda case: may_see(actor, case), holds=lambda case: holds(actor, case))
