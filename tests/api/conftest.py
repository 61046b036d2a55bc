"""The command line in this process and in its own, on a database that is fresh for each test."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.cli.main import run

DATA = Path(__file__).parents[1] / "data"
SMALL = str(DATA / "small-city")
DAY = ("--as-of", "2026-01-15")


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Said]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database file that is not there yet; Swedish and no debugging, whatever the machine says."""
    file = tmp_path / "city.sqlite"
    monkeypatch.setenv("HEMVIST_DB", str(file))
    monkeypatch.delenv("HEMVIST_LANG", raising=False)
    monkeypatch.delenv("HEMVIST_DEBUG", raising=False)
    return file


@pytest.fixture
def hemvist(database: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Carry out a command in this process."""

    def call(*arguments: str) -> Said:
        capsys.readouterr()
        status = run(arguments)
        out, err = capsys.readouterr()
        return Said(status, out, err)

    return call


@pytest.fixture(scope="session")
def small_city_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the small city, to copy from."""
    file = tmp_path_factory.mktemp("small") / "city.sqlite"
    assert run(["import", SMALL, *DAY, "--db", str(file)]) == 0
    return file


@pytest.fixture(scope="session")
def demo_city_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo city, to copy from."""
    file = tmp_path_factory.mktemp("demo") / "city.sqlite"
    assert run(["demo", "--no-serve", "--moves", "none", "--db", str(file)]) == 0
    return file


@pytest.fixture
def small_city(hemvist: Command, database: Path, small_city_file: Path) -> Command:
    """The command line on a database that holds the small city."""
    shutil.copyfile(small_city_file, database)
    return hemvist


@pytest.fixture
def demo_city(hemvist: Command, database: Path, demo_city_file: Path) -> Command:
    """The command line on a database that holds the demo city."""
    shutil.copyfile(demo_city_file, database)
    return hemvist


@pytest.fixture
def process(database: Path) -> Command:
    """Carry out a command in a process of its own, as a shell does."""

    def call(*arguments: str, **options: Any) -> Said:
        done = subprocess.run(
            [sys.executable, "-c", "from api.cli.main import main; main()", *arguments],
            capture_output="stdout" not in options,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            timeout=300,
            check=False,
            **options,
        )
        return Said(done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode())

    return call
