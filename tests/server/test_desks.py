"""The demo and its desks as processes: who may come in, what is kept, and how they end."""

import json
import signal
import sqlite3
import stat
from pathlib import Path

import pytest

from models.access import Role
from tests.browser.served_demo import answers, served_demo
from tests.family import gone

pytestmark = pytest.mark.slow


def test_the_demo_lets_one_of_each_role_in_and_keeps_what_is_decided(tmp_path: Path) -> None:
    with served_demo(tmp_path) as demo:
        assert answers(demo.address)
        kept = tmp_path / "demo.sqlite.demo.json"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        people = json.loads(kept.read_text(encoding="utf-8"))["people"]
        assert {person["role"] for person in people} == set(Role)
        said = (tmp_path / "out").read_text(encoding="utf-8")
        assert not any(person["password"] in said for person in people)
        (desks,) = demo.children("ui.serving")
        command = Path(f"/proc/{desks}/cmdline").read_text()
        assert not any(person["password"] in command for person in people)
    assert gone(desks)
    assert not answers(demo.address)
    with sqlite3.connect(tmp_path / "demo.sqlite") as database:
        before = database.execute("select offer_id, state from offer order by offer_id").fetchall()
    with served_demo(tmp_path) as demo:
        assert json.loads(kept.read_text(encoding="utf-8"))["people"] == people
    with sqlite3.connect(tmp_path / "demo.sqlite") as database:
        assert database.execute("select offer_id, state from offer order by offer_id").fetchall() == before
    assert before


def test_desks_end_when_whoever_started_them_is_killed(tmp_path: Path) -> None:
    with served_demo(tmp_path) as demo:
        (desks,) = demo.children("ui.serving")
        demo.running.send_signal(signal.SIGKILL)
        demo.running.wait()
        assert gone(desks)
