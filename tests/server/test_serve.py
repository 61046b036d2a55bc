"""The service as a process: what it needs to start, when it answers, and how it stops."""

import json
import socket
import subprocess
import time
from pathlib import Path

import pytest

from models.database import open_database
from models.exchange import import_folder
from tests.server.conftest import AS_OF, SMALL_CITY
from tests.server.processes import PATIENCE, START, environment, serving


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "city.sqlite"
    engine = open_database(str(file))
    assert not import_folder(engine, SMALL_CITY, AS_OF).faults
    engine.dispose()
    return file


def test_a_request_under_way_is_ended_before_the_service_stops(tmp_path: Path, database: Path) -> None:
    with serving(tmp_path, database) as process:
        body = json.dumps({"username": "ingen", "password": "fel lösenord som är långt"}).encode()
        head = "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        told = f"{head}Expect: 100-continue\r\nContent-Length: {len(body)}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", process.port), PATIENCE) as connection:
            connection.sendall(told.encode())
            # It is under way once the service waits for the body.
            assert connection.recv(100).startswith(b"HTTP/1.1 100 ")
            connection.sendall(body[:10])
            process.told_to_stop()
            give_up = time.monotonic() + PATIENCE
            while process.answers():
                assert time.monotonic() < give_up
                time.sleep(0.05)
            assert process.running.poll() is None
            connection.sendall(body[10:])
            assert connection.recv(100).startswith(b"HTTP/1.1 401 ")
        assert process.ended() == 0
        events = [json.loads(line)["event"] for line in (tmp_path / "err").read_text().splitlines()]
        assert events[0] == "serving"
        assert events[-1] == "stopped"
        assert set(events) == {"serving", "request", "stopped"}
        assert f":{process.port}/api/v1/docs" in (tmp_path / "out").read_text()
    # The database was closed: nothing is left beside it.
    assert sorted(file.name for file in tmp_path.iterdir()) == ["city.sqlite", "err", "out"]


def refused(folder: Path, *arguments: str, **environment_: str) -> list[str]:
    done = subprocess.run(
        [*START, *arguments],
        cwd=folder,
        env=environment(**environment_),
        capture_output=True,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    return done.stderr.decode().splitlines()


def test_without_secrets_it_does_not_start(tmp_path: Path) -> None:
    said = refused(tmp_path, HEMVIST_SECRET="", HEMVIST_KEYS="abc")
    assert [line.split()[0] for line in said] == ["HEMVIST_SECRET", "HEMVIST_KEYS"]
    assert all("python -c" in line for line in said)
    assert not any("abc" in line for line in said)


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = str(door.getsockname()[1])
        said = refused(tmp_path, "--port", port, "--db", str(tmp_path / "a.sqlite"))
    assert len(said) == 1
    assert port in said[0]
    # The port is looked at before the database is made.
    assert not (tmp_path / "a.sqlite").exists()
