"""Imports over the web end at the unit's wall: others' cases are neither told of nor changed."""

from typing import Any

import pytest

from models.access import Role
from models.database import reading
from models.households import Household
from models.store import read_dataset
from models.store.audit import entries
from models.store.quarantine import read_set_aside
from tests.server.conftest import Served, share_with_the_city
from tests.server.files.test_imports import URL, looked_through
from tests.server.jobs.working import work_off

UNIT = "Södermalm"
NEUTRAL = "not to be changed here"


def the_case(served: Served, own: bool) -> Household:
    """A household of the unit, or of another."""
    every = read_dataset(served.engine).households
    return next(row for row in every if (row.responsible_unit == UNIT) == own)


def sheet(household: Household, **facts: str) -> bytes:
    told = {
        "household_id": household.household_id,
        "situation": str(household.situation),
        "support_need": str(household.support_need),
        **facts,
    }
    return f"{','.join(told)}\n{','.join(told.values())}\n".encode()


def kinds(shown: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fault["column"], fault["kind"]) for fault in shown["faults"]]


@pytest.mark.parametrize("quarantine", ["false", "true"])
def test_a_guess_about_anothers_case_is_answered_alike(served: Served, quarantine: str) -> None:
    headers, case = served.as_(Role.COORDINATOR, UNIT), the_case(served, own=False)
    before = read_dataset(served.engine)
    pool = before.pools[0].pool_id
    for facts in (
        {"violence_exposed": "yes"},
        {"violence_exposed": "no"},
        {"current_pool_id": pool},
        {"sharing_basis": "law", "sharing_basis_on": "2026-01-01"},
        {"responsible_unit": UNIT},
    ):
        file = ("households.csv", sheet(case, **facts))
        shown = looked_through(served, headers, file, quarantine=quarantine)
        assert (shown["ready"], shown["changes"]) == (False, {})
        assert kinds(shown) == [("household_id", NEUTRAL)]
        assert case.household_id not in str(shown)
        refused = served.client.post(f"{URL}/{shown['import_id']}/confirmation", headers=headers)
        assert refused.status_code == 422
    assert read_dataset(served.engine) == before
    with reading(served.engine) as connection:
        assert list(read_set_aside(connection)) == []


def test_nothing_hangs_on_anothers_case(served: Served) -> None:
    headers, case = served.as_(Role.COORDINATOR, UNIT), the_case(served, own=False)
    own, pool = the_case(served, own=True), read_dataset(served.engine).pools[0].pool_id
    rows = {
        "members": ("household_id,member_id,birth_date,sex", f"{case.household_id},x1,1990-01-01,woman"),
        "stays": ("household_id,pool_id,started_on", f"{case.household_id},{pool},2020-01-01"),
        "declines": ("household_id,pool_id,declined_on", f"{case.household_id},{pool},2020-01-01"),
        "conflicts": ("household_id_a,household_id_b", f"{own.household_id},{case.household_id}"),
    }
    files = [(f"{name}.csv", "\n".join(lines).encode()) for name, lines in rows.items()]
    shown = looked_through(served, headers, *files)
    assert sorted(kinds(shown)) == sorted([("household_id", NEUTRAL)] * 3 + [("household_id_b", NEUTRAL)])


def test_a_wall_put_up_after_the_look_holds(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    from api.jobs.kinds import import_check

    headers, case = served.as_(Role.COORDINATOR, UNIT), the_case(served, own=False)
    with monkeypatch.context() as blind:
        blind.setattr(import_check, "reach_of", lambda _actor: None)
        shown = looked_through(served, headers, ("households.csv", sheet(case, pet="yes")))
    before = read_dataset(served.engine)
    url = f"{URL}/{shown['import_id']}/confirmation"
    assert served.client.post(url, headers=headers).status_code == 202
    work_off(served)
    assert read_dataset(served.engine) == before


def test_what_another_unit_decides_is_not_changed_by_a_file(served: Served) -> None:
    share_with_the_city(served.engine)
    headers, case = served.as_(Role.COORDINATOR, UNIT), the_case(served, own=False)
    decided = {"responsible_unit": UNIT, "sharing_basis": "law", "sharing_basis_on": "2025-01-01"}
    for column, value in decided.items():
        shown = looked_through(served, headers, ("households.csv", sheet(case, **{column: value})))
        assert kinds(shown) == [(column, "for its unit to decide")]
    own = the_case(served, own=True)
    shown = looked_through(served, headers, ("households.csv", sheet(own, sharing_basis="law")))
    assert shown["ready"], shown


def test_the_record_names_the_cases_written(served: Served) -> None:
    headers, case = served.as_(Role.COORDINATOR, UNIT), the_case(served, own=True)
    pet = "no" if case.pet == "yes" else "yes"
    shown = looked_through(served, headers, ("households.csv", sheet(case, pet=pet)))
    assert served.client.post(f"{URL}/{shown['import_id']}/confirmation", headers=headers).status_code == 202
    work_off(served)
    acts = [entry.detail for entry in entries(served.engine) if entry.action == "import.write"]
    assert [(act["cases"], act["households"]) for act in acts] == [(1, [case.household_id])]
