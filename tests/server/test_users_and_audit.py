"""Users and the record: what an administrator may change, what an auditor may see, what is found out."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from models.access import Role
from models.audit import START
from models.database import writing
from models.store.audit import Act, append, entries, flaws, head
from tests.server.conftest import PASSWORD, Served

USERS, AUDIT = "/api/v1/users", "/api/v1/audit"


def test_an_administrator_adds_a_user_who_signs_in(served: Served) -> None:
    admin = served.as_(Role.ADMIN)
    body = {"username": " Anna.B ", "role": "caseworker", "unit": "Bromma", "password": PASSWORD}
    added = served.client.post(USERS, json=body, headers=admin)
    assert added.status_code == 201, added.text
    assert added.json()["username"] == "anna.b"
    assert served.client.get("/api/v1/households", headers=served.sign_in("anna.b")).status_code == 200


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"unit": None}, 422),
        ({"password": "kort"}, 422),
        ({"role": "boss"}, 422),
        ({"username": " "}, 422),
    ],
)
def test_users_that_cannot_be(served: Served, change: dict[str, object], status: int) -> None:
    body = {"username": "anna", "role": "caseworker", "unit": "Bromma", "password": PASSWORD} | change
    assert served.client.post(USERS, json=body, headers=served.as_(Role.ADMIN)).status_code == status


def test_a_name_is_taken_once(served: Served) -> None:
    admin = served.as_(Role.ADMIN)
    body = {"username": "anna", "role": "manager", "password": PASSWORD}
    assert served.client.post(USERS, json=body, headers=admin).status_code == 201
    assert served.client.post(USERS, json={**body, "username": "ANNA"}, headers=admin).status_code == 409


def test_closing_an_account_ends_its_sessions(served: Served) -> None:
    admin = served.as_(Role.ADMIN)
    name = served.add(Role.MANAGER)
    headers = served.sign_in(name)
    user = next(u for u in served.client.get(USERS, headers=admin).json()["items"] if u["username"] == name)
    url = f"{USERS}/{user['user_id']}"
    tag = served.client.get(url, headers=admin).headers["etag"]
    assert served.client.patch(url, json={"active": False}, headers=admin).status_code == 428
    closed = served.client.patch(url, json={"active": False}, headers=admin | {"If-Match": tag})
    assert closed.json()["active"] is False
    assert served.client.get("/api/v1/session", headers=headers).status_code == 401
    stale = served.client.patch(url, json={"active": True}, headers=admin | {"If-Match": tag})
    assert stale.status_code == 412


def test_the_last_administrator_stays(served: Served) -> None:
    admin = served.as_(Role.ADMIN)
    me = served.client.get(USERS, headers=admin).json()["items"][0]
    url = f"{USERS}/{me['user_id']}"
    answer = served.client.patch(url, json={"active": False}, headers=admin | {"If-Match": "*"})
    assert answer.status_code == 409


def test_nobody_gives_themselves_another_role(served: Served) -> None:
    served.as_(Role.ADMIN)
    admin = served.as_(Role.ADMIN)
    me = served.client.get("/api/v1/session", headers=admin).json()["user_id"]
    for body in ({"role": "coordinator"}, {"unit": "Bromma"}):
        answer = served.client.patch(f"{USERS}/{me}", json=body, headers=admin | {"If-Match": "*"})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/own_role")


def test_an_auditor_sees_acts_and_no_case(served: Served) -> None:
    unit = next(
        h.responsible_unit
        for h in served.client.app.state.service.city().dataset.households
        if h.responsible_unit
    )
    worker = served.as_(Role.CASEWORKER, unit)
    first = served.client.get("/api/v1/households", headers=worker).json()["items"][0]["household_id"]
    served.client.get(f"/api/v1/households/{first}", headers=worker)
    auditor = served.as_(Role.AUDITOR)
    seen = served.client.get(AUDIT, params={"action": "case.read"}, headers=auditor).json()["items"]
    assert [(e["subject_id"], e["role"]) for e in seen] == [(first, "caseworker")]
    assert served.client.get(f"/api/v1/households/{first}", headers=auditor).status_code == 403
    whole = served.client.get(f"{AUDIT}/verification", headers=auditor).json()
    assert whole["whole"]
    assert whole["entries"] == len(entries(served.engine))


def test_the_record_cannot_be_changed(served: Served) -> None:
    served.as_(Role.AUDITOR)
    for act in ("UPDATE audit SET actor = 'somebody'", "DELETE FROM audit"):
        with pytest.raises(DatabaseError), writing(served.engine) as connection:
            connection.execute(text(act))
    assert flaws(served.engine) == []


def test_what_is_done_behind_the_triggers_is_found(served: Served) -> None:
    for i in range(6):
        with writing(served.engine) as connection:
            append(connection, Act(served.clock(), f"user-{i}", "admin", "test.act"))
    known = head(served.engine)
    assert known[0] == 6
    _behind(served, "UPDATE audit SET reason = 'other' WHERE number = 2")
    _behind(served, "DELETE FROM audit WHERE number = 4")
    found = {(flaw.number, flaw.kind) for flaw in flaws(served.engine)}
    assert found == {(2, "changed"), (4, "missing")}
    _behind(served, "DELETE FROM audit WHERE number = 6")
    assert (6, "missing") in {(flaw.number, flaw.kind) for flaw in flaws(served.engine, known)}


def test_a_rewritten_tail_does_not_match_the_head_noted_before(served: Served) -> None:
    for i in range(3):
        with writing(served.engine) as connection:
            append(connection, Act(served.clock(), f"user-{i}", "admin", "test.act"))
    known = head(served.engine)
    _behind(served, "DELETE FROM audit WHERE number = 3")
    with writing(served.engine) as connection:
        append(connection, Act(served.clock(), "user-9", "admin", "test.act"))
    assert flaws(served.engine) == []
    assert [(flaw.number, flaw.kind) for flaw in flaws(served.engine, known)] == [(3, "changed")]


def test_an_empty_record_is_whole(served: Served) -> None:
    assert head(served.engine) == (0, START)
    assert flaws(served.engine) == []


def _behind(served: Served, act: str) -> None:
    """Change the record as somebody would who owns the database."""
    with writing(served.engine) as connection:
        if served.engine.dialect.name == "sqlite":
            triggers = connection.execute(
                text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            ).all()
            for name, _ in triggers:
                connection.execute(text(f"DROP TRIGGER {name}"))
            connection.execute(text(act))
            for _, sql in triggers:
                connection.execute(text(sql))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
            connection.execute(text(act))
            connection.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))
