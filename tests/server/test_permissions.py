"""Every route by every role: who gets in, in one table, and nobody is missing from it."""

import pytest
from fastapi import APIRouter, FastAPI

from api.access.roles import PERMISSIONS, may, permissions_by_role
from api.server.needs import PUBLIC, SIGNED_IN, UndeclaredRoute, declared, needs
from models.access import Role
from tests.server.conftest import Served
from tests.server.permissions import CALLS, TABLE
from tests.server.second_step import IN_THE_SECOND_STEP

ROLES = {role: str(role)[:3] for role in Role}


def test_the_table_names_every_route_and_no_other(served: Served) -> None:
    assert set(TABLE) == set(served.client.app.state.permissions)


def test_the_table_says_what_the_routes_ask(served: Served) -> None:
    for route, asked in served.client.app.state.permissions.items():
        wanted = {role for role in Role if asked in (PUBLIC, SIGNED_IN) or may(role, asked)}
        assert TABLE[route] == ("all" if asked == PUBLIC else wanted), route


@pytest.mark.parametrize("engine", ["counted", IN_THE_SECOND_STEP], indirect=True)
@pytest.mark.parametrize("role", [None, *Role])
def test_every_route_lets_in_whom_the_table_says(served: Served, role: Role | None) -> None:
    headers = {} if role is None else served.as_(role, "Bromma")
    for (method, path), allowed in TABLE.items():
        url = path
        for name, value in CALLS.items():
            url = url.replace("{" + name + "}", value)
        if (method, path) == ("DELETE", "/api/v1/session"):
            continue
        status = served.client.request(method, url, headers=headers, json={}).status_code
        if allowed == "all":
            assert status not in (401, 403) or path.startswith("/api/v1/session"), (method, path, status)
        elif role is None:
            assert status == 401, (method, path)
        elif role in allowed:
            assert status not in (401, 403), (method, path, status)
        else:
            assert status == 403, (method, path, status)


def test_a_route_that_says_nothing_stops_the_service() -> None:
    app, router = FastAPI(), APIRouter()

    @router.get("/open-by-mistake")
    def forgotten() -> None:
        """Say nothing about who may call."""

    app.include_router(router)
    with pytest.raises(UndeclaredRoute, match="GET /open-by-mistake"):
        declared(app)


def test_a_permission_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match=r"case\.raed"):
        needs("case.raed")


def test_nobody_who_counts_sees_cases_and_the_log_is_the_auditors() -> None:
    for role in (Role.PLANNER, Role.MANAGER, Role.AUDITOR, Role.ADMIN):
        granted = permissions_by_role()[role]
        assert not granted & {"case.read", "case.write", "offer.decide", "plan.read", "pin.write"}
    assert [role for role in Role if may(role, "audit.read")] == [Role.AUDITOR]
    assert [role for role in Role if may(role, "user.manage")] == [Role.ADMIN]
    assert frozenset().union(*permissions_by_role().values()) <= PERMISSIONS
