"""Imports over the web: looked through first, every fault told without its value, written all or nothing."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from models.access import Role
from models.database import reading
from models.store import read_dataset
from models.store.audit import entries, flaws
from models.store.files import file_by_id
from tests.server.conftest import SMALL_CITY, Served, share_with_the_city
from tests.server.jobs.working import Headers, stored, work_off

URL = "/api/v1/imports"
FILES = sorted(SMALL_CITY.glob("*.csv"))


@pytest.fixture
def coordinator(served: Served) -> Headers:
    """One to whom every case has been shared."""
    share_with_the_city(served.engine)
    return served.as_(Role.COORDINATOR)


def looked_through(
    served: Served, headers: Headers, *files: tuple[str, bytes], **form: str
) -> dict[str, Any]:
    """An import once it has been looked through."""
    parts = [("files", (name, content, "application/octet-stream")) for name, content in files]
    answer = served.client.post(URL, files=parts, data=form, headers=headers)
    assert answer.status_code == 202, answer.text
    work_off(served)
    shown: dict[str, Any] = served.client.get(f"{URL}/{answer.json()['job_id']}", headers=headers).json()
    return shown


def city(*change: tuple[str, str, str]) -> list[tuple[str, bytes]]:
    """The small city's files, with texts changed in some of them."""
    files = []
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        for name, before, after in change:
            if file.name == name:
                assert before in text
                text = text.replace(before, after, 1)
        files.append((file.name, text.encode()))
    return files


def zipped(files: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, content in files:
            parcel.writestr(name, content)
    return buffer.getvalue()


def a_row() -> tuple[str, list[str], list[str]]:
    heading, first, *_ = (SMALL_CITY / "households.csv").read_text(encoding="utf-8").splitlines()
    return first, heading.split(","), first.split(",")


def changed_row(**values: str) -> tuple[str, str, str]:
    line, names, cells = a_row()
    new = [values.get(name, cell) for name, cell in zip(names, cells, strict=True)]
    return "households.csv", line, ",".join(new)


def test_looked_through_and_then_written(served: Served, coordinator: Headers) -> None:
    before = read_dataset(served.engine)
    household = a_row()[2][0]
    shown = looked_through(served, coordinator, *city(changed_row(situation="prison")))
    assert (shown["ready"], shown["faults"]) == (True, [])
    assert shown["changes"]["households"]["updated"] == 1
    assert read_dataset(served.engine) == before
    url = f"{URL}/{shown['import_id']}/confirmation"
    answer = served.client.post(url, headers=coordinator)
    assert answer.status_code == 202
    work_off(served)
    job = stored(served, answer.json()["job_id"])
    assert job.result is not None, job.problem
    assert job.result["written"] is True
    after = {row.household_id: str(row.situation) for row in read_dataset(served.engine).households}
    assert after[household] == "prison"
    with reading(served.engine) as connection:
        assert file_by_id(connection, job.parameters["file_id"]) is None
    assert served.client.post(url, headers=coordinator).json()["type"] == "/problems/import_gone"
    acts = [entry.action for entry in entries(served.engine)]
    assert acts.count("import.look") == acts.count("import.write") == 1
    assert flaws(served.engine) == []


def test_every_fault_by_its_place_and_not_its_value(served: Served, coordinator: Headers) -> None:
    faulty = city(changed_row(situation="Anna Andersson 19810101-1234", homeless_since="31/12 -99"))
    shown = looked_through(served, coordinator, *faulty)
    assert not shown["ready"]
    by_column = {fault["column"]: fault for fault in shown["faults"]}
    assert set(by_column) >= {"situation", "homeless_since"}
    assert by_column["homeless_since"]["shape"] == "99/99 -99"
    assert by_column["situation"]["row"] == 2
    assert all(fault["remedy"] for fault in shown["faults"])
    job = stored(served, shown["import_id"])
    for told in (str(shown), str(job.result)):
        assert "Anna" not in told
        assert "1981" not in told
    refused = served.client.post(f"{URL}/{shown['import_id']}/confirmation", headers=coordinator)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/import_has_faults")


def test_a_zip_with_or_without_a_folder(served: Served, coordinator: Headers) -> None:
    for inner in ("", "stad/", "../../"):
        content = zipped([(f"{inner}{name}", content) for name, content in city()])
        shown = looked_through(served, coordinator, ("stad.zip", content))
        assert shown["ready"], shown
        assert all(counts["updated"] == 0 for counts in shown["changes"].values())


UNREADABLE: list[tuple[str, bytes, str | None]] = [
    ("a.zip", b"PK\x03\x04 no zip", "bad_zip"),
    ("a.zip", zipped([("households.csv", b"household_id\n" + b"0" * 5_000_000)]), "unpacks_too_large"),
    ("a.zip", zipped([("notes.txt", b"x")]), "bad_files"),
    ("a.xlsx", b"no workbook", "unreadable_file"),
    ("households.csv", b"\x00\x01\x02", None),
    ("=cmd()|.csv", b"a,b\n1,2\n", "unreadable_file"),
]


def test_what_cannot_be_read_is_told_and_nothing_is_written(served: Served, coordinator: Headers) -> None:
    small = served.settings.model_copy(update={"largest_import": 1_000_000})
    service = served.client.app.state.service  # type: ignore[attr-defined]
    object.__setattr__(service, "settings", small)
    before = read_dataset(served.engine)
    for name, content, key in UNREADABLE:
        shown = looked_through(served, coordinator, (name, content))
        job = served.client.get(f"/api/v1/jobs/{shown['import_id']}", headers=coordinator).json()
        assert not shown["ready"]
        if key is None:
            assert job["result"]["faults"]
        else:
            assert (job["state"], job["problem"]["type"]) == ("failed", f"/problems/{key}")
            assert "/tmp" not in job["problem"]["detail"]
    assert read_dataset(served.engine) == before


def test_the_wrong_files_are_refused_at_once(served: Served, coordinator: Headers) -> None:
    for files in ([("a.txt", b"x")], [("a.zip", b"x"), ("b.zip", b"x")], [("a.csv", b"x"), ("A.csv", b"x")]):
        parts = [("files", (name, content)) for name, content in files]
        assert served.client.post(URL, files=parts, headers=coordinator).status_code == 422
    assert served.client.post(URL, headers=coordinator).status_code == 422


def test_another_coordinators_import_is_not_there(served: Served, coordinator: Headers) -> None:
    shown = looked_through(served, coordinator, *city())
    other = served.as_(Role.COORDINATOR)
    url = f"{URL}/{shown['import_id']}"
    assert served.client.get(url, headers=other).status_code == 404
    assert served.client.post(f"{url}/confirmation", headers=other).status_code == 404
    assert served.client.get(URL, headers=other).json()["total"] == 0


def test_the_same_key_sends_once(served: Served, coordinator: Headers) -> None:
    parts = [("files", (Path(name).name, content)) for name, content in city()]
    key = coordinator | {"Idempotency-Key": "en-enda"}
    one, two = (served.client.post(URL, files=parts, headers=key) for _ in range(2))
    assert one.json() == two.json()
    assert served.client.get(URL, headers=coordinator).json()["total"] == 1
    other = served.client.post(URL, files=parts[:1], headers=key)
    assert other.json()["type"] == "/problems/key_used"
