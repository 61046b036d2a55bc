"""Jobs: asked for, taken up by one worker, followed, stopped, taken up again, and ended in one way."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine

from api.jobs import worker
from api.jobs.asking import MOST_AT_ONCE, TooManyJobs
from api.jobs.progress import Cancelled, Progress, TakenOver
from models.access import Role
from models.database import writing
from models.jobs import Job, JobState
from models.store.access import change_user, user_by
from models.store.jobs import claim, job_counts, put_back, telling
from tests.server.conftest import Served

from .working import Headers, a_worker, asked, do_instead, stored, work_off

URL = "/api/v1/jobs"
MINUTE = 60.0


@pytest.fixture
def planner(served: Served) -> Headers:
    return served.as_(Role.PLANNER)


def seven(_engine: Engine, _job: Job, progress: Progress) -> dict[str, Any]:
    progress.say(3, 7)
    progress.say(7, 7)
    return {"answer": 7}


def test_from_asking_to_the_result(served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch) -> None:
    do_instead(monkeypatch, seven)
    job = asked(served, planner, "match", on="today")
    waiting = served.client.get(f"{URL}/{job.job_id}", headers=planner).json()
    assert (waiting["state"], waiting["parameters"], waiting["result"]) == ("queued", {"on": "today"}, None)
    assert work_off(served) == 1
    done = served.client.get(f"{URL}/{job.job_id}", headers=planner).json()
    assert (done["state"], done["result"], done["problem"]) == ("done", {"answer": 7}, None)
    assert (done["done"], done["total"], done["attempts"]) == (7, 7, 1)
    assert done["ended_at"] is not None
    assert work_off(served) == 0
    assert job_counts(served.engine)["done"] == 1


def test_many_workers_never_take_the_same_job(served: Served, planner: Headers) -> None:
    wanted = {asked(served, planner, "match").job_id for _ in range(MOST_AT_ONCE)}
    now = served.clock()

    def take(name: int) -> list[str]:
        mine = []
        while True:
            with telling(served.engine) as connection:
                taken = claim(connection, f"w{name}", now, now)
            if taken is None:
                return mine
            mine.append(taken[0].job_id)

    with ThreadPoolExecutor(4) as workers:
        taken = Counter(job_id for mine in workers.map(take, range(4)) for job_id in mine)
    assert taken == Counter(wanted)


def test_the_one_that_has_waited_longest_comes_first(served: Served, planner: Headers) -> None:
    order = []
    for _ in range(3):
        order.append(asked(served, planner, "match").job_id)
        served.clock.pass_by(seconds=1)
    now = served.clock()
    for job_id in order:
        with telling(served.engine) as connection:
            taken = claim(connection, "w", now, now)
        assert taken is not None
        assert taken[0].job_id == job_id


def test_a_silent_worker_loses_its_job(
    served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(served, planner, "match")
    first = a_worker(served)
    with telling(served.engine) as connection:
        taken = claim(connection, first.name, served.clock(), served.clock())
    assert taken is not None
    lost = Progress(served.engine, taken[1], served.clock)
    do_instead(monkeypatch, seven)
    served.clock.pass_by(seconds=MINUTE - 1)
    assert work_off(served) == 0
    lost.beat()
    served.clock.pass_by(seconds=MINUTE - 1)
    assert work_off(served) == 0
    served.clock.pass_by(seconds=2)
    assert work_off(served) == 1
    again = stored(served, job.job_id)
    assert (again.state, again.attempts, again.result) == (JobState.DONE, 2, {"answer": 7})
    # The first worker was not gone but slow: what it says now changes nothing.
    with pytest.raises(TakenOver):
        lost.say(1, 1)
    with pytest.raises(TakenOver), writing(served.engine) as connection:
        lost.keep(connection, {"answer": 8})
    assert stored(served, job.job_id) == again


def test_after_three_workers_a_job_is_given_up(served: Served, planner: Headers) -> None:
    job = asked(served, planner, "match")
    for attempt in range(3):
        with telling(served.engine) as connection:
            taken = claim(connection, f"w{attempt}", served.clock(), served.clock())
        assert taken is not None
        served.clock.pass_by(seconds=MINUTE + 1)
    work_off(served)
    told = served.client.get(f"{URL}/{job.job_id}", headers=planner).json()
    assert (told["state"], told["attempts"]) == ("failed", 3)
    assert told["problem"]["type"] == "/problems/worker_lost"
    assert told["problem"]["detail"].startswith("Arbetet avbröts")


def test_a_kept_result_is_not_made_twice(
    served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker is gone after it kept the result and before it could end the job."""
    job = asked(served, planner, "match")
    with telling(served.engine) as connection:
        taken = claim(connection, "gone", served.clock(), served.clock())
    assert taken is not None
    with writing(served.engine) as connection:
        Progress(served.engine, taken[1], served.clock).keep(connection, {"run_id": 1})
    served.clock.pass_by(seconds=MINUTE + 1)
    do_instead(monkeypatch, seven)
    work_off(served)
    assert stored(served, job.job_id).result == {"run_id": 1}
    assert stored(served, job.job_id).state == JobState.DONE


