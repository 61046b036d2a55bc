"""Workbooks: as a path or alone in a folder, dates and numbers as cells, bombs not opened."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import Engine

from models.exchange import ExchangeProblem, import_folder, workbooks, write_workbook
from models.exchange.columns import sheets
from models.store import read_dataset
from tests.models.exchange.folders import AS_OF, look
from tests.models.test_store import small_dataset


def workbook(place: Path, **pages: list[list[Any]]) -> Path:
    """A workbook as a person might fill it: dates as dates, numbers as numbers."""
    with xlsxwriter.Workbook(str(place)) as book:
        day = book.add_format({"num_format": "d mmm yyyy"})
        for name, rows in pages.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for position, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(number, position, value, day)
                    else:
                        page.write(number, position, value)
    return place


pool = [
    ["Boende-ID", "Namn", "Boendeform", "Område", "Antal platser", "stänger"],
    [7, "Hvilan", "Akutboende", "Järva", 12.0, datetime(2027, 1, 1)],
]


def test_numbers_dates_and_ids_of_digits(lite: Engine, tmp_path: Path) -> None:
    place = workbook(tmp_path / "city.xlsx", Boenden=pool)
    assert import_folder(lite, place, AS_OF).faults == ()
    stored = read_dataset(lite).pools[0]
    assert (stored.pool_id, stored.capacity, stored.closes_on) == ("7", 12, date(2027, 1, 1))


def test_a_workbook_alone_in_a_folder(lite: Engine, tmp_path: Path) -> None:
    workbook(tmp_path / "city.xlsx", pools=pool)
    (tmp_path / "~$city.xlsx").write_bytes(b"lock")
    assert import_folder(lite, tmp_path, AS_OF).changes["pools"].inserted == 1


def test_a_fault_names_workbook_sheet_and_row(lite: Engine, tmp_path: Path) -> None:
    rows = [pool[0], [""] * 6, [7, "Hvilan", "Akutboende", "Järva", 12.5, "2027-13-01"]]
    place = workbook(tmp_path / "city.xlsx", pools=rows)
    assert look(lite, place) == [
        ("city.xlsx/pools", 3, "capacity", "not a whole number"),
        ("city.xlsx/pools", 3, "closes_on", "not a date"),
    ]


def test_a_personal_number_as_a_number(lite: Engine, tmp_path: Path) -> None:
    place = workbook(tmp_path / "city.xlsx", pools=[pool[0], [198503121234, *pool[1][1:]]])
    assert look(lite, place) == [("city.xlsx/pools", 2, "pool_id", "personal identity number")]


def test_two_sheets_for_one_and_a_misspelt_one(lite: Engine, tmp_path: Path) -> None:
    place = workbook(tmp_path / "city.xlsx", pools=pool, Boenden=pool, housholds=[["x"]], Diagram=[["y"]])
    assert [row[3] for row in look(lite, place)] == ["several files for one sheet", "unknown file"]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["a.xlsx", "b.xlsx"], "several workbooks"),
        (["a.xlsx", "pools.csv"], "both CSV files and a workbook"),
    ],
)
def test_more_than_one_source(lite: Engine, tmp_path: Path, names: list[str], sentence: str) -> None:
    for name in names:
        workbook(tmp_path / name, pools=pool)
    with pytest.raises(ExchangeProblem, match=sentence):
        import_folder(lite, tmp_path, AS_OF)


def test_no_known_sheet(lite: Engine, tmp_path: Path) -> None:
    with pytest.raises(ExchangeProblem, match="no sheet of a dataset"):
        import_folder(lite, workbook(tmp_path / "city.xlsx", Blad1=[["x"]]), AS_OF)


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook(lite: Engine, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "city.xlsx").write_bytes(content)
    with pytest.raises(ExchangeProblem, match=r"no \.xlsx workbook"):
        import_folder(lite, tmp_path / "city.xlsx", AS_OF)


def test_a_zip_that_is_no_workbook(lite: Engine, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "city.xlsx", "w") as parts:
        parts.writestr("hello.txt", "hej")
    with pytest.raises(ExchangeProblem, match=r"cannot be read as an \.xlsx workbook"):
        import_folder(lite, tmp_path / "city.xlsx", AS_OF)


def packed(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return buffer.getvalue()


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "bomb.xlsx").write_bytes(
        packed("xl/worksheets/sheet1.xml", b" " * (workbooks.LARGEST_CONTENT + 1))
    )
    with pytest.raises(ExchangeProblem, match="more than a dataset can hold"):
        workbooks.look_over(tmp_path / "bomb.xlsx")


def test_a_bomb_that_lies_about_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LARGEST_CONTENT", 2_000_000)
    honest = packed("xl/worksheets/sheet1.xml", b" " * 3_000_000)
    size = (3_000_000).to_bytes(4, "little")
    assert honest.count(size) == 2
    (tmp_path / "bomb.xlsx").write_bytes(honest.replace(size, (100).to_bytes(4, "little")))
    with pytest.raises(ExchangeProblem, match="more than a dataset can hold"):
        workbooks.look_over(tmp_path / "bomb.xlsx")


def test_one_far_cell_does_not_set_up_a_million_rows(tmp_path: Path) -> None:
    rows = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'
    (tmp_path / "far.xlsx").write_bytes(packed("xl/worksheets/sheet1.xml", rows))
    with pytest.raises(ExchangeProblem, match="more than a dataset can hold"):
        workbooks.look_over(tmp_path / "far.xlsx")


def test_one_long_text_in_many_cells(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "long.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", "<sst><si><t>" + "x" * 30_000_000 + "</t></si></sst>")
        parts.writestr("xl/worksheets/sheet1.xml", '<c r="A1" t="s"><v>0</v></c>' * 100)
    with pytest.raises(ExchangeProblem, match="holds a text of"):
        workbooks.look_over(tmp_path / "long.xlsx")


def test_ten_megabytes_in_one_cell(lite: Engine, tmp_path: Path) -> None:
    write_workbook(small_dataset(), tmp_path / "city.xlsx")
    with zipfile.ZipFile(tmp_path / "city.xlsx") as parts:
        contents = {info.filename: parts.read(info) for info in parts.infolist()}
    shared = contents["xl/sharedStrings.xml"]
    contents["xl/sharedStrings.xml"] = shared.replace(b"<t>Hvilan</t>", b"<t>" + b"x" * 10_000_000 + b"</t>")
    with zipfile.ZipFile(tmp_path / "long.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in contents.items():
            parts.writestr(name, content)
    with pytest.raises(ExchangeProblem, match=r"holds a text of 10,0.* characters in a cell"):
        look(lite, tmp_path / "long.xlsx")


def test_a_cell_longer_than_any_note(lite: Engine, tmp_path: Path) -> None:
    rows = [pool[0], ["7", "x" * 20_000, *pool[1][2:]]]
    assert look(lite, workbook(tmp_path / "city.xlsx", pools=rows)) == [
        ("city.xlsx/pools", 2, "name", "text too long")
    ]


def test_a_header_alone_is_an_empty_sheet(lite: Engine, tmp_path: Path) -> None:
    place = workbook(
        tmp_path / "city.xlsx", **{name: [list(sheet.columns)] for name, sheet in sheets().items()}
    )
    report = import_folder(lite, place, AS_OF)
    assert report.faults == ()
    assert set(report.changes) == set(sheets())


def test_an_empty_sheet_is_told(lite: Engine, tmp_path: Path) -> None:
    place = workbook(tmp_path / "city.xlsx", pools=pool, households=[])
    assert [row[3] for row in look(lite, place)] == ["empty file"]
