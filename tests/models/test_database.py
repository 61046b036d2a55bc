"""Opening a database: where it lies, what can be wrong with it, and how that is said."""

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

import models.database
from models.database import DatabaseProblem, default_url, open_database, reading, writing
from models.schema import revisions
from models.store import get_setting, set_setting


def test_the_default_is_a_file_in_the_users_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HEMVIST_DB", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert default_url() == f"sqlite:///{tmp_path / 'share' / 'hemvist' / 'hemvist.sqlite'}"
    open_database(default_url()).dispose()
    assert (tmp_path / "share" / "hemvist" / "hemvist.sqlite").is_file()


def test_the_environment_overrides_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMVIST_DB", "postgresql://host/city")
    assert default_url() == "postgresql://host/city"


def test_a_bare_path_is_an_sqlite_file(tmp_path: Path) -> None:
    open_database(str(tmp_path / "city.sqlite")).dispose()
    assert (tmp_path / "city.sqlite").is_file()


def test_a_database_may_live_in_memory() -> None:
    engine = open_database("sqlite://")
    set_setting(engine, "city", "Stockholm")
    assert get_setting(engine, "city") == "Stockholm"
    engine.dispose()


def test_sqlite_keeps_foreign_keys_and_a_write_ahead_log(lite: Engine) -> None:
    with reading(lite) as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_opening_again_is_quick(lite: Engine) -> None:
    start = time.perf_counter()
    open_database(str(lite.url.database)).dispose()
    assert time.perf_counter() - start < 0.15


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match=r"folder .*nowhere is missing") as caught:
        open_database(f"sqlite:///{tmp_path / 'nowhere' / 'city.sqlite'}")
    assert caught.value.users_fault


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match="is a folder") as caught:
        open_database(str(tmp_path))
    assert caught.value.users_fault


def test_a_file_of_another_kind_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear city, " * 200)
    with pytest.raises(DatabaseProblem, match="is not a database") as caught:
        open_database(str(tmp_path / "letter.txt"))
    assert caught.value.users_fault
    assert (tmp_path / "letter.txt").read_text().startswith("Dear city")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "music.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE song (title TEXT)")
    with pytest.raises(DatabaseProblem, match="belongs to another program"):
        open_database(str(file))


def test_a_place_that_may_not_be_written_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(models.database.os, "access", lambda *_: False)
    with pytest.raises(DatabaseProblem, match="may not be read and written") as caught:
        open_database(str(tmp_path / "city.sqlite"))
    assert caught.value.users_fault


def test_a_newer_database_is_refused_unchanged(database: Engine) -> None:
    with writing(database) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    url = database.url.render_as_string(hide_password=False)
    with pytest.raises(DatabaseProblem, match="newer version of Hemvist") as caught:
        open_database(url)
    assert caught.value.users_fault
    with reading(database) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_a_locked_database_is_said_to_be_locked(lite: Engine) -> None:
    impatient = open_database(str(lite.url.database), patience=0.05)
    with writing(lite), pytest.raises(DatabaseProblem, match="locked by another program") as caught:
        set_setting(impatient, "city", "Stockholm")
    assert not caught.value.users_fault
    impatient.dispose()


def test_a_full_disk_loses_nothing(lite: Engine) -> None:
    set_setting(lite, "city", "Stockholm")
    with reading(lite) as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(DatabaseProblem, match="disk is full") as caught:
        set_setting(lite, "city", "x" * 10_000_000)
    assert not caught.value.users_fault
    assert get_setting(lite, "city") == "Stockholm"


def test_no_password_is_ever_shown() -> None:
    with pytest.raises(DatabaseProblem) as caught:
        open_database("postgresql://anna:hemligt@localhost:1/city?password=hemligt")
    assert "anna" in caught.value.message
    assert "hemligt" not in str(caught.value)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models.database, "find_spec", lambda _: None)
    with pytest.raises(DatabaseProblem, match=r"install hemvist\[postgres\]"):
        open_database("postgresql://localhost/city")


@pytest.mark.parametrize("url", ["mysql://localhost/city", "sqlite+nothing:///x", "ftp://x//y", "://"])
def test_other_addresses_are_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(DatabaseProblem) as caught:
        open_database(url)
    assert caught.value.users_fault


def test_a_database_that_does_not_exist_is_named(postgres: Callable[[str], str]) -> None:
    with pytest.raises(DatabaseProblem, match="There is no database") as caught:
        open_database(postgres("nowhere"))
    assert caught.value.users_fault


def test_a_new_file_that_another_holds_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "city.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseProblem, match="is locked"):
            open_database(f"sqlite:///{file}", patience=0.1)
        release = threading.Timer(0.3, lambda: other.execute("COMMIT"))
        release.start()
        open_database(f"sqlite:///{file}", patience=60).dispose()
        release.join()


def test_several_may_open_an_empty_database_at_once(empty_url: str) -> None:
    problems: list[BaseException] = []

    def open_it() -> None:
        try:
            open_database(empty_url, patience=60).dispose()
        except (DatabaseProblem, OSError) as problem:
            problems.append(problem)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    engine = open_database(empty_url)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [
            revisions()[-1]
        ]
    engine.dispose()
