"""A worker as a process: it leaves when told to, or when the service that started it is gone."""

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from api.jobs.daily import Daily
from api.jobs.worker import Worker
from api.server.logs import Log, take_over
from api.settings import Settings
from models.database import default_url, open_database
from models.encryption import use_keys
from models.store.jobs import put_back, telling

STOPPING = (signal.SIGTERM, signal.SIGINT)
WATCH_SECONDS = 0.5
PATIENCE = 60.0
"""Seconds that a worker waits for others who write; a large import takes some."""


def work(
    settings: Settings,
    clock: Callable[[], datetime],
    ready: Callable[[], None] | None = None,
    parent: int | None = None,
) -> None:
    """Do jobs until told to leave; what cannot be ended in time is put back for another worker.

    Parameters
    ----------
    ready
        Called once jobs are taken up.
    parent
        The process that started this one: when it is gone, the worker leaves.

    Raises
    ------
    DatabaseProblem
        When the database cannot be opened.
    """
    log = Log()
    take_over(log)
    use_keys(settings.key_list)
    leaving = Event()
    for told in STOPPING:
        signal.signal(told, lambda _signal, _frame: leaving.set())
    engine = open_database(settings.db or default_url(), PATIENCE)
    worker = Worker(engine, clock, log, daily=Daily(engine, clock) if settings.upkeep else None)
    # An engine deep in a search hears no signal: it works in a thread, and this one listens.
    thread = Thread(target=worker.work_until, args=(leaving,), name="worker", daemon=True)
    thread.start()
    if ready is not None:
        ready()
    while thread.is_alive() and not leaving.wait(WATCH_SECONDS):
        if parent is not None and os.getppid() != parent:
            leaving.set()
    thread.join(settings.grace_seconds)
    held = worker.held
    if thread.is_alive() and held is not None:
        with telling(engine) as connection:
            put_back(connection, held)
        log.say("info", "job", id=held.job_id, outcome="put back")
        sys.stderr.flush()
        os._exit(0)
    engine.dispose()


def main() -> None:
    """A worker of `hemvist serve`; the only argument is the service's process."""
    from api.cli.clock import now
    from api.configuration import read_settings

    work(read_settings(), now, parent=int(sys.argv[1]))


if __name__ == "__main__":
    main()
