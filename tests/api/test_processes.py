"""The command line as a shell meets it: streams, closed pipes, full disks, letters, a real terminal."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import DATA, DAY, SMALL, Command

START = [sys.executable, "-c", "from api.cli.main import main; main()"]


def test_import_match_and_explain(process: Command) -> None:
    assert process("import", SMALL, *DAY).status == 0
    match = process("match", *DAY, "--json", "-")
    assert (match.status, match.err) == (0, "")
    household = match.data["proposals"][0]["household"]
    explained = process("explain", household, *DAY, "--json", "-", "--lang", "en")
    assert explained.data["proposal"] == match.data["proposals"][0]["pool"]


def test_a_refused_import(process: Command) -> None:
    said = process("import", str(DATA / "small-city-faulty"), *DAY)
    assert (said.status, said.out) == (2, "")
    assert "Traceback" not in said.err


def test_what_was_set_aside_is_met_again_by_another_process(process: Command) -> None:
    faulty = str(DATA / "small-city-faulty")
    first = process("import", faulty, *DAY, "--quarantine", "--json", "-")
    again = process("import", faulty, *DAY, "--quarantine", "--json", "-")
    assert (first.status, again.status, again.err) == (0, 0, "")
    assert again.data["quarantined"] == first.data["quarantined"]
    assert (again.data["inserted"], again.data["updated"]) == (0, 0)
    assert "Har kommit rätt" in process("import", SMALL, *DAY).out


def test_a_mistake(process: Command) -> None:
    said = process("match", "--as-of", "i dag")
    assert (said.status, said.out) == (2, "")
    assert said.err.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no full device")
def test_a_full_disk(process: Command) -> None:
    with Path("/dev/full").open("wb") as full:
        said = process("--help", stdout=full, stderr=subprocess.PIPE)
    assert said.status == 1
    assert said.err == "Disken är full, så svaret kunde inte skrivas: frigör utrymme och försök igen.\n"


def test_whoever_reads_may_stop(database: Path) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "wb") as pipe:
        done = subprocess.run(
            [*START, "--help"], stdout=pipe, stderr=subprocess.PIPE, timeout=300, check=False
        )
    assert done.stderr == b""
    assert done.returncode == 141


def test_a_terminal_that_knows_few_letters(database: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*START, "--help"], capture_output=True, env=env, timeout=300, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith(b"Anv")


def test_on_a_terminal_there_are_tables(small_city: Command) -> None:
    leader, follower = pty.openpty()
    env = {**os.environ, "COLUMNS": "120", "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
    running = subprocess.Popen([*START, "match", *DAY], stdout=follower, stderr=follower, env=env)
    os.close(follower)
    shown = read_all(leader)
    assert running.wait(timeout=300) == 0
    assert "\x1b[" in shown
    assert "Matchning 15 januari 2026" in shown


def read_all(leader: int) -> str:
    parts = []
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:
            # Linux answers so once the other end of a terminal is closed.
            break
        if not part:
            break
        parts.append(part)
    os.close(leader)
    return b"".join(parts).decode("utf-8", errors="replace")
