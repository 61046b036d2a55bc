"""Closed cases in time: nothing of the people is left, the statistics and the record are."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from sqlalchemy import Engine, text, update
from sqlmodel import SQLModel

from api.access.actor import Actor
from api.usecases.advice.wait import Forecast, keep_forecast, kept_forecast
from api.usecases.city_view import read_view
from api.usecases.erasing import due, erase, would_erase
from api.usecases.extracting import ANOTHER, extract, extract_by_operator
from api.usecases.matching import run_match
from api.usecases.offers.answering import Acceptance, No, accept, decline
from api.usecases.offers.freezing import freeze_explanation
from api.usecases.offers.publishing import draft, publish
from api.usecases.offers.putting import put
from api.usecases.problems import UserError
from api.usecases.replaying import replay
from api.usecases.tidying import Tidied, tidy
from api.usecases.work import working_for
from models.access import Role
from models.codes import DeclinedBy, Fact
from models.database import reading, writing
from models.jobs import Job, JobState, KeptFile
from models.kept_counts import Counted
from models.offers import DeclineReason, Offer, OfferState
from models.store import read_dataset
from models.store.archive import lines, sheets
from models.store.audit import entries, flaws
from models.store.files import file_by_id, keep_file
from models.store.homes import change_household, household_by_id
from models.store.jobs import add_job, job_by_id
from models.store.kept_counts import kept_counts
from models.store.offers import offers
from models.store.runs import frozen_in
from scenarios.expected_wait.spells import Spells
from tests.server.conftest import AS_OF, Served, share_with_the_city

NOW = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
LATER = datetime(2031, 6, 1, 3, 0, tzinfo=UTC)
CLOSED = date(2026, 1, 20)
SOMEBODY = Actor("u-1", Role.COORDINATOR, None, "-")
SECRET = "En kanariefågel i köket."


@pytest.fixture(autouse=True)
def _all_cases_open(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE household SET active_case = 'yes'"))


@pytest.fixture
def offered(engine: Engine) -> Offer:
    """An offer that its household has said no to, with an explanation frozen and a case closed since."""
    share_with_the_city(engine)
    run_id = run_match(engine, AS_OF, "none", None, NOW).answer["run"]["id"]
    with working_for(engine, SOMEBODY, NOW) as work:
        draft(work, run_id)
        publish(work, run_id)
        made = [o for o in offers(work.connection, [OfferState.PROPOSED]) if o.from_pool_id is None]
        offer = put(work, made[0], None)
    view = read_view(engine, AS_OF)
    with working_for(engine, SOMEBODY, NOW) as work:
        frozen = freeze_explanation(work.connection, view, offer.household_id, offer.pool_id)
        accept(work, offer, Acceptance(SECRET, SECRET, SECRET), True, frozen)
        decline(work, offer, No(DeclinedBy.HOUSEHOLD, DeclineReason.LOCATION, SECRET), AS_OF)
    close(engine, offer.household_id)
    return offer


def close(engine: Engine, household_id: str) -> None:
    with writing(engine) as connection:
        household = household_by_id(connection, household_id)
        assert household is not None
        change_household(connection, household, CLOSED, "test", active_case=Fact.NO)


def everything(engine: Engine) -> dict[str, str]:
    with reading(engine) as connection:
        return {sheet.name: b"".join(lines(connection, sheet)).decode() for sheet in sheets()}


def test_nothing_of_an_erased_case_is_left_but_the_bare_reference_in_the_record(
    engine: Engine, offered: Offer
) -> None:
    before = read_dataset(engine)
    assert would_erase(engine, CLOSED).cases == ()
    assert would_erase(engine, date(2026, 2, 1)).cases == (offered.household_id,)
    done = erase(engine, date(2026, 2, 1), LATER)
    assert done.cases == (offered.household_id,)
    assert done.frozen == 2
    assert done.runs == 1
    assert done.rows["decision"] == 3
    left = everything(engine)
    assert {name for name, content in left.items() if offered.household_id in content} == {"audit"}
    assert SECRET not in str(left)
    after = read_dataset(engine)
    assert len(after.households) == len(before.households) - 1
    assert flaws(engine) == []
    (entry,) = entries(engine, action="case.erase")
    assert (entry.subject_id, entry.reason) == (offered.household_id, "retention")
    assert erase(engine, date(2026, 2, 1), LATER).cases == ()


def test_nor_is_it_left_in_jobs_in_files_and_in_the_forecast_of_waits(engine: Engine, offered: Offer) -> None:
    key = offered.household_id
    other = next(h.household_id for h in read_dataset(engine).households if h.household_id != key)
    pins = [{"household": one, "pool": offered.pool_id} for one in (key, other)]
    problem = {"status": 422, "key": "limits_conflict", "limits": [{"kind": "pin", "subject": [key, "P"]}]}
    failed = job("match", JobState.FAILED, parameters={"limits": {"pins": pins}}, problem=problem)
    export, report = job("export", JobState.DONE, result={"kept": {key: 1}}), job("report", JobState.DONE)
    spells = Spells(*(np.array([0, 1, 1]) for _ in range(5)))
    sent = [kept_file("old", None, NOW), kept_file("new", None, LATER)]
    with writing(engine) as connection:
        for one in (failed, export, report):
            add_job(connection, one)
        for file in (*sent, kept_file("e", export.job_id, LATER), kept_file("r", report.job_id, NOW)):
            keep_file(connection, file)
        first = keep_forecast(connection, Forecast(AS_OF, "", (key,), spells), NOW)
        second = keep_forecast(connection, Forecast(AS_OF, "", (key, other), spells), NOW)
        assert frozen_in(connection, first) is None
    erase(engine, date(2026, 2, 1), LATER)
    assert key not in everything(engine)["job"]
    with reading(engine) as connection:
        now = job_by_id(connection, failed.job_id)
        assert now is not None
        assert now.parameters["limits"]["pins"][1] == pins[1]
        assert now.problem is not None
        assert now.problem["key"] == "limits_conflict"
        left = [name for name in ("old", "new", "e", "r") if file_by_id(connection, name)]
        assert left == ["new", "r"]
        assert frozen_in(connection, second) is None
        kept = kept_forecast(connection)
    assert kept is not None
    assert (kept.as_of, kept.made_at) == (AS_OF, NOW.isoformat())
    assert key not in kept.household_ids
    assert kept.in_city((key, other)).row.tolist() == [1, 1]


def job(kind: str, state: JobState, **told: Any) -> Job:
    return Job(
        job_id=uuid4().hex,
        kind=kind,
        state=state,
        asked_by="u-1",
        asked_role=Role.COORDINATOR,
        asked_at=NOW,
        ended_at=NOW,
        **told,
    )


def kept_file(name: str, job_id: str | None, at: datetime) -> KeptFile:
    return KeptFile(
        file_id=name,
        owner="u-1",
        job_id=job_id,
        name=name,
        media_type="text/csv",
        kept_at=at,
        content=b"x",
    )


def test_its_statistics_stay(engine: Engine, offered: Offer) -> None:
    with writing(engine) as connection:
        declines = SQLModel.metadata.tables["decline"]
        connection.execute(update(declines).values(reason="Grannen Berit var otrevlig"))
    erase(engine, date(2026, 2, 1), LATER)
    with reading(engine) as connection:
        found = {(str(k.kind), k.month, k.pool_id, k.word): k.number for k in kept_counts(connection)}
        assert [k.kind for k in kept_counts(connection, Counted.CASE)] == [Counted.CASE]
    assert found["offer", "2026-01", offered.pool_id, "declined"] == 1
    assert found["decline", "2026-01", offered.pool_id, "household"] == 1
    assert not any("Berit" in str(key) for key in found)


def test_counts_of_several_cases_are_added_up(engine: Engine) -> None:
    homeless = [h for h in read_dataset(engine).households if h.current_pool_id is None][:3]
    for number, household in enumerate(homeless):
        close(engine, household.household_id)
        erase(engine, date(2026, 2, 1), LATER)
        with reading(engine) as connection:
            assert sum(k.number for k in kept_counts(connection, Counted.CASE)) == number + 1


def test_an_answer_made_from_an_erased_case_says_so_and_keeps_its_figures(
    engine: Engine, offered: Offer
) -> None:
    assert offered.run_id is not None
    assert replay(engine, offered.run_id).same
    before = len(everything(engine)["proposal"].splitlines())
    erase(engine, date(2026, 2, 1), LATER)
    with pytest.raises(UserError, match=r"^erased_run$"):
        replay(engine, offered.run_id)
    assert len(everything(engine)["proposal"].splitlines()) == before - 1
    with writing(engine) as connection:
        connection.execute(text("UPDATE run SET inputs_hash = 'another'"))
    with pytest.raises(UserError, match="erased_run_differs"):
        replay(engine, offered.run_id)


def test_who_lives_in_the_city_or_has_an_offer_is_no_closed_case(engine: Engine) -> None:
    share_with_the_city(engine)
    resident = next(h for h in read_dataset(engine).households if h.current_pool_id)
    close(engine, resident.household_id)
    run_id = run_match(engine, AS_OF, "none", None, NOW).answer["run"]["id"]
    with working_for(engine, SOMEBODY, NOW) as work:
        draft(work, run_id)
        publish(work, run_id)
        waiting = offers(work.connection, [OfferState.PROPOSED])[0]
    close(engine, waiting.household_id)
    with reading(engine) as connection:
        found = due(connection, date(2100, 1, 1))
    assert resident.household_id not in found
    assert waiting.household_id not in found


def test_the_nightly_round_twice(served: Served, offered: Offer) -> None:
    engine = served.engine
    served.as_(Role.MANAGER)
    with working_for(engine, SOMEBODY, NOW) as work:
        waiting = offers(work.connection, [OfferState.PROPOSED])[0]
        put(work, waiting, date(2026, 1, 18))
    assert tidy(engine, date(2026, 1, 18), NOW, 60) == Tidied(0, 0, 0, 0, 0, 0, 0)
    done = tidy(engine, date(2026, 1, 19), NOW, 60)
    assert (done.expired_offers, done.cases, done.sessions) == (1, 0, 0)
    last = tidy(engine, LATER.date(), LATER, 60)
    assert (last.expired_offers, last.cases, last.sessions) == (0, 1, 1)
    assert tidy(engine, LATER.date(), LATER, 60) == Tidied(0, 0, 0, 0, 0, 0, 0)
    assert [entry.actor for entry in entries(engine, action="tidy")] == ["system"] * 4
    assert flaws(engine) == []


def test_an_extract_tells_all_that_is_held_and_of_nobody_else(engine: Engine, offered: Offer) -> None:
    others = {h.household_id for h in read_dataset(engine).households} - {offered.household_id}
    pair = sorted([offered.household_id, min(others)])
    with writing(engine) as connection:
        sheet = SQLModel.metadata.tables["conflict"]
        connection.execute(sheet.insert().values(household_id_a=pair[0], household_id_b=pair[1]))
    made = extract_by_operator(engine, offered.household_id, NOW)
    assert set(made.tables) >= {
        "household",
        "member",
        "offer",
        "decision",
        "fact_source",
        "conflict",
        "audit",
    }
    assert SECRET in str(made.tables["decision"])
    assert ANOTHER in made.tables["conflict"][0].values()
    assert not any(key in str(made.tables) for key in others)
    assert {"offer.accepted", "offer.declined"} <= {str(row["action"]) for row in made.tables["audit"]}
    (entry,) = entries(engine, action="case.extract")
    assert entry.subject_id == offered.household_id
    with reading(engine) as connection, pytest.raises(UserError, match="unknown_household"):
        extract(connection, "nobody", NOW)
