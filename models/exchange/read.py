"""A dataset folder, from CSV files or one workbook, to rows and the faults of single cells."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path

from models.exchange.columns import SHEET_ORDER, plain, sheet_named, sheets
from models.exchange.csv_files import read_csv
from models.exchange.faults import ExchangeProblem, Fault, masked
from models.exchange.rows import Folder, RawSheet
from models.exchange.table import read_rows_of
from models.exchange.workbooks import look_over, read_workbook, sheet_names


def read_folder(path: Path, going_on: Callable[[], None] | None = None) -> Folder:
    """All rows of a dataset folder, or of a workbook, as far as each can be read by itself.

    Parameters
    ----------
    going_on
        Called after each sheet; what it raises ends the reading.

    Raises
    ------
    ExchangeProblem
        If there is nothing to read, or a file cannot be opened.
    """
    folder = Folder()
    first: dict[str, str] = {}
    for sheet, raw in _sources(path):
        file = raw.file
        if isinstance(raw, Fault):
            folder.found.append((None, raw))
            folder.lost.add(sheet)
        elif sheet in first:
            details = {"other": first[sheet], "sheet": sheet}
            folder.found.append((None, Fault(file, 0, "", "several files for one sheet", file, details)))
        else:
            read_rows_of(raw, folder)
        if sheet:
            first.setdefault(sheet, file)
        if going_on is not None:
            going_on()
    return folder


def _sources(path: Path) -> Iterator[tuple[str, RawSheet | Fault]]:
    if path.is_file():
        if path.suffix.lower() != ".xlsx":
            raise ExchangeProblem(f"{path} is neither a folder nor an .xlsx workbook: name one of those.")
        yield from _from_workbook(path)
        return
    entries = _entries(path)
    tables = [entry for entry in entries if entry.suffix.lower() == ".csv"]
    workbooks = [entry for entry in entries if entry.suffix.lower() == ".xlsx"]
    if workbooks and any(sheet_named(table.stem) for table in tables):
        raise ExchangeProblem(f"{path} holds both CSV files and a workbook: keep the one or the other.")
    if len(workbooks) > 1:
        raise ExchangeProblem(f"{path} holds several workbooks: name the one to import.")
    if workbooks:
        yield from _from_workbook(workbooks[0])
        return
    if not any(sheet_named(table.stem) for table in tables):
        raise ExchangeProblem(
            f"{path} holds no dataset file: it needs households.csv, pools.csv and the like."
        )
    yield from _from_tables(tables)


def _entries(path: Path) -> list[Path]:
    if not path.exists():
        raise ExchangeProblem(f"There is no folder {path}: check the name.")
    try:
        # Spreadsheet programs leave lock files (~$city.xlsx) beside an open workbook.
        return sorted(entry for entry in path.iterdir() if entry.name[0] not in ".~")
    except OSError as error:
        raise ExchangeProblem(f"The folder {path} cannot be read: {error.strerror}.") from error


def _from_tables(tables: list[Path]) -> Iterator[tuple[str, RawSheet | Fault]]:
    for table in sorted(tables, key=lambda table: _rank(sheet_named(table.stem))):
        sheet = sheet_named(table.stem)
        if sheet is not None:
            yield sheet, read_csv(table, sheet)
        elif _resembles(table.stem):
            yield "", _unknown(table.name, table.name)


def _from_workbook(path: Path) -> Iterator[tuple[str, RawSheet | Fault]]:
    look_over(path)
    raws = sorted(read_workbook(path), key=lambda raw: _rank(sheet_named(raw.file.split("/", 1)[1])))
    if not raws:
        raise ExchangeProblem(f"{path} holds no sheet of a dataset: it needs households, pools and the like.")
    for raw in raws:
        yield sheet_named(raw.file.split("/", 1)[1]) or "", raw
    for name in sheet_names(path):
        if sheet_named(name) is None and _resembles(name):
            yield "", _unknown(f"{path.name}/{name}", name)


def _rank(sheet: str | None) -> int:
    return SHEET_ORDER.index(sheet) if sheet else len(SHEET_ORDER)


def _resembles(name: str) -> bool:
    """Whether a name looks like a slip of a sheet's; other files may lie beside the dataset."""
    names = [plain(text) for sheet in sheets().values() for text in (sheet.name, sheet.alias)]
    return bool(get_close_matches(plain(name), names, n=1, cutoff=0.75))


def _unknown(file: str, name: str) -> Fault:
    return Fault(file, 0, "", "unknown file", masked(name), {"allowed": ", ".join(SHEET_ORDER)})
