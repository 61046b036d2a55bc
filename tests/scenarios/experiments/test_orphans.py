"""Worker processes outlive nobody who asked them: a killed run leaves no process behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ASKING = """
import sys
from pathlib import Path
from scenarios.experiments.backends.processes import Processes
from tests.scenarios.experiments.test_run import run
from tests.scenarios.experiments.toy import toy_that_waits
run(6, Processes(2), toy_that_waits, flag=Path(sys.argv[1]))
"""
ROOT = Path(__file__).parents[3]


def comes_true(told: Callable[[], bool]) -> bool:
    """Whether something comes true within a minute."""
    for _ in range(600):
        if told():
            return True
        time.sleep(0.1)
    return False


def lives(process: int) -> bool:
    """Whether a process is there and has not ended."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")


@pytest.mark.slow
def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ASKING, str(tmp_path)], cwd=ROOT) as asking:
        started = comes_true(lambda: len(list(tmp_path.iterdir())) == 3)
        asking.send_signal(signal.SIGKILL)
    workers = {int(file.name) for file in tmp_path.iterdir()} - {asking.pid}
    try:
        assert started
        assert len(workers) == 2
        assert comes_true(lambda: not any(lives(worker) for worker in workers))
    finally:
        for worker in filter(lives, workers):
            os.kill(worker, signal.SIGKILL)
