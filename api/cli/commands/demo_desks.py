"""The demo served: its people let in, its plan published, and the first page opened."""

import os
import socket
from contextlib import closing

from api.cli.clock import now
from api.cli.commands.desks import PORT, serve_with_desks
from api.cli.voice import Voice
from api.configuration import read_settings
from api.desks import DeskUser
from api.server.logs import Log
from api.usecases.cities import open_city
from api.usecases.demo_people import demo_people, kept_in, publish_if_none
from api.usecases.matching import Finished
from models.database import default_url
from models.encryption import use_keys

HOST = "127.0.0.1"
"""The demo's people are one click away: it is served on this machine and nowhere else."""


def serve_demo(voice: Voice, db: str | None, finished: Finished, port: int | None) -> None:
    """Let the demo's people in, and serve until told to stop."""
    with voice.working("demo"), open_city(db) as engine:
        kept = demo_people(engine, finished.dataset.households, now())
        use_keys([key.encode() for key in kept.keys.split(",")])
        publish_if_none(engine, int(finished.answer["run"]["id"]), now())
        file = kept_in(engine)
    # Processes that do the demo's jobs read the same settings as a city's do.
    os.environ.update(
        HEMVIST_SECRET=kept.secret, HEMVIST_KEYS=kept.keys, HEMVIST_DB=db or default_url(), HEMVIST_HOST=HOST
    )
    settings = read_settings(port=_free_port(read_settings().port))
    users = [DeskUser(person.username, person.role, person.password) for person in kept.people]
    # On the terminal stands where the pages are; what the service says about its work is kept beside.
    with file.with_suffix(".log").open("a", encoding="utf-8") as log:
        serve_with_desks(voice, settings, port or PORT, Log(log), users)


def _free_port(wanted: int) -> int:
    """The port wanted, or another when it is taken: nobody types the address of the demo's API."""
    for port in (wanted, 0):
        with closing(socket.socket()) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((HOST, port))
            except OSError:
                continue
            return int(door.getsockname()[1])
    return wanted
