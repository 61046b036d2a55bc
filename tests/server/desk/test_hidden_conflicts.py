"""Two cities alike but for a conflict with somebody whom the asker may not see: the answers are the same.

Every route that reads a case, a place or a plan is asked before and after such a conflict is put in; what
is proposed is the same on both occasions, so nothing that is answered may differ.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from api.access.actor import Actor
from api.server.service import Service
from api.usecases.advice import sight
from api.usecases.city_view import CityView
from api.usecases.matching import run_match
from api.usecases.offers.publishing import draft, publish
from api.usecases.work import working_for
from models.access import Role
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import CLOSED_UNIT, Desk
from tests.server.permissions import TABLE

ON_ONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
ACTOR = Actor("u", Role.COORDINATOR, None, "-", AS_OF)
MOVES = ("none", "unlimited")

OF_CASE = (
    "",
    "/history",
    "/choices",
    "/recommendations",
    "/explanation",
    "/child-checklist",
    "/responsible-unit",
)
OF_POOL = ("", "/recommendations", "/candidates", "/history")
LISTS = ("/households", "/pools", "/vacancies", "/boendekarta", "/chains", "/offers", "/waitlist", "/morning")
MORE = (
    "/waitlist/stale",
    "/duplicates",
    "/next-steps",
    "/flags",
    "/pins",
    "/follow-ups",
    "/asking",
    "/vacancies/districts",
)
OF_PLAN = ("", "/proposals", "/unmatched", "/publication", "/validation")


def service(desk: Desk) -> Service:
    found: Service = desk.served.client.app.state.service  # type: ignore[attr-defined]
    return found


def cases(desk: Desk) -> list[str]:
    return [h.household_id for h in desk.households() if h.responsible_unit != CLOSED_UNIT]


def planned(desk: Desk) -> int:
    """A plan of the city as it is, published."""
    run = run_match(desk.served.engine, AS_OF, "unlimited", None, desk.served.clock())
    run_id = int(run.answer["run"]["id"])
    with working_for(desk.served.engine, ACTOR, desk.served.clock()) as work:
        draft(work, run_id)
        publish(work, run_id)
    return run_id


def answers(desk: Desk, plan: int, some: Sequence[str], pools: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Everything that the person is answered, by what was asked."""
    paths = [f"/households/{one}{part}" for one in some for part in OF_CASE]
    paths += [f"/pools/{one}{part}" for one in pools for part in OF_POOL]
    paths += [*LISTS, *MORE, *(f"/plans/{plan}{part}" for part in OF_PLAN)]
    for path in paths:
        advice = path.endswith(("/choices", "/recommendations", "/explanation", "/asking"))
        for query in [{"moves": moves} for moves in MOVES] if advice else [{}]:
            more = {"most": 100} if path.endswith("/recommendations") else {}
            answer = desk.get(path, **query, **more)
            assert answer.status_code == 200 or path.endswith("/child-checklist"), (path, answer.text)
            yield f"{path} {query}", answer.json()


def proposals(view: CityView) -> list[set[tuple[int, int]]]:
    plans = [view.proposed(moves).plan for moves in MOVES]  # type: ignore[arg-type]
    return [set(zip(p.household.tolist(), p.pool.tolist(), strict=True)) for p in plans]


def settled(desk: Desk) -> tuple[str, str, str]:
    """A household, a hidden one and the empty place where that now lives; the first is not proposed it."""
    view = service(desk).city()
    instance, hidden = view.assessment.instance, desk.closed().household_id
    proposed = set.union(*proposals(view))
    h, p = view.compatible.eligible
    for row, pool in zip(h.tolist(), p.tolist(), strict=True):
        household = view.households[instance.household_ids[row]]
        if (
            instance.pools["vacant"][pool] > 1
            and view.priority.candidate[row]
            and household.responsible_unit != CLOSED_UNIT
            and (row, pool) not in proposed
            and not np.any(instance.conflicts == row)
        ):
            desk.alter(hidden, current_pool_id=instance.pool_ids[pool], moved_in_on=AS_OF)
            return household.household_id, hidden, instance.pool_ids[pool]
    raise AssertionError


