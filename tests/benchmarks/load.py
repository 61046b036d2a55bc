"""Fifty coordinators at work for a minute on the demo city: `uv run python -m tests.benchmarks.load`.

A city on PostgreSQL (or SQLite: `--db sqlite`), every case shared with the coordinators and a plan published;
`hemvist serve` in a process of its own; and people, each with a connection and a session of their own. Each
asks, waits for the answer, thinks (by chance between 0.3 and 1.7 times `--pause`, by default a second), and
asks again: fifty people ask up to fifty times a second. People at a desk ask in bursts, a page at a time, and
then read for longer than a second: this is busier than fifty desks are.

What they ask is drawn from `MIX` (`coordinators.py`): six of seven read, one of seven decides (puts an offer,
takes down a yes or a no). Every case, offer or list that holds cases is recorded as it is read, as always.

Prints the times of reads and decisions, requests a second, faults, what of the processors the service and the
database took, and the machine's load: it should be below the number of processors, or the times tell of what
else the machine was doing.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from threading import Thread

from cryptography.fernet import Fernet

from models.encryption import use_keys
from tests.benchmarks.coordinators import MIX, Coordinator, Told
from tests.benchmarks.served_city import database, fill, profiled, tokens_of, used_by, wait_for
from tests.ports import free_port
from tests.server.processes import environment


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
