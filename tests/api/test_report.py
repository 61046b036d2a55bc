"""The monthly report: both files in both languages, tagged, and nothing small in them."""

import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from api.cli.main import run
from api.texts import LANGUAGES, Language, Texts
from api.usecases.reports.content import CHAPTERS
from api.usecases.reports.excel import FORBIDDEN, LONGEST_NAME

from .conftest import DAY, Command

SMALL = (1, 2, 3, 4)
FREE = {"Andel", "Basår", "Ordning", "Räknade dygn", "Tomdygn", "Hjälper turordning"}


@pytest.fixture(scope="module")
def counted_city_file(small_city_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the small city and its figures of the day, to copy from."""
    file = tmp_path_factory.mktemp("counted") / "city.sqlite"
    shutil.copyfile(small_city_file, file)
    assert run(["snapshot", *DAY, "--db", str(file)]) == 0
    return file


@pytest.fixture
def with_figures(hemvist: Command, database: Path, counted_city_file: Path) -> Command:
    """The command line on a database that holds the day's figures."""
    shutil.copyfile(counted_city_file, database)
    return hemvist


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_report_is_a_tagged_pdf_and_a_workbook(
    with_figures: Command, tmp_path: Path, language: str
) -> None:
    said = with_figures(
        "report", "--month", "2026-01", "--out", str(tmp_path / "r"), "--lang", language, *DAY
    )
    assert (said.status, said.err) == (0, "")
    pdf = (tmp_path / "r" / f"hemvist-2026-01-{language}.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert b"/MarkInfo" in pdf or b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf
    book = CalamineWorkbook.from_path(tmp_path / "r" / f"hemvist-2026-01-{language}.xlsx")
    assert len(book.sheet_names) > 10
    assert len(set(book.sheet_names)) == len(book.sheet_names)
    assert {"sv": "Kvinnor och män, andelar", "en": "Women and men, shares"}[language] in book.sheet_names
    assert {"sv": "Nyttan av en plats till", "en": "Use of one more place"}[language] in book.sheet_names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_has_a_name_that_need_not_be_cut(language: Language) -> None:
    texts = Texts(language)
    tables = [table for names in CHAPTERS.values() for table in names] + ["indicator_months"]
    names = []
    for table in tables:
        about = f"counts.table.{table}"
        names.append(texts(f"{about}.sheet" if texts.has(f"{about}.sheet") else f"{about}.title"))
    assert [name for name in names if len(name) > LONGEST_NAME or name.translate(FORBIDDEN) != name] == []
    assert len({name.lower() for name in names}) == len(names)


def test_shares_in_the_workbook_are_shares(with_figures: Command, tmp_path: Path) -> None:
    assert with_figures("report", "--month", "2026-01", "--out", str(tmp_path), *DAY).status == 0
    book = CalamineWorkbook.from_path(tmp_path / "hemvist-2026-01-sv.xlsx")
    shares = 0
    for name in book.sheet_names[1:]:
        rows = book.get_sheet_by_name(name).to_python()
        for at, title in enumerate(rows[6]):
            if "(procent)" in str(title):
                found = [row[at] for row in rows[7:] if isinstance(row[at], float)]
                assert all(0 <= share <= 1 for share in found), (name, title)
                shares += len(found)
    assert shares > 10


def test_the_workbook_holds_real_numbers_and_no_small_ones(with_figures: Command, tmp_path: Path) -> None:
    assert with_figures("report", "--month", "2026-01", "--out", str(tmp_path), *DAY).status == 0
    book = CalamineWorkbook.from_path(tmp_path / "hemvist-2026-01-sv.xlsx")
    numbers = 0
    for name in book.sheet_names[1:]:
        rows = book.get_sheet_by_name(name).to_python()
        head = next(i for i, row in enumerate(rows) if i > 4 and row[0] == "" and len(row) > 1 and row[1])
        for row in rows[head + 1 :]:
            for title, value in zip(rows[head][1:], row[1:], strict=False):
                if isinstance(value, float):
                    numbers += 1
                    about_nobody = (
                        title.split(" (")[0] in FREE or "(" in str(title) or "Platser" in str(title)
                    )
                    assert about_nobody or value not in SMALL, (name, title, value)
    assert numbers > 100


def test_every_sheet_says_what_it_counts(with_figures: Command, tmp_path: Path) -> None:
    assert with_figures("report", "--month", "2026-01", "--out", str(tmp_path), *DAY).status == 0
    book = CalamineWorkbook.from_path(tmp_path / "hemvist-2026-01-sv.xlsx")
    for name in book.sheet_names[1:]:
        rows = book.get_sheet_by_name(name).to_python()
        said = [str(row[0]) for row in rows[:5]]
        assert all(said)
        assert [line.split(":")[0] for line in said[2:]] == ["Enhet", "Period", "Källa"]


def test_nothing_in_the_workbook_fetches_or_runs(with_figures: Command, tmp_path: Path) -> None:
    assert with_figures("report", "--month", "2026-01", "--out", str(tmp_path), *DAY).status == 0
    with zipfile.ZipFile(BytesIO((tmp_path / "hemvist-2026-01-sv.xlsx").read_bytes())) as kept:
        names = kept.namelist()
        assert not [name for name in names if "external" in name or "vba" in name.lower()]
        for name in names:
            if name.startswith("xl/worksheets/sheet"):
                tree = ElementTree.fromstring(kept.read(name))
                assert not [one for one in tree.iter() if one.tag.endswith("}f")]


def test_the_same_figures_give_the_same_pdf(with_figures: Command, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        given = ("--month", "2026-01", "--out", str(tmp_path / folder), *DAY)
        assert with_figures("report", *given).status == 0
    a, b = ((tmp_path / folder / "hemvist-2026-01-sv.pdf").read_bytes() for folder in ("a", "b"))
    assert a == b


def test_a_snapshot_is_taken_once_a_day(small_city: Command) -> None:
    first, second = small_city("snapshot", *DAY), small_city("snapshot", *DAY)
    assert "15 januari 2026" in first.out
    assert first.status == second.status == 0
    assert first.out != second.out


@pytest.mark.parametrize(
    ("month", "said"),
    [
        ("2026-13", "2026-13"),
        ("januari", "januari"),
        ("2025-12", "2025-12"),
        ("2026-02", "2026-02 har inte börjat"),
    ],
)
def test_a_month_that_is_none_or_has_no_figures(
    small_city: Command, tmp_path: Path, month: str, said: str
) -> None:
    answer = small_city("report", "--month", month, "--out", str(tmp_path), *DAY)
    assert answer.status == 2
    assert said in answer.err
    assert not list(tmp_path.glob("*.pdf"))


def test_a_folder_that_cannot_be_written(with_figures: Command, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("taken")
    answer = with_figures("report", "--month", "2026-01", "--out", str(file / "r"), *DAY)
    assert answer.status == 2
    assert len(answer.err.strip().splitlines()) == 1
