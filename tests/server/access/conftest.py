"""A provider in a process of its own, and a service whose city signs in with it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from tests.ports import free_port
from tests.server import oidc_provider
from tests.server.conftest import Clock, Served, settings
from tests.server.oidc_provider import CLIENT, SECRET
from tests.server.processes import PATIENCE
from tests.server.putting_together import put_together

from .city import City, Provider


@pytest.fixture(scope="module")
def process() -> Iterator[Provider]:
    port = free_port()
    running = subprocess.Popen([sys.executable, str(Path(oidc_provider.__file__)), str(port)])
    provider = Provider(port, running)
    try:
        give_up = time.monotonic() + PATIENCE
        while not answers(provider):
            assert running.poll() is None
            assert time.monotonic() < give_up
            time.sleep(0.05)
        yield provider
    finally:
        running.kill()
        running.wait()


def answers(provider: Provider) -> bool:
    try:
        provider.asked()
    except httpx2.HTTPError:
        return False
    return True


@pytest.fixture
def city(engine: Engine, process: Provider) -> Iterator[City]:
    clock = Clock()
    process.told(clock)
    chosen = settings(oidc_issuer=process.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET)
    with TestClient(
        put_together(engine, chosen, clock), raise_server_exceptions=False, base_url="http://127.0.0.1:8600"
    ) as client:
        yield City(Served(engine, chosen, clock, client), process)
