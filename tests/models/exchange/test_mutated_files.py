"""Thousands of harmed and harmful files: each refused in words, nothing written, within bounds."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
FEW, MANY = 60, 2000
MEMORY = 1024**3


def fuzzed(place: Path, files: int, seed: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.models.exchange.fuzz", str(place), str(files), str(seed)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    assert b"Traceback" not in done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def held_to_account(found: dict[str, Any], files: int) -> None:
    assert found["wrong"] == []
    assert sum(found["became"].values()) == files
    assert found["memory"] < MEMORY
    assert sum(n for how, n in found["became"].items() if how.endswith("refused")) > files / 2


def test_some_mutated_files(tmp_path: Path) -> None:
    held_to_account(fuzzed(tmp_path, FEW, 1), FEW)


@pytest.mark.slow
def test_two_thousand_mutated_files(tmp_path: Path) -> None:
    found = fuzzed(tmp_path, MANY, 2)
    held_to_account(found, MANY)
    assert {how.split()[0] for how in found["became"]} >= {"bomb", "claims", "nested", "far_away", "entities"}
