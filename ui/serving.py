"""The desks as a process: `python -m ui.serving --api http://127.0.0.1:8600`, as `hemvist` starts it.

They speak HTTP to the API and hold no data: a process of their own, so that neither waits for the other, and
either can be started again alone.
"""

import argparse
import gc
import json
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

from ui.here import DemoUser, Here, connections, open_here
from ui.theme import OPTIONS

SCRIPT = Path(__file__).with_name("desks.py")


def app_of(here: Here) -> Any:
    """The desks over an API, as an ASGI application."""
    import streamlit as st
    from starlette.middleware import Middleware

    from ui.door.guard import Guard
    from ui.door.routes import ROUTES
    from ui.frame.crashes import tell_of_a_fault
    from ui.frame.navigation import views

    open_here(here)
    guard = Middleware(Guard, pages=frozenset(view.key for view in views()))
    return st.App(SCRIPT, routes=list(ROUTES), middleware=[guard], on_script_error=tell_of_a_fault)


def serve(api: str, host: str, port: int, demo: tuple[DemoUser, ...] = ()) -> None:
    """Serve the desks until told to stop.

    Parameters
    ----------
    api
        Address of the API.
    demo
        The demo's people, each one click away.
    """
    app = app_of(Here(connections(api), demo=demo))
    Thread(target=warm_up, name="warm-up", daemon=True).start()
    app.run(config=dict(OPTIONS) | {"server.address": host, "server.port": port})


def warm_up() -> None:
    """Read what the first to look at a chart would wait for; what is read by then stays for good.

    So no collection of what is thrown away looks through the libraries again.
    """
    import_module("altair")
    gc.collect()
    gc.freeze()


def read_people(text: str) -> tuple[DemoUser, ...]:
    """The demo's people from a line of JSON; none from a blank."""
    return tuple(DemoUser(**person) for person in json.loads(text)) if text.strip() else ()


def end_with_input() -> None:
    """Stop once standard input ends: whoever started the desks is gone then."""

    def wait() -> None:
        while sys.stdin.buffer.read(1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=wait, name="input", daemon=True).start()


def main() -> None:
    """Read where to serve, and serve.

    Attached desks are told of the demo's people by the first line of standard input, so that no list of
    processes shows their passwords, and end with it.
    """
    parser = argparse.ArgumentParser(prog="python -m ui.serving")
    parser.add_argument("--api", required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8601)
    parser.add_argument("--attached", action="store_true")
    told = parser.parse_args()
    people = read_people(sys.stdin.buffer.readline().decode()) if told.attached else ()
    if told.attached:
        end_with_input()
    sys.argv = sys.argv[:1]
    serve(told.api, told.host, told.port, people)


if __name__ == "__main__":
    main()
