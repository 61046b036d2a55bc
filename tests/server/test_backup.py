"""Backups: whole while somebody writes, put back into either database, refused if anything is amiss."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest
from sqlalchemy import Engine, text

from api.access.actor import Actor
from api.usecases import backups
from api.usecases.backups import LIST, Kept, back_up, restore
from api.usecases.matching import run_match
from api.usecases.offers.answering import Acceptance, accept
from api.usecases.offers.publishing import draft, publish
from api.usecases.offers.putting import put
from api.usecases.problems import UserError
from api.usecases.work import working_for
from models.access import Role
from models.database import open_as_it_is, open_database, reading, writing
from models.offers import OfferState
from models.schema import migrate, revision_of, revisions
from models.store import list_runs
from models.store.archive import Content, Sheet, lines, sheets
from models.store.audit import entries, flaws
from models.store.offers import decisions_on, offers
from models.store.revision import revision_in, touch
from tests.server.conftest import AS_OF, Served, share_with_the_city

NOW = datetime(2026, 1, 15, 8, 0, tzinfo=UTC)
SOMEBODY = Actor("u-1", Role.COORDINATOR, None, "-")
ASSESSMENT = "Passar bra, nära skolan."


@pytest.fixture
def filled(served: Served) -> Engine:
    """A city at work: a published plan, an accepted offer with an encrypted text, people with sessions."""
    served.as_(Role.MANAGER)
    share_with_the_city(served.engine)
    run_id = run_match(served.engine, AS_OF, "none", None, NOW).answer["run"]["id"]
    with working_for(served.engine, SOMEBODY, NOW) as work:
        draft(work, run_id)
        publish(work, run_id)
        first = put(work, offers(work.connection, [OfferState.PROPOSED])[0], None)
        said = Acceptance(ASSESSMENT, "Skolan.", "Vill.", None)
        accept(work, first, said, False, None)
    return served.engine


@pytest.fixture(params=["sqlite", "postgres"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "restored.sqlite")
    new_database: Callable[[], str] = request.getfixturevalue("new_postgres")
    return new_database()


def contents(engine: Engine) -> dict[str, tuple[int, str]]:
    found = {}
    with reading(engine) as connection:
        for sheet in sheets():
            content = Content()
            for line in lines(connection, sheet):
                content.add(line)
            found[sheet.name] = (content.rows, content.checksum)
    return found


def test_everything_comes_back_in_either_kind_of_database(
    filled: Engine, elsewhere: str, tmp_path: Path
) -> None:
    file = tmp_path / "copy.zip"
    made = back_up(filled, file, NOW)
    before = contents(filled)
    assert {table.name: (table.rows, table.checksum) for table in made.tables} == before
    assert file.stat().st_mode & 0o777 == 0o600
    restore(elsewhere, file, NOW)
    engine = open_database(elsewhere)
    try:
        after = contents(engine)
        assert {name for name in before if before[name] != after[name]} == {"audit"}
        assert flaws(engine, made.record) == []
        acts = [entry.action for entry in entries(engine)]
        assert acts[-2:] == ["backup.made", "backup.restored"]
        with reading(engine) as connection:
            (accepted,) = offers(connection, [OfferState.ACCEPTED])
            assert ASSESSMENT in {one.assessment for one in decisions_on(connection, accepted.offer_id)}
        # New rows are numbered after those that came back.
        latest = max(run.id or 0 for run in list_runs(engine))
        assert run_match(engine, AS_OF, "none", None, NOW).answer["run"]["id"] > latest
    finally:
        engine.dispose()


def test_texts_are_closed_and_no_key_lies_in_the_file(filled: Engine, tmp_path: Path) -> None:
    file = tmp_path / "copy.zip"
    back_up(filled, file, NOW)
    with zipfile.ZipFile(file) as archive:
        decided = archive.read("tables/decision.jsonl").decode()
    assert ASSESSMENT not in decided
    assert "gAAAA" in decided


def test_a_backup_sees_one_state_while_somebody_writes(filled: Engine, tmp_path: Path) -> None:
    """Every write adds one entry to the record and one to the revision: a copy between them would tell."""
    done, written, most = Event(), [], 0

    def write() -> None:
        while not done.is_set():
            if len(written) >= most:
                # Who writes faster than a busy machine copies makes every copy longer than the one before.
                sleep(0.01)
                continue
            with working_for(filled, SOMEBODY, NOW) as work:
                work.record("test.write")
                touch(work.connection)
            written.append(1)

    with reading(filled) as connection:
        start = revision_in(connection)
    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(4):
            before = len(written)
            most = before + 200
            while len(written) < before + 3:
                assert writer.is_alive()
                sleep(0.01)
            file = tmp_path / f"{number}.zip"
            back_up(filled, file, NOW)
            with zipfile.ZipFile(file) as archive:
                record = [json.loads(line) for line in archive.open("tables/audit.jsonl")]
                settings = dict(json.loads(line) for line in archive.open("tables/setting.jsonl"))
                listed = json.loads(archive.read(LIST))
            writes = sum("test.write" in entry for entry in record)
            assert int(settings["revision"]) - start == writes >= before
            assert listed["record"][0] == len(record)
    finally:
        done.set()
        writer.join()
    target = str(tmp_path / "restored.sqlite")
    restore(target, file, NOW)


def refused(url: str, file: Path) -> str:
    with pytest.raises(UserError) as refusal:
        restore(url, file, NOW)
    return refusal.value.key


@pytest.fixture
def copy(filled: Engine, tmp_path: Path) -> Path:
    file = tmp_path / "copy.zip"
    back_up(filled, file, NOW)
    return file


def changed(copy: Path, member: str, change: Callable[[bytes], bytes | None]) -> Path:
    """The same file with one member changed, or without it."""
    other = copy.with_name("changed.zip")
    with zipfile.ZipFile(copy) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = change(old.read(name)) if name == member else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return other


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_only_an_empty_database_takes_a_backup(filled: Engine, copy: Path, tmp_path: Path) -> None:
    before = contents(filled)
    assert refused(filled.url.render_as_string(hide_password=False), copy) == "database_not_empty"
    assert contents(filled) == before
    strange = open_as_it_is(str(tmp_path / "strange.sqlite"))
    with writing(strange) as connection:
        connection.execute(text("CREATE TABLE guest (name TEXT)"))
    strange.dispose()
    assert refused(str(tmp_path / "strange.sqlite"), copy) == "database_not_empty"
    # One that has its tables and nothing in them is empty.
    open_database(str(tmp_path / "fresh.sqlite")).dispose()
    restore(str(tmp_path / "fresh.sqlite"), copy, NOW)
    assert refused(str(tmp_path / "fresh.sqlite"), copy) == "database_not_empty"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_damaged_backup_is_refused_before_anything_is_made(copy: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.sqlite"
    whole = copy.read_bytes()
    for at in (len(whole) // 3, len(whole) // 2):
        copy.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
        assert refused(str(target), copy) in ("backup_damaged", "not_a_backup")
    copy.write_bytes(whole[: len(whole) // 2])
    assert refused(str(target), copy) == "not_a_backup"
    copy.write_bytes(whole)
    household = "tables/household.jsonl"
    for change in (
        lambda content: content.replace(b"H0", b"H9", 1),
        lambda content: content[content.index(b"\n") + 1 :],
        lambda content: None,
    ):
        assert refused(str(target), changed(copy, household, change)) == "backup_damaged"
    assert refused(str(target), changed(copy, LIST, lambda content: b"{}")) == "not_a_backup"
    assert refused(str(target), tmp_path / "nothing.zip") == "no_file"
    assert not target.exists()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_backup_of_a_newer_version_is_refused(copy: Path, tmp_path: Path) -> None:
    for name, value in (("revision", "9999"), ("format", 2)):
        other = changed(
            copy,
            LIST,
            lambda content: json.dumps(json.loads(content) | {name: value}).encode(),  # noqa: B023
        )
        assert refused(str(tmp_path / "new.sqlite"), other) == "backup_newer"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_changed_record_is_found_though_its_checksum_was_mended(
    copy: Path, elsewhere: str, tmp_path: Path
) -> None:
    member = "tables/audit.jsonl"

    def forged(content: bytes) -> bytes:
        return content.replace(b'"offer.accepted"', b'"offer.declined"', 1)

    other = changed(copy, member, forged)
    with zipfile.ZipFile(other) as archive:
        content = Content()
        for line in archive.open(member):
            content.add(line)

    def mended(listed: bytes) -> bytes:
        tree = json.loads(listed)
        for table in tree["tables"]:
            if table["name"] == "audit":
                table["checksum"] = content.checksum
        return json.dumps(tree).encode()

    forgery = changed(other.rename(tmp_path / "forged.zip"), LIST, mended)
    assert refused(elsewhere, forgery) == "record_flawed"
    # Nothing of it stayed: the true one goes in.
    restore(elsewhere, copy, NOW)


def test_a_record_cut_short_is_found(filled: Engine, tmp_path: Path) -> None:
    copy = tmp_path / "copy.zip"
    back_up(filled, copy, NOW)
    other = changed(
        copy,
        LIST,
        lambda listed: json.dumps(json.loads(listed) | {"record": [999, "0" * 64]}).encode(),
    )
    assert refused(str(tmp_path / "new.sqlite"), other) == "record_flawed"


def test_a_backup_of_an_older_version_is_brought_up_to_date(
    elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = open_as_it_is(str(tmp_path / "older.sqlite"))
    with writing(older) as connection:
        migrate(connection, "0003")
        connection.execute(text("INSERT INTO setting (key, value) VALUES ('city', 'Gamla stan')"))
    of_then = tuple(sheet for sheet in sheets() if sheet.name in ("setting", "audit", "user_account"))
    monkeypatch.setattr(backups, "sheets", lambda: of_then)
    made = back_up(older, tmp_path / "older.zip", NOW)
    older.dispose()
    monkeypatch.undo()
    assert made.revision == "0003"
    restore(elsewhere, tmp_path / "older.zip", NOW)
    engine = open_as_it_is(elsewhere)
    with reading(engine) as connection:
        assert revision_of(connection) == revisions()[-1]
        assert connection.execute(text("SELECT value FROM setting")).scalar() == "Gamla stan"
    engine.dispose()


def test_every_column_of_every_table_has_a_kind() -> None:
    assert {sheet.name for sheet in sheets()} >= {"household", "audit", "offer", "decision", "run"}
    assert all(sheet.columns for sheet in sheets())
    assert Kept("a", (("b", "text"),), 0, "0").sheet == Sheet("a", (("b", "text"),))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_file_that_is_there_is_left_alone(filled: Engine, tmp_path: Path) -> None:
    file = tmp_path / "copy.zip"
    file.write_text("annat")
    with pytest.raises(UserError, match="backup_exists"):
        back_up(filled, file, NOW)
    assert file.read_text() == "annat"
    with pytest.raises(UserError, match="no_folder"):
        back_up(filled, tmp_path / "nowhere" / "copy.zip", NOW)
    assert "backup.made" not in {entry.action for entry in entries(filled)}
