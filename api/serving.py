"""The web API as a process: bound to its port, warm before it answers, stopped without dropping anything."""

import gc
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from types import FrameType

import uvicorn
from fastapi import FastAPI

from api.jobs.workers import workers
from api.server.app import build_server
from api.server.logs import Log, take_over
from api.settings import Settings
from api.usecases.problems import UserError
from models.database import default_url, open_database

WAITING = 2048
"""Connections that the system holds until they are taken."""

SHORT_TURN = 0.001
"""Seconds that a thread computes while others wait: most wait only to hand an answer on."""

SWEPT_AFTER = (20_000, 50, 100)
"""New objects before the young are swept; sweeps of the young before the older are, and so on."""

STOPPING = (signal.SIGTERM, signal.SIGINT)


def serve(
    settings: Settings, clock: Callable[[], datetime], ready: Callable[[str], None], log: Log | None = None
) -> None:
    """Serve until told to stop; requests under way are ended, then the database is closed.

    Parameters
    ----------
    ready
        Called with the address once requests are answered.

    Raises
    ------
    UserError
        When the port cannot be had.
    DatabaseProblem
        When the database cannot be opened.
    """
    written = log or Log()
    with closing(bound(settings.host, settings.port)) as door:
        engine = open_database(settings.db or default_url())
        try:
            app = build_server(engine, settings, clock, written)
            # The first to ask shall not wait for the libraries and the policy to be read.
            app.state.service.city()
            take_over(written)
            _settle()
            _stay_alive_when_told_to_stop()
            with workers(settings, written):
                Server(app, settings, written, ready).run([door])
        finally:
            engine.dispose()
    written.say("info", "stopped")


class Server(uvicorn.Server):
    """The server, which says when it is ready and when it is closing."""

    def __init__(self, app: FastAPI, settings: Settings, log: Log, ready: Callable[[str], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                # Its lines would hold paths and queries; ours hold templates.
                access_log=False,
                server_header=False,
                ws="none",
                proxy_headers=bool(settings.proxies),
                forwarded_allow_ips=settings.proxies,
                timeout_graceful_shutdown=settings.grace_seconds,
                backlog=WAITING,
            )
        )
        self.app = app
        self.address = f"http://{_in_address(settings.host)}:{settings.port}"
        self.log = log
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take requests, and say so."""
        await super().startup(sockets)
        if self.started:
            self.log.say("info", "serving", address=self.address)
            self.ready(self.address)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop; a second time, stop at once."""
        self.app.state.closing = True
        super().handle_exit(sig, frame)


def bound(host: str, port: int) -> socket.socket:
    """A socket that holds the port, and does not answer yet.

    Raises
    ------
    UserError
        When the port is taken or the address is not this machine's.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        door = socket.socket(family, kind, protocol)
    except OSError:
        raise UserError("bad_host", host=host) from None
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
    except OSError as error:
        door.close()
        raise UserError("port_taken", address=f"{host}:{port}", problem=str(error.strerror)) from None
    return door


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _settle() -> None:
    """Let many be answered at once: short turns, and no sweep through what stays while the service runs."""
    sys.setswitchinterval(SHORT_TURN)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SWEPT_AFTER)


def _stay_alive_when_told_to_stop() -> None:
    # The server sends the signal on once it has stopped: the process would end before it has cleaned up.
    for told in STOPPING:
        signal.signal(told, lambda _signal, _frame: None)
