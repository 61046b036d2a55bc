"""`user add` and `audit verify`: the first administrator, and whether the record is whole."""

import io
import json
from pathlib import Path

import pytest
from sqlalchemy import text

from models.audit import START
from models.database import open_database, reading, writing
from models.store.access import user_by
from models.store.audit import entries

from .conftest import Command

PASSWORD = "en lång mening som lösenord"


def add(hemvist: Command, monkeypatch: pytest.MonkeyPatch, *options: str, password: str = PASSWORD):  # type: ignore[no-untyped-def]
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return hemvist("user", "add", *options)


def test_the_first_administrator(hemvist: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    db = str(tmp_path / "city.sqlite")
    said = add(hemvist, monkeypatch, "Anna.Berg", "--role", "admin", "--db", db)
    assert (said.status, said.out) == (0, "anna.berg är tillagd som administratör.\n")
    engine = open_database(db)
    with reading(engine) as connection:
        assert user_by(connection, username="anna.berg") is not None
    assert [(e.actor, e.action) for e in entries(engine)] == [("operator", "user.add")]
    engine.dispose()


@pytest.mark.parametrize(
    ("options", "password", "word"),
    [
        (("anna", "--role", "boss"), PASSWORD, "boss"),
        (("anna", "--role", "caseworker"), PASSWORD, "--unit"),
        (("anna", "--role", "admin"), "kort", "12 tecken"),
        ((" ", "--role", "admin"), PASSWORD, "användarnamn"),
    ],
)
def test_users_that_cannot_be(
    hemvist: Command,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    options: tuple[str, ...],
    password: str,
    word: str,
) -> None:
    db = str(tmp_path / "city.sqlite")
    said = add(hemvist, monkeypatch, *options, "--db", db, password=password)
    assert said.status == 2
    assert word in said.err
    assert password not in said.err or password == PASSWORD


def test_a_name_is_taken_once(hemvist: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    db = str(tmp_path / "city.sqlite")
    assert add(hemvist, monkeypatch, "anna", "--role", "admin", "--db", db).status == 0
    assert add(hemvist, monkeypatch, "ANNA", "--role", "admin", "--db", db).status == 2


def test_a_whole_record_and_its_head(
    hemvist: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    db = str(tmp_path / "city.sqlite")
    empty = json.loads(hemvist("audit", "verify", "--json", "-", "--db", db).out)
    assert empty == {"whole": True, "entries": 0, "head": START, "flaws": []}
    add(hemvist, monkeypatch, "anna", "--role", "admin", "--db", db)
    said = hemvist("audit", "verify", "--db", db, "--lang", "en")
    assert said.out.startswith("The record is whole: 1 entry.\nHead to note: 1:")


def test_a_cut_tail_shows_against_the_head(
    hemvist: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    db = str(tmp_path / "city.sqlite")
    add(hemvist, monkeypatch, "anna", "--role", "admin", "--db", db)
    add(hemvist, monkeypatch, "bo", "--role", "admin", "--db", db)
    told = json.loads(hemvist("audit", "verify", "--json", "-", "--db", db).out)
    engine = open_database(db)
    with writing(engine) as connection:
        connection.execute(text("DROP TRIGGER audit_only_grows_delete"))
        connection.execute(text("DELETE FROM audit WHERE number = 2"))
    engine.dispose()
    assert hemvist("audit", "verify", "--db", db).status == 0
    cut = hemvist("audit", "verify", "--db", db, "--head", f"2:{told['head']}")
    assert (cut.status, cut.err) == (2, "Post 2 saknas.\n")


def test_a_head_that_is_none(hemvist: Command, tmp_path: Path) -> None:
    for head in ("2", "x:" + "0" * 64, "2:abc"):
        said = hemvist("audit", "verify", "--head", head, "--db", str(tmp_path / "city.sqlite"))
        assert said.status == 2
