"""`hemvist demo --serve` in processes of its own, as the README starts it."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.family import children
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
START = [sys.executable, "-c", "from api.cli.main import main; main()", "demo", "--serve"]
PATIENCE = 300.0


@dataclass(frozen=True)
class Demo:
    """The demo under way: its pages' address, its folder, and the process."""

    address: str
    folder: Path
    running: subprocess.Popen[bytes]

    def children(self, of: str) -> list[int]:
        """The processes started by it whose command line names something."""
        return children(self.running.pid, of)


@contextmanager
def served_demo(folder: Path) -> Iterator[Demo]:
    """The demo city served, until the end of the block."""
    port = free_port()
    command = [*START, "--port", str(port), "--db", str(folder / "demo.sqlite"), "--moves", "4"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HEMVIST")}
    address = f"http://127.0.0.1:{port}"
    with (folder / "out").open("wb") as out:
        running = subprocess.Popen(
            command,
            cwd=folder,
            env=clean | {"PYTHONPATH": str(ROOT), "HEMVIST_PORT": str(free_port())},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            until = time.monotonic() + PATIENCE
            while f"{address}." not in (folder / "out").read_text(encoding="utf-8"):
                said = (folder / "out").read_text(encoding="utf-8")
                assert running.poll() is None, said
                assert time.monotonic() < until, said
                time.sleep(0.2)
            yield Demo(address, folder, running)
        finally:
            running.send_signal(signal.SIGTERM)
            try:
                running.wait(90)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


def answers(address: str) -> bool:
    """Whether pages are served at an address."""
    try:
        with urllib.request.urlopen(f"{address}/sign-in", timeout=30) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
