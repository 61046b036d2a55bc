"""Files as people save them, and files that are none: read, or refused in one sentence."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.exchange import ExchangeProblem, import_folder
from models.exchange import csv_files as csv_module
from models.exchange.cells import read_cell
from models.exchange.columns import plain, sheets
from models.store import read_dataset
from tests.models.exchange.folders import AS_OF, cities, look


def resave(folder: Path, sheet: str, encoding: str = "utf-8", **replaced: str) -> None:
    """Save a CSV file in another way."""
    file = folder / f"{sheet}.csv"
    text = file.read_text(encoding="utf-8")
    for old, new in replaced.items():
        text = text.replace({"newline": "\n", "comma": ","}[old], new)
    file.write_bytes(text.encode(encoding))


@pytest.mark.parametrize(
    ("encoding", "replaced"),
    [
        ("utf-8-sig", {}),
        ("cp1252", {}),
        ("utf-8", {"newline": "\r\n"}),
        ("cp1252", {"comma": ";", "newline": "\r\n"}),
        ("utf-8", {"newline": "\r"}),
        ("utf-8", {"newline": "\n\n"}),
    ],
)
def test_every_common_way_of_saving(
    lite: Engine, city: Path, encoding: str, replaced: dict[str, str]
) -> None:
    for sheet in ("households", "pools", "members", "travel_times"):
        resave(city, sheet, encoding, **replaced)
    import_folder(lite, cities / "small-city", AS_OF)
    report = import_folder(lite, city, AS_OF)
    assert report.faults == ()
    assert report.changes["households"].unchanged == 120


def test_headings_and_answers_in_both_languages_any_case_and_spelling(lite: Engine, city: Path) -> None:
    (city / "schools.csv").write_text("SKOL ID;Name;Område\nS900;Ny skola;Järva\n", encoding="utf-8")
    (city / "travel_times.csv").unlink()
    (city / "pools.csv").rename(city / "Boenden.CSV")
    (city / "members.csv").unlink()
    for sheet in ("conflicts", "declines"):
        (city / f"{sheet}.csv").unlink()
    (city / "households.csv").write_text(
        "Hushålls-ID;Boendesituation;support need;Önskar kvinnoboende;Väldsutsatt;SHIS månader;"
        "avböjda boendeformer;Delningsgrund\n"
        "H900;Hotell / Vandrarhem;Dygnet Runt;JA;;12,0;bostad först|FÖRSÖKSLÄGENHET;Lagstöd\n",
        encoding="utf-8",
    )
    (city / "medlemmar.csv").write_text(
        "household_id;medlems id;födelsedatum;kön\nH900;1;1980-02-03;annan könsidentitet\n", encoding="utf-8"
    )
    assert look(lite, city) == []
    import_folder(lite, city, AS_OF)
    household, member = read_dataset(lite).households[0], read_dataset(lite).members[0]
    assert (household.situation, household.support_need) == ("hotel_hostel", "around_the_clock")
    assert (household.wants_women_only, household.violence_exposed) == ("yes", "unknown")
    assert (household.shis_months, household.sharing_basis) == (12, "law")
    assert household.declined_forms == ("bostad_forst", "forsokslagenhet")
    assert member.sex == "other"


def test_every_alias_and_answer_is_told_apart() -> None:
    for sheet in sheets().values():
        headings = [plain(text) for c in sheet.columns.values() for text in {c.name, c.alias}]
        assert len(headings) == len(set(headings))
        for column in sheet.columns.values():
            assert all(column.meant_by(word) == code for code, word in column.words.items())
            assert all(column.meant_by(code.upper()) == code for code in column.words)


def test_composed_and_decomposed_letters_are_one_district(lite: Engine, city: Path) -> None:
    text = (city / "pools.csv").read_text(encoding="utf-8")
    (city / "pools.csv").write_text(text.replace("Södermalm", "So\u0308dermalm"), encoding="utf-8")
    import_folder(lite, city, AS_OF)
    assert "Södermalm" in {pool.district for pool in read_dataset(lite).pools}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty file"),
        (b"\xef\xbb\xbf\r\n", "empty file"),
        ("household_id,pool_id".encode("utf-16"), "unreadable file"),
        ("household_id,pool_id".encode("utf-16-le"), "unreadable file"),
        (bytes(range(256)) * 10, "unreadable file"),
        (b'household_id,pool_id,started_on\nH00001,P006,"2025-01-01\n', "unbalanced quotation marks"),
    ],
)
def test_a_file_that_is_no_text_is_one_fault(lite: Engine, city: Path, content: bytes, kind: str) -> None:
    (city / "stays.csv").write_bytes(content)
    assert [(place[0], place[3]) for place in look(lite, city)] == [("stays.csv", kind)]


def test_an_unreadable_parent_silences_its_children(lite: Engine, city: Path) -> None:
    (city / "households.csv").write_bytes(b"")
    assert look(lite, city) == [("households.csv", 0, "", "empty file")]


def test_a_folder_in_place_of_a_file(lite: Engine, city: Path) -> None:
    (city / "stays.csv").mkdir()
    assert look(lite, city) == [("stays.csv", 0, "", "not a file")]


def test_ten_megabytes_in_one_cell(lite: Engine, city: Path) -> None:
    (city / "schools.csv").write_text("school_id,name,district\nS900," + "x" * 10_000_000 + ",Järva\n")
    (city / "travel_times.csv").unlink()
    (city / "members.csv").unlink()
    (city / "households.csv").unlink()
    (city / "conflicts.csv").unlink()
    (city / "declines.csv").unlink()
    report = import_folder(lite, city, AS_OF)
    assert [fault.kind for fault in report.faults] == ["text too long"]
    assert len(report.faults[0].value) < 100


def test_two_files_for_one_sheet(lite: Engine, city: Path) -> None:
    shutil.copy(city / "pools.csv", city / "boenden.csv")
    assert [place[3] for place in look(lite, city)] == ["several files for one sheet"]


def test_a_misspelt_file_is_told_and_a_stranger_left_alone(lite: Engine, city: Path) -> None:
    (city / "shopping.csv").write_text("milk,bread\n")
    (city / "notes.txt").write_text("hej")
    assert look(lite, city) == []
    (city / "declines.csv").rename(city / "declins.csv")
    assert look(lite, city) == [("declins.csv", 0, "", "unknown file")]


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("nowhere", "There is no folder"),
        ("letter.txt", "neither a folder nor an .xlsx workbook"),
        ("bare", "holds no dataset file"),
    ],
)
def test_a_place_without_a_dataset(lite: Engine, tmp_path: Path, place: str, sentence: str) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "letter.txt").write_text("hej")
    with pytest.raises(ExchangeProblem, match=sentence):
        import_folder(lite, tmp_path / place, AS_OF)


def test_an_unreadable_file_or_folder(lite: Engine, city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ExchangeProblem, match="cannot be read: Permission denied"):
        import_folder(lite, city, AS_OF)


def test_a_file_too_large_for_a_city(lite: Engine, city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_module, "LARGEST_FILE", 1000)
    with pytest.raises(ExchangeProblem, match="is larger than"):
        import_folder(lite, city, AS_OF)


@pytest.mark.parametrize(
    ("written", "kronor"),
    [("12345,50", 12346), ("12345.5", 12346), ("12 345,49", 12345), ("12345,00", 12345), ("0,5", 1)],
)
def test_money_may_have_ore(written: str, kronor: int) -> None:
    assert read_cell(sheets()["pools"].columns["monthly_cost_sek"], written) == kronor
