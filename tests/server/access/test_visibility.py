"""Who sees a case of another unit: a coordinator, from the day of a recorded ground, and nobody else."""

from datetime import date, timedelta

import pytest

from api.access.actor import Actor
from api.access.visibility import may_see
from models.access import Role
from models.codes import SharingBasis, Situation, Support
from models.households import Household

DAY = date(2026, 1, 15)


def case(basis: SharingBasis | None, on: date | None) -> Household:
    return Household(
        household_id="H1",
        situation=Situation.HOSPITAL,
        support_need=Support.DAILY,
        responsible_unit="Bromma",
        sharing_basis=basis,
        sharing_basis_on=on,
    )


@pytest.mark.parametrize(
    ("basis", "on", "seen"),
    [
        (SharingBasis.CONSENT, DAY, True),
        (SharingBasis.LAW, DAY - timedelta(days=400), True),
        (SharingBasis.LAW, None, False),
        (SharingBasis.LAW, DAY + timedelta(days=1), False),
        (None, DAY, False),
    ],
)
def test_a_ground_opens_a_case_from_its_day(basis: SharingBasis | None, on: date | None, seen: bool) -> None:
    def asks(role: Role, unit: str | None) -> bool:
        return may_see(Actor("u", role, unit, "-", DAY), case(basis, on))

    assert asks(Role.COORDINATOR, "Farsta") is seen
    assert asks(Role.COORDINATOR, None) is seen
    assert asks(Role.COORDINATOR, "Bromma")
    assert asks(Role.CASEWORKER, "Bromma")
    for role in (Role.CASEWORKER, Role.PLANNER, Role.MANAGER, Role.AUDITOR, Role.ADMIN):
        assert not asks(role, "Farsta")
