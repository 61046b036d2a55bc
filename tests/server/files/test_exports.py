"""Exports over the web: one's own households and the whole stock, fetched by the one who asked."""

import io
import zipfile
from pathlib import Path

import pytest

from models.access import Role
from models.database import open_database, writing
from models.exchange import import_folder
from models.store import read_dataset
from models.store.access import change_user, user_by
from models.store.audit import entries
from tests.server.conftest import AS_OF, Served
from tests.server.jobs.working import Headers, work_off
from tests.server.plans.conftest import coordinator as coordinator

URL = "/api/v1/exports"


def made(served: Served, headers: Headers, kind: str) -> str:
    answer = served.client.post(URL, json={"format": kind}, headers=headers)
    assert answer.status_code == 202
    work_off(served)
    return str(answer.json()["job_id"])


@pytest.mark.parametrize("kind", ["csv", "csv-sv", "xlsx"])
def test_what_is_exported_can_be_imported(
    served: Served, coordinator: Headers, kind: str, tmp_path: Path
) -> None:
    export = made(served, coordinator, kind)
    answer = served.client.get(f"{URL}/{export}/file", headers=coordinator)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    folder = tmp_path / "fetched"
    folder.mkdir()
    if kind == "xlsx":
        (folder / "city.xlsx").write_bytes(answer.content)
    else:
        zipfile.ZipFile(io.BytesIO(answer.content)).extractall(folder)
    again = open_database(str(tmp_path / "again.sqlite"))
    assert not import_folder(again, folder, AS_OF).faults
    kept, found = read_dataset(served.engine), read_dataset(again)
    again.dispose()
    assert {row.household_id for row in found.households} == {row.household_id for row in kept.households}
    assert (found.pools, found.members, found.stays) == (kept.pools, kept.members, kept.stays)
    fetched = [entry for entry in entries(served.engine) if entry.action == "export.fetched"]
    assert len(fetched) == 1


def test_households_that_are_not_shared_are_in_no_file(served: Served) -> None:
    headers = served.as_(Role.COORDINATOR)
    export = made(served, headers, "csv")
    content = served.client.get(f"{URL}/{export}/file", headers=headers).content
    parcel = zipfile.ZipFile(io.BytesIO(content))
    text = "".join(parcel.read(name).decode() for name in parcel.namelist())
    data = read_dataset(served.engine)
    hidden = {row.household_id for row in data.households if row.sharing_basis is None}
    assert hidden
    assert not any(household in text for household in hidden)
    assert all(pool.pool_id in text for pool in data.pools)


def test_nobody_else_fetches_it(served: Served, coordinator: Headers) -> None:
    export = made(served, coordinator, "csv")
    other = served.as_(Role.COORDINATOR)
    assert served.client.get(f"{URL}/{export}/file", headers=other).status_code == 404
    assert served.client.get(URL, headers=other).json()["total"] == 0
    (mine,) = served.client.get(URL, headers=coordinator).json()["items"]
    assert (mine["export_id"], mine["state"], mine["name"]) == (export, "done", "hemvist.zip")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_file_is_for_who_the_asker_was(served: Served) -> None:
    name = served.add(Role.COORDINATOR, "Bromma")
    headers = served.sign_in(name)
    export = made(served, headers, "csv")
    assert served.client.get(f"{URL}/{export}/file", headers=headers).status_code == 200
    with writing(served.engine) as connection:
        user = user_by(connection, username=name)
        assert user is not None
        change_user(connection, user.user_id, unit="Kista")
    again = served.sign_in(name)
    assert served.client.get(f"{URL}/{export}/file", headers=again).status_code == 404
