"""Plans made as a person makes them: asked for over the web, done by a worker."""

from typing import Any

from tests.server.conftest import Served
from tests.server.jobs.working import work_off

URL = "/api/v1/plans"
Headers = dict[str, str]


def plan_job(served: Served, headers: Headers, **asked: Any) -> dict[str, Any]:
    """The job of a plan, once it has ended."""
    answer = served.client.post(URL, json=asked, headers=headers)
    assert answer.status_code == 202, answer.text
    place = answer.headers["location"]
    assert place == f"/api/v1/jobs/{answer.json()['job_id']}"
    work_off(served)
    ended: dict[str, Any] = served.client.get(place, headers=headers).json()
    return ended


def made(served: Served, headers: Headers, **asked: Any) -> int:
    """Id of a plan that was made."""
    job = plan_job(served, headers, **asked)
    assert job["state"] == "done", job
    return int(job["result"]["run_id"])


def got(served: Served, headers: Headers, path: str, **query: Any) -> Any:
    answer = served.client.get(f"{URL}{path}", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def all_chains(served: Served, headers: Headers, run_id: int) -> list[dict[str, Any]]:
    chains: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = got(served, headers, f"/{run_id}/proposals", **query)
        chains += page["items"]
        cursor = page["next"]
        if cursor is None:
            assert page["total"] == len(chains)
            return chains
