"""`hemvist demo --serve` in processes of its own, as the README starts it."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
START = [sys.executable, "-c", "from api.cli.main import main; main()", "demo", "--serve"]
PATIENCE = 120.0


@dataclass(frozen=True)
class Demo:
    """The demo under way: its pages' address, its folder, and the process."""

    address: str
    folder: Path
    running: subprocess.Popen[bytes]

    def children(self, of: str) -> list[int]:
        """The processes started by it whose command line names something."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
                    command = (entry / "cmdline").read_text()
                except OSError:
                    continue
                if parent == str(self.running.pid) and of in command:
                    found.append(int(entry.name))
        return found


def free_port() -> int:
    """A free port below those that systems give to connections: none takes it before the demo is built."""
    for port in random.SystemRandom().sample(range(20_000, 32_000), 100):
        with socket.socket() as door, suppress(OSError):
            door.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


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
                running.wait(30)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


def answers(address: str) -> bool:
    """Whether pages are served at an address."""
    try:
        with urllib.request.urlopen(f"{address}/sign-in", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
