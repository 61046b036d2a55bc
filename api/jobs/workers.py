"""The workers of a service: started with it, started again when one ends, stopped with it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from api.server.logs import Log
from api.settings import Settings
from models.database import default_url

START = [sys.executable, "-m", "api.jobs.process"]
LOOK_SECONDS = 1.0
AGAIN_SECONDS = 5.0
"""A worker that ends is started again, but not at once: what ended it may still be so."""
MORE_SECONDS = 5.0
"""How much longer than its grace a worker may take to leave."""


@contextmanager
def workers(settings: Settings, log: Log) -> Iterator[None]:
    """As many workers as the settings say, until the end of the block."""
    leaving = Event()
    watches = [
        Thread(target=_keep_one, args=(settings, log, leaving), name=f"watch {number}", daemon=True)
        for number in range(settings.workers)
    ]
    for watch in watches:
        watch.start()
    try:
        yield
    finally:
        leaving.set()
        for watch in watches:
            watch.join()


def _keep_one(settings: Settings, log: Log, leaving: Event) -> None:
    around = {**os.environ, "HEMVIST_DB": settings.db or default_url()}
    while not leaving.is_set():
        process = subprocess.Popen([*START, str(os.getpid())], env=around, stdin=subprocess.DEVNULL)
        while process.poll() is None and not leaving.wait(LOOK_SECONDS):
            pass
        if process.poll() is None:
            _stop(process, settings.grace_seconds + MORE_SECONDS)
        else:
            log.say("warning", "worker ended", status=process.returncode)
            leaving.wait(AGAIN_SECONDS)


def _stop(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
