"""kill -9 at random moments: the record verifies, everything holds, what was confirmed is there."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models.database import open_database
from models.exchange import import_folder
from tests.kills import holding
from tests.kills.deeds import AS_OF, SMALL_CITY, months
from tests.server.conftest import new_postgres

ROOT = Path(__file__).parents[2]
FEW, MANY = 8, 100

__all__ = ["new_postgres"]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The small city in a database of each kind."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'city.sqlite'}"
    else:
        new_database: Callable[[], str] = request.getfixturevalue("new_postgres")
        address = new_database()
    engine = open_database(address)
    import shutil

    folder = Path(shutil.copytree(SMALL_CITY, tmp_path / "first"))
    months(folder / "households.csv", 0)
    assert not import_folder(engine, folder, AS_OF).faults
    assert holding.faults(engine) == []
    engine.dispose()
    return address


def kill(url: str, folder: Path, moments: int, seed: int) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.kills.nursery", url, str(folder), str(moments), str(seed)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_handful_of_kills(url: str, tmp_path: Path) -> None:
    lives = kill(url, tmp_path, FEW, 1)
    assert [life for life in lives if life["wrong"]] == []
    assert len(lives) == FEW


@pytest.mark.slow
def test_a_hundred_kills(url: str, tmp_path: Path) -> None:
    lives = kill(url, tmp_path, MANY, 2)
    assert [life for life in lives if life["wrong"]] == []
    assert len(lives) == MANY
    for kind in ("decisions", "import", "snapshots"):
        assert sum(int(str(life["said"])) for life in lives if life["kind"] == kind) > 0, kind
