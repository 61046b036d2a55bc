"""Serving the desks with the API: what `demo` and `serve --desks` do alike."""

import os
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import suppress

from api.cli.clock import now
from api.cli.voice import Voice
from api.desks import DeskUser, desks, reachable
from api.server.logs import Log
from api.serving import serve
from api.settings import Settings

PORT = 8601
"""Where the desks are unless told otherwise: beside the API."""


def serve_with_desks(
    voice: Voice, settings: Settings, port: int, log: Log, users: Sequence[DeskUser] = ()
) -> None:
    """Serve the API and the desks until told to stop; the address is said once the first page is there."""
    page = voice.page()

    def say(key: str, address: str) -> None:
        page.line(voice.texts(key, address=address))
        # Whoever waits for the line on a pipe shall not wait for the end.
        sys.stdout.flush()

    def desks_ready(address: str) -> None:
        say("serve.desks", address)
        if users and has_screen():
            with suppress(webbrowser.Error):
                webbrowser.open(address)

    # What the desks say about whose request it is, is believed: tries to sign in are counted for each.
    trusted = ",".join(filter(None, (settings.proxies, "127.0.0.1,::1")))
    settings = settings.model_copy(update={"proxies": trusted})
    api = reachable(settings.host, settings.port)
    with desks(api, settings.host, port, users, desks_ready, log):
        serve(settings, now, lambda address: None if users else say("serve.ready", address), log)


def has_screen() -> bool:
    """Whether there is somebody in front of a screen on which a browser can open."""
    if not sys.stdout.isatty():
        return False
    return sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
