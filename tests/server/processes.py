"""`hemvist serve` in a process of its own, as a city runs it."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from tests.ports import free_port

START = [sys.executable, "-c", "from api.cli.main import main; main()", "serve"]
ROOT = Path(__file__).parents[2]
SECRET = "kJ8-wQ2_zR7mNf4TgY1uXp9LbVc3HdS6aE0oI5"
PATIENCE = 180
"""Seconds that anything may take: a machine with much to do is no fault of the service."""


@dataclass
class Process:
    """A service under way: where it answers, and what it has written so far."""

    port: int
    folder: Path
    running: subprocess.Popen[bytes]

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def answers(self) -> bool:
        try:
            return self.ask("GET", "/api/v1/health/ready")[0] == 200
        except OSError:
            return False

    def told_to_stop(self) -> None:
        self.running.send_signal(signal.SIGTERM)

    def ended(self) -> int:
        return self.running.wait(PATIENCE)

    def wrote(self) -> str:
        files = [self.folder / name for name in ("out", "err")]
        return "".join(file.read_text(encoding="utf-8") for file in files)


def environment(**more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HEMVIST")}
    keys = Fernet.generate_key().decode()
    given = {"PYTHONPATH": str(ROOT), "HEMVIST_SECRET": SECRET, "HEMVIST_KEYS": keys}
    given |= {"HEMVIST_WORKERS": "0", "HEMVIST_UPKEEP": "no"}
    return clean | given | more


@contextmanager
def serving(folder: Path, database: Path, *arguments: str, **more: str) -> Iterator[Process]:
    """The service over a database, until the end of the block."""
    port = free_port()
    command = [*START, "--port", str(port), "--db", str(database), *arguments]
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        running = subprocess.Popen(command, cwd=folder, env=environment(**more), stdout=out, stderr=err)
        process = Process(port, folder, running)
        try:
            give_up = time.monotonic() + PATIENCE
            while not process.answers():
                assert running.poll() is None, process.wrote()
                assert time.monotonic() < give_up, process.wrote()
                time.sleep(0.1)
            yield process
        finally:
            running.kill()
            running.wait()
