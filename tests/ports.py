"""Ports for what the tests serve."""

import random
import socket
from contextlib import suppress


def free_port() -> int:
    """A free port below those that systems give to connections: none takes it before it is served at."""
    for port in random.SystemRandom().sample(range(12_000, 32_000), 100):
        with socket.socket() as door, suppress(OSError):
            door.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")
