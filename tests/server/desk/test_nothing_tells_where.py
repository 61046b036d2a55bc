"""Nothing tells where somebody lives, and lists of cases are not read unrecorded."""

from typing import Any

import numpy as np
import pytest
from sqlalchemy import text

from api.usecases.plans.changes import _told
from models.access import Role
from models.audit import AuditEntry
from models.database import reading, writing
from models.store.audit import Act, append, entries
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import CLOSED_UNIT, Desk

ON_ONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def acts(desk: Desk) -> list[AuditEntry]:
    return list(entries(desk.served.engine, most=1000))


def free_pair(desk: Desk) -> tuple[str, str]:
    """A homeless household of the coordinator's and an empty place that suits it."""
    view = desk.served.client.app.state.service.city()
    instance = view.assessment.instance
    h, p = view.compatible.eligible
    for row, pool in zip(h.tolist(), p.tolist(), strict=True):
        household = view.households[instance.household_ids[row]]
        if (
            instance.pools["vacant"][pool] > 0
            and view.priority.candidate[row]
            and household.current_pool_id is None
            and household.responsible_unit != CLOSED_UNIT
            and not np.any(instance.conflicts == row)
        ):
            return household.household_id, instance.pool_ids[pool]
    raise AssertionError


def set_apart(desk: Desk, household: str, pool: str) -> str:
    """Let somebody of another unit live there whom the household must never meet."""
    other = desk.closed().household_id
    desk.alter(other, current_pool_id=pool, moved_in_on=AS_OF)
    a, b = sorted((household, other))
    desk.put_in("conflict", household_id_a=a, household_id_b=b)
    return other


@ON_ONE
def test_no_act_holds_a_household_and_where_it_is_to_live(desk: Desk) -> None:
    household, pool = free_pair(desk)
    offer = desk.post("/offers", {"household_id": household, "pool_id": pool, "departure": "safety"})
    assert offer.status_code == 201, offer.text
    offer_id = offer.json()["offer"]["offer_id"]
    said = {"assessment": "a", "child_best_interests": "b", "child_view": "c"}
    assert desk.post(f"/offers/{offer_id}/acceptance", said).status_code == 200
    body = {"household_id": household, "pool_id": pool, "kind": "block", "reason": "safety"}
    pin = desk.post("/pins", body | {"expires_on": str(AS_OF)}).json()["pin_id"]
    assert desk.delete(f"/pins/{pin}?reason=other").status_code in (200, 204)
    assert desk.post("/placement-requests", {"household_id": household, "pool_id": pool}).status_code == 201
    about = [entry for entry in acts(desk) if entry.detail.get("household") == household]
    assert {"offer.accepted", "pin.block", "pin.lift", "request.send"} <= {entry.action for entry in about}
    assert all(pool not in str(entry.detail) and pool != entry.subject_id for entry in about)


@ON_ONE
def test_older_acts_are_shown_without_the_place(desk: Desk) -> None:
    with writing(desk.served.engine) as connection:
        older = {"household": "H1", "pool": "P-SECRET"}
        append(connection, Act(desk.served.clock(), "u", "coordinator", "offer.accepted", detail=older))
    auditor = Desk(desk.served, desk.served.as_(Role.AUDITOR))
    answer = auditor.get("/audit", limit=200, action="offer.accepted")
    assert [entry["detail"] for entry in answer.json()["items"]] == [{"household": "H1"}]
    assert auditor.get("/audit/verification").json()["whole"] is True


@ON_ONE
@pytest.mark.parametrize(
    ("path", "query", "wanted"),
    [
        ("households", {"tier": 2, "reference": "H0"}, {"tier": "2", "reference": "H0"}),
        ("offers", {"state": "proposed"}, {"state": "proposed"}),
        ("chains", {"form": "jourlagenhet"}, {"form": "jourlagenhet"}),
        ("asking", {}, {"moves": "none"}),
    ],
)
def test_a_list_that_is_read_is_one_act(
    desk: Desk, path: str, query: dict[str, Any], wanted: dict[str, str]
) -> None:
    before = len(acts(desk))
    rows = desk.items(f"/{path}", **query)
    (act,) = acts(desk)[before:]
    assert (act.action, act.subject_kind, act.detail["wanted"]) == ("case.list", path, wanted)
    named = {"asking": "household"}.get(path, "household_id")
    if path == "chains":
        rows = [step for chain in rows for step in chain["steps"] if not step["another"]]
    assert act.detail["households"] == sorted({row[named] for row in rows} - {None})
    assert act.detail["shown"] == len(act.detail["households"])


@ON_ONE
def test_a_conflict_elsewhere_changes_nothing_that_is_seen_of_an_empty_place(desk: Desk) -> None:
    household, pool = free_pair(desk)
    url = f"/households/{household}"
    suits = {one["pool"] for one in desk.get(f"{url}/recommendations").json()["options"]}
    count = desk.get(f"{url}/recommendations").json()["eligible"]
    other = desk.closed().household_id
    desk.alter(other, current_pool_id=pool, moved_in_on=AS_OF)
    lives_there = desk.get(f"{url}/explanation", pool=pool).json()["pools"]
    a, b = sorted((household, other))
    desk.put_in("conflict", household_id_a=a, household_id_b=b)
    assert desk.get(f"{url}/explanation", pool=pool).json()["pools"] == lives_there
    for moves in ("none", "unlimited"):
        answer = desk.get(f"{url}/recommendations", moves=moves, most=100)
        assert other not in answer.text
    told = answer.json()
    assert told["eligible"] == count
    assert suits <= {one["pool"] for one in told["options"]}
    assert len(told["options"]) == told["tried"]
    assert next(one for one in told["options"] if one["pool"] == pool)["effect"] is None
    assert pool not in {one["pool"] for one in desk.get(f"{url}/choices").json()["options"]}
    households = desk.get(f"/pools/{pool}/recommendations", most=100).json()["options"]
    assert next(one for one in households if one["household"] == household)["effect"] is None


@ON_ONE
def test_a_reason_never_says_which_limit(desk: Desk) -> None:
    view, actor = desk.served.client.app.state.service.city(), None
    told = [
        _told({"kind": "limit", "id": one, "before": "x", "after": "y"}, view, actor)  # type: ignore[arg-type]
        for one in ("conflict", "quota")
    ]
    assert told[0] == told[1] == {"kind": "limit", "id": "limit", "before": "", "after": "", "another": False}


@ON_ONE
def test_an_answer_kept_for_repeats_lies_closed_and_is_for_the_one_who_asked(desk: Desk) -> None:
    body = {
        "household_id": desk.mine().household_id,
        "what": "meet",
        "due_on": str(AS_OF),
        "text": "Kanariefågel",
    }
    key = {"Idempotency-Key": "once"}
    first = desk.post("/next-steps", body, **key)
    assert first.status_code == 201, first.text
    with reading(desk.served.engine) as connection:
        (kept,) = connection.execute(text("SELECT body FROM done_request")).scalars()
    assert "household" not in kept
    assert "Kanarie" not in kept
    again = desk.post("/next-steps", body, **key)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    with writing(desk.served.engine) as connection:
        connection.execute(text("UPDATE user_account SET unit = 'En annan enhet'"))
    moved = desk.post("/next-steps", body, **key)
    assert moved.status_code in (401, 422), moved.text
    assert "Kanarie" not in moved.text
