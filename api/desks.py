"""The desks beside the API: a process of their own, started with it, started again when it ends.

Two processes rather than one: a solver that holds Python's lock does not make a page wait, a fault of one
leaves the other, and the desks can also run where only the API's address is known.
"""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from threading import Event, Thread

from api.server.logs import Log
from api.serving import bound

START = [sys.executable, "-m", "ui.serving"]
HEALTH = "/_stcore/health"
EVERYWHERE = ("0.0.0.0", "::", "")
LOOK_SECONDS = 0.2
AGAIN_SECONDS = 5.0
"""Desks that end are started again, but not at once: what ended them may still be so."""
GRACE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class DeskUser:
    """Somebody whom the first page offers at a click: only ever of the demo city."""

    username: str
    role: str
    password: str = field(repr=False)


@contextmanager
def desks(
    api: str, host: str, port: int, users: Sequence[DeskUser], ready: Callable[[str], None], log: Log
) -> Iterator[None]:
    """Serve the desks until the end of the block.

    Parameters
    ----------
    api
        Address of the API, as this machine reaches it.
    users
        The demo's people; none where real people sign in.
    ready
        Called with the address once the first page is there.

    Raises
    ------
    UserError
        When the port cannot be had.
    """
    bound(host, port).close()
    leaving = Event()
    watch = Thread(
        target=_keep, args=(api, host, port, users, ready, log, leaving), name="desks", daemon=True
    )
    watch.start()
    try:
        yield
    finally:
        leaving.set()
        watch.join()


def reachable(host: str, port: int) -> str:
    """Address of something on this machine, also where it listens everywhere."""
    name = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def _keep(
    api: str,
    host: str,
    port: int,
    users: Sequence[DeskUser],
    ready: Callable[[str], None],
    log: Log,
    leaving: Event,
) -> None:
    told, address = False, reachable(host, port)
    while not leaving.is_set():
        process = _started(api, host, port, users)
        while process.poll() is None and not leaving.wait(LOOK_SECONDS):
            if not told and _answers(address):
                told = True
                ready(address)
        if process.poll() is None:
            _stop(process)
        elif not leaving.is_set():
            log.say("warning", "desks ended", status=process.returncode)
            leaving.wait(AGAIN_SECONDS)


def _started(api: str, host: str, port: int, users: Sequence[DeskUser]) -> "subprocess.Popen[bytes]":
    command = [*START, "--api", api, "--host", host or "0.0.0.0", "--port", str(port), "--attached"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
    )
    # What opens accounts goes by a pipe: no list of processes shows it. Its end tells that we are gone.
    if process.stdin is not None:
        process.stdin.write(json.dumps([asdict(user) for user in users]).encode() + b"\n")
        process.stdin.flush()
    return process


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address + HEALTH, timeout=1.0) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        if process.stdin is not None:
            process.stdin.close()