def test_a_job_put_back_costs_no_attempt(served: Served, planner: Headers) -> None:
    job = asked(served, planner, "match")
    with telling(served.engine) as connection:
        taken = claim(connection, "leaving", served.clock(), served.clock())
        assert taken is not None
        assert put_back(connection, taken[1])
        assert not put_back(connection, taken[1])
    back = stored(served, job.job_id)
    assert (back.state, back.attempts) == (JobState.QUEUED, 0)


def test_a_waiting_job_is_stopped_at_once(served: Served, planner: Headers) -> None:
    job = asked(served, planner, "match")
    answer = served.client.delete(f"{URL}/{job.job_id}", headers=planner)
    assert (answer.status_code, answer.json()["state"]) == (202, "cancelled")
    assert work_off(served) == 0
    again = served.client.delete(f"{URL}/{job.job_id}", headers=planner)
    assert again.json()["version"] == answer.json()["version"]


def test_a_job_under_way_notices_and_keeps_what_it_has(
    served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped_on_the_way(_engine: Engine, job: Job, progress: Progress) -> dict[str, Any]:
        progress.say(1, 3)
        served.client.delete(f"{URL}/{job.job_id}", headers=planner)
        try:
            progress.say(3, 3)
        except Cancelled:
            raise Cancelled({"best": 1}) from None
        return {"best": 3}

    job = asked(served, planner, "match")
    do_instead(monkeypatch, stopped_on_the_way)
    work_off(served)
    told = served.client.get(f"{URL}/{job.job_id}", headers=planner).json()
    assert (told["state"], told["result"], told["stop_asked"]) == ("cancelled", {"best": 1}, True)


def test_an_unforeseen_fault_is_told_without_its_words(
    served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(_engine: Engine, _job: Job, _progress: Progress) -> dict[str, Any]:
        raise ZeroDivisionError("Anna Andersson 19810101-1234")

    job = asked(served, planner, "match")
    do_instead(monkeypatch, faulty)
    one = a_worker(served)
    one.work_once()
    english = {**planner, "Accept-Language": "en"}
    told = served.client.get(f"{URL}/{job.job_id}", headers=english).json()
    assert (told["state"], told["problem"]["status"]) == ("failed", 500)
    assert told["problem"]["detail"].startswith("Something went wrong")
    assert "Anna" not in str(told)


def test_another_persons_job_is_not_there(served: Served, planner: Headers) -> None:
    job = asked(served, planner, "match")
    other = served.as_(Role.PLANNER)
    for call, url in (
        (served.client.get, f"{URL}/{job.job_id}"),
        (served.client.get, f"{URL}/{job.job_id}/events"),
        (served.client.delete, f"{URL}/{job.job_id}"),
    ):
        hidden, absent = call(url, headers=other), call(f"{URL}/nothing", headers=other)
        assert (hidden.status_code, absent.status_code) == (404, 404)
        assert hidden.json()["detail"] == absent.json()["detail"]
    assert stored(served, job.job_id).stop_asked is False
    assert served.client.get(URL, headers=other).json()["items"] == []
    mine = served.client.get(URL, headers=planner).json()
    assert [line["job_id"] for line in mine["items"]] == [job.job_id]


def test_whoever_may_no_longer_ask_gets_nothing(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    name = served.add(Role.PLANNER)
    job = asked(served, served.sign_in(name), "match")
    with writing(served.engine) as connection:
        user = user_by(connection, username=name)
        assert user is not None
        change_user(connection, user.user_id, active=False)
    do_instead(monkeypatch, seven)
    work_off(served)
    ended = stored(served, job.job_id)
    assert (ended.state, ended.result) == (JobState.FAILED, None)
    assert ended.problem == {"status": 403, "key": "not_yours_to_do"}


def test_nobody_fills_the_queue_alone(served: Served, planner: Headers) -> None:
    for _ in range(MOST_AT_ONCE):
        asked(served, planner, "match")
    with pytest.raises(TooManyJobs):
        asked(served, planner, "match")
    asked(served, served.as_(Role.PLANNER), "match")


def test_a_job_that_takes_too_long_ends_as_failed_and_keeps_nothing(
    served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = []

    def endless(_engine: Engine, _job: Job, progress: Progress) -> dict[str, Any]:
        progress.when_stopped(lambda: ended.append("told"))
        progress.lost.wait(MINUTE)
        return {"answer": 7}

    do_instead(monkeypatch, endless)
    monkeypatch.setattr(worker, "LONGEST", 0.0)
    job = asked(served, planner, "match")
    a_worker(served, beat_seconds=0.01).work_once()
    shown = served.client.get(f"{URL}/{job.job_id}", headers=planner).json()
    assert (shown["state"], shown["result"]) == ("failed", None)
    assert stored(served, job.job_id).problem == {"status": 500, "key": "took_too_long"}
    assert ended == ["told"]


def test_who_has_changed_unit_has_nothing_done_for_the_old_one(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_instead(monkeypatch, seven)
    name = served.add(Role.CASEWORKER, "Bromma")
    job = asked(served, served.sign_in(name), "match")
    with writing(served.engine) as connection:
        user = user_by(connection, username=name)
        assert user is not None
        change_user(connection, user.user_id, unit="Kista")
    assert work_off(served) == 1
    assert stored(served, job.job_id).problem == {"status": 403, "key": "not_yours_to_do"}
