"""Who may call each route: the table that the routes are held to, written out by hand."""

from typing import Literal

from models.access import Role

CASEWORKER, COORDINATOR, PLANNER = Role.CASEWORKER, Role.COORDINATOR, Role.PLANNER
MANAGER, AUDITOR, ADMIN = Role.MANAGER, Role.AUDITOR, Role.ADMIN

SIGNED_IN = {CASEWORKER, COORDINATOR, PLANNER, MANAGER, AUDITOR, ADMIN}
CASES = {CASEWORKER, COORDINATOR}

CALLS = {"household_id": "nobody", "offer_id": "none", "user_id": "none"}
"""What stands in the paths when the table is tried: nothing that is there, so that nothing happens."""

TABLE: dict[tuple[str, str], set[Role] | Literal["all"]] = {
    ("POST", "/api/v1/session"): "all",
    ("POST", "/api/v1/session/refresh"): "all",
    ("GET", "/api/v1/session"): SIGNED_IN,
    ("DELETE", "/api/v1/session"): SIGNED_IN,
    ("GET", "/api/v1/health"): "all",
    ("GET", "/api/v1/health/ready"): "all",
    ("GET", "/api/v1/openapi.json"): "all",
    ("GET", "/api/v1/docs"): "all",
    ("GET", "/api/v1/docs/style.css"): "all",
    ("GET", "/metrics"): {ADMIN},
    ("GET", "/api/v1/households"): CASES,
    ("GET", "/api/v1/households/{household_id}"): CASES,
    ("GET", "/api/v1/offers"): CASES,
    ("POST", "/api/v1/offers"): CASES,
    ("GET", "/api/v1/offers/{offer_id}"): CASES,
    ("GET", "/api/v1/offers/{offer_id}/explanation"): CASES,
    ("POST", "/api/v1/offers/{offer_id}/offering"): CASES,
    ("POST", "/api/v1/offers/{offer_id}/acceptance"): CASES,
    ("POST", "/api/v1/offers/{offer_id}/decline"): CASES,
    ("POST", "/api/v1/offers/{offer_id}/withdrawal"): CASES,
    ("POST", "/api/v1/offers/{offer_id}/moving-in"): CASES,
    ("POST", "/api/v1/offers/{offer_id}/end"): CASES,
    ("GET", "/api/v1/users"): {ADMIN},
    ("POST", "/api/v1/users"): {ADMIN},
    ("GET", "/api/v1/users/{user_id}"): {ADMIN},
    ("PATCH", "/api/v1/users/{user_id}"): {ADMIN},
    ("PUT", "/api/v1/users/{user_id}/password"): {ADMIN},
    ("GET", "/api/v1/audit"): {AUDITOR},
    ("GET", "/api/v1/audit/verification"): {AUDITOR},
}
