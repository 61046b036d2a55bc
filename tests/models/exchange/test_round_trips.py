"""What is exported can be imported, and comes out the same."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.codes import Fact
from models.database import open_database
from models.dataset import Dataset
from models.exchange import ExchangeProblem, import_folder, write_folder, write_workbook
from models.store import read_dataset, write_dataset
from tests.models.exchange.folders import AS_OF, cities
from tests.models.test_store import household, small_dataset

Writer = Callable[[Dataset, Path], None]


def swedish_folder(dataset: Dataset, place: Path) -> None:
    write_folder(dataset, place, swedish=True)


def swedish_workbook(dataset: Dataset, place: Path) -> None:
    write_workbook(dataset, place, swedish=True)


writers: list[tuple[Writer, str]] = [
    (write_folder, "city"),
    (swedish_folder, "stad"),
    (write_workbook, "city.xlsx"),
    (swedish_workbook, "stad.xlsx"),
]


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_export_import_export_gives_identical_files(database: Engine, tmp_path: Path) -> None:
    with_stays = replace(small_dataset(), households=small_dataset().households)
    lite = open_database(str(tmp_path / "first.sqlite"))
    import_folder(lite, cities / "chain-city", AS_OF)
    write_dataset(lite, with_stays, AS_OF, "demo")
    write_folder(read_dataset(lite), tmp_path / "first")
    assert import_folder(database, tmp_path / "first", AS_OF).faults == ()
    write_folder(read_dataset(database), tmp_path / "second")
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert len(contents(tmp_path / "first")) == 9
    lite.dispose()


@pytest.mark.parametrize(("write", "name"), writers)
def test_every_way_of_writing_can_be_read(lite: Engine, tmp_path: Path, write: Writer, name: str) -> None:
    import_folder(lite, cities / "small-city", AS_OF)
    write_dataset(lite, small_dataset(), AS_OF, "demo")
    city = read_dataset(lite)
    write(city, tmp_path / name)
    other = open_database(str(tmp_path / "other.sqlite"))
    assert import_folder(other, tmp_path / name, AS_OF).faults == ()
    assert read_dataset(other) == city
    other.dispose()


@pytest.mark.parametrize(("write", "name"), writers)
def test_texts_that_look_like_something_else_stay_texts(
    lite: Engine, tmp_path: Path, write: Writer, name: str
) -> None:
    odd = [
        "=1+1",
        "'=1+1",
        "+46",
        "-bron",
        "@unit",
        "007",
        "1,5",
        "a;b",
        'say "hej"',
        "https://example.se",
        "två\nrader",
        "Łódź",
    ]
    city = replace(
        small_dataset(),
        households=tuple(
            household(f"H{n}", responsible_unit=text, pet=Fact.NO) for n, text in enumerate(odd)
        ),
        members=tuple(
            small_dataset().members[0].model_copy(update={"household_id": f"H{n}"}) for n in range(len(odd))
        ),
        conflicts=(),
        stays=(),
        declines=(),
    )
    write(city, tmp_path / name)
    assert import_folder(lite, tmp_path / name, AS_OF).faults == ()
    assert {h.responsible_unit for h in read_dataset(lite).households} == set(odd)
    if (tmp_path / name).is_dir():
        text = (tmp_path / name / "households.csv").read_bytes().decode("utf-8", "replace")
        cells = [cell.strip('"') for line in text.splitlines() for cell in re.split("[,;]", line)]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))], "no cell is a formula"


def test_the_swedish_dialect_is_what_swedish_spreadsheets_expect(tmp_path: Path) -> None:
    write_folder(small_dataset(), tmp_path / "stad", swedish=True)
    text = (tmp_path / "stad" / "households.csv").read_bytes()
    header, *rows, end = text.decode("cp1252").split("\r\n")
    assert header.startswith("hushalls_id;boendesituation;i_hemloshet_sedan")
    assert rows[0].startswith("H10;bostad;")
    assert "Farsta|Älvsjö" in rows[0]
    assert end == ""
    quotas = (tmp_path / "stad" / "quotas.csv").read_text(encoding="cp1252")
    assert "Träningslägenhet|Försökslägenhet" in quotas


def test_two_exports_of_a_workbook_are_the_same(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(small_dataset(), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_dates_in_a_workbook_are_real_dates(tmp_path: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    write_workbook(small_dataset(), tmp_path / "city.xlsx")
    rows = (
        calamine.CalamineWorkbook.from_path(str(tmp_path / "city.xlsx"))
        .get_sheet_by_name("members")
        .to_python()
    )
    assert rows[1][2] == date(1990, 2, 28)
    assert rows[0][:3] == ["household_id", "member_id", "birth_date"]


def test_an_export_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    write_folder(small_dataset(), tmp_path / "city")
    write_folder(Dataset(), tmp_path / "city")
    assert (
        tmp_path / "city" / "stays.csv"
    ).read_text() == "household_id,pool_id,started_on,ended_on,end_reason\n"
    assert len(contents(tmp_path / "city")) == 9


@pytest.mark.parametrize("write", [write_folder, write_workbook])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, write: Writer) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ExchangeProblem, match=r"taken.* cannot be written"):
        write(small_dataset(), tmp_path / "taken" / "city.xlsx")
