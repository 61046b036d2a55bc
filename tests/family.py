"""Processes that a process has started, and whether they are gone."""

import time
from pathlib import Path

PATIENCE = 90.0
"""Seconds in which a process has to be gone: one with little of a busy machine takes long to end."""


def children(of: int, named: str) -> list[int]:
    """The processes started by a process whose command line names something."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
                command = (entry / "cmdline").read_text()
            except OSError:
                continue
            if parent == str(of) and named in command:
                found.append(int(entry.name))
    return found


def gone(pid: int) -> bool:
    """Whether a process ends in time; one that has ended and that nobody has asked about counts as gone."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False