@pytest.mark.slow
@ON_ONE
def test_nothing_differs_by_a_conflict_with_somebody_hidden(desk: Desk) -> None:
    household, hidden, pool = settled(desk)
    before = service(desk).city()
    some = household, *[one for one in cases(desk) if one != household][:2]
    pools = pool, *[one for one in before.pool_at if one != pool][:2]
    plan = planned(desk)
    first = dict(answers(desk, plan, some, pools))
    barred = first[f"/households/{household}/recommendations {{'moves': 'unlimited'}}"]["options"]
    assert next(one for one in barred if one["pool"] == pool)["effect"] is not None
    a, b = sorted((household, hidden))
    desk.put_in("conflict", household_id_a=a, household_id_b=b)
    after = service(desk).city()
    assert len(after.assessment.instance.conflicts) == len(before.assessment.instance.conflicts) + 1
    assert proposals(before) == proposals(after)
    second = dict(answers(desk, plan, some, pools))
    assert {path for path in first if first[path] != second[path]} == set()
    later = planned(desk)
    for part in ("/proposals", "/unmatched"):
        one, other = (desk.get(f"/plans/{run}{part}").json()["items"] for run in (plan, later))
        assert one == other


@ON_ONE
def test_a_conflict_that_the_person_may_know_of_bars_in_advice_too(desk: Desk) -> None:
    household, hidden, pool = settled(desk)
    desk.alter(hidden, sharing_basis="law", sharing_basis_on=AS_OF)
    a, b = sorted((household, hidden))
    desk.put_in("conflict", household_id_a=a, household_id_b=b)
    told = desk.get(f"/households/{household}/recommendations", most=100).json()["options"]
    assert next(one for one in told if one["pool"] == pool)["effect"] is None


@ON_ONE
def test_where_the_conflict_changes_what_is_proposed_the_advice_is_of_the_city_as_it_is(desk: Desk) -> None:
    household, hidden, pool = settled(desk)
    view = service(desk).city()
    row, column = view.row_of[household], view.pool_at[pool]
    a, b = sorted((household, hidden))
    desk.put_in("conflict", household_id_a=a, household_id_b=b)
    view = service(desk).city()
    without = sight.as_known_to(view, ACTOR, "none", sight.of_household(row))
    assert without.assessment is not view.assessment
    assert without.compatible is view.compatible
    assert sight.as_known_to(view, ACTOR, "none", lambda found: id(found)) is view  # type: ignore[arg-type,return-value]
    assert sight.as_known_to(view, ACTOR, "none", sight.of_pool(column)).assessment is without.assessment


def test_no_route_that_reads_cases_is_left_out() -> None:
    """What is not asked above either tells nothing of others, or says why it is apart."""
    asked = {
        *(f"/households/{{household_id}}{part}" for part in OF_CASE),
        *(f"/pools/{{pool_id}}{part}" for part in OF_POOL),
        *(f"/plans/{{run_id}}{part}" for part in OF_PLAN),
        *LISTS,
        *MORE,
    }
    apart = {
        # Held, with the promised and the blocked: nobody is sent tonight where they must not meet.
        "/households/{household_id}/tonight",
        # That there is a conflict is a person's own data; the other is another household, without a place.
        "/households/{household_id}/extract",
        # Read from simulations made beforehand, the same for all.
        "/households/{household_id}/expected-wait",
        "/plans",
        "/plans/{run_id}/chains/{number}",
        "/plans/{run_id}/difference",
        # Written by somebody for a case, or kept as it was when it was decided.
        "/offers/{offer_id}",
        "/offers/{offer_id}/explanation",
        "/next-steps/{step_id}",
        "/discharge-plans",
        "/discharge-plans/{plan_id}",
        "/assistance-decisions",
        "/assistance-decisions/{assistance_id}",
        "/placement-requests",
        "/placement-requests/{request_id}",
    }
    people = {Role.CASEWORKER, Role.COORDINATOR}
    reading = {
        path.removeprefix("/api/v1")
        for (method, path), who in TABLE.items()
        if method == "GET" and who != "all" and people & set(who) and not set(who) - people
    }
    files = {path for path in reading if path.startswith(("/imports", "/exports"))}
    assert reading - asked == apart | files
