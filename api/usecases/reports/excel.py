"""The monthly report as a workbook: a sheet for each table, with real numbers, units and definitions."""

from io import BytesIO
from typing import Any

from api.usecases.counts.shown import UNITS, Cell, Reader, ShownTable, needs_no_unit
from api.usecases.reports.content import Report

LONGEST_NAME = 31
"""Characters that a sheet's name may have."""
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def report_workbook(report: Report) -> bytes:
    """A report as an Excel workbook."""
    import xlsxwriter

    reader, kept = Reader(report.language), BytesIO()
    book = xlsxwriter.Workbook(
        kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": report.title, "subject": report.subtitle, "author": "Hemvist"})
    forms = {
        "title": book.add_format({"bold": True, "font_size": 14, "font_color": "#1f5c6b"}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        "number_head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "align": "right"}),
        "number": book.add_format({"num_format": "#,##0"}),
        "plain": book.add_format({"num_format": "0"}),
        "share": book.add_format({"num_format": "0.0%"}),
        "points": book.add_format({"num_format": "+0.0;\N{MINUS SIGN}0.0;0.0"}),
        "hidden": book.add_format({"align": "right", "font_color": "#666666"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "quiet": book.add_format({"font_color": "#666666"}),
    }
    contents = book.add_worksheet(reader.texts("report.contents"))
    contents.set_column(0, 0, 48)
    contents.set_column(1, 1, 90)
    contents.write(0, 0, report.title, forms["title"])
    contents.write(1, 0, report.subtitle)
    for line, note in enumerate(report.notes, start=2):
        contents.write(line, 0, note, forms["quiet"])
    line, used = 5, {reader.texts("report.contents").lower()}
    for chapter in report.chapters:
        contents.write(line, 0, chapter.title, forms["head"])
        line += 1
        for table in chapter.tables:
            name = _sheet_name(_short(table, reader), used)
            contents.write_url(line, 0, f"internal:'{name}'!A1", string=table.title)
            contents.write(line, 1, table.definition, forms["words"])
            _write(book.add_worksheet(name), table, reader, forms)
            line += 1
    book.close()
    return kept.getvalue()


def _write(sheet: Any, table: ShownTable, reader: Reader, forms: dict[str, Any]) -> None:
    texts = reader.texts
    sheet.write(0, 0, table.title, forms["title"])
    sheet.write(1, 0, table.definition)
    period = " – ".join(dict.fromkeys((table.since.isoformat(), table.until.isoformat())))
    about = {"unit": table.unit, "period": period, "source": table.source}
    for line, (name, text) in enumerate(about.items(), start=2):
        sheet.write(line, 0, f"{texts(f'report.{name}')}: {text}", forms["quiet"])
    top = 6
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, max(1, len(table.columns)), 14)
    sheet.write(top, 0, "", forms["head"])
    for at, column in enumerate(table.columns, start=1):
        unit = "" if needs_no_unit(column, table.unit) else f" ({column.unit})"
        sheet.write(top, at, f"{column.name}{unit}", forms["number_head"])
    has_notes = any(row.note for row in table.rows)
    if has_notes:
        sheet.write(top, len(table.columns) + 1, texts("report.definitions"), forms["head"])
        sheet.set_column(len(table.columns) + 1, len(table.columns) + 1, 90)
    for line, row in enumerate(table.rows, start=top + 1):
        sheet.write_string(line, 0, row.name)
        for at, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True), start=1):
            _cell(sheet, line, at, cell, column.column_id, forms)
        if row.note:
            sheet.write_string(line, len(table.columns) + 1, row.note)
    sheet.freeze_panes(top + 1, 1)


def _cell(sheet: Any, line: int, at: int, cell: Cell, column: str, forms: dict[str, Any]) -> None:
    if cell.value is None:
        sheet.write_string(line, at, cell.text, forms["hidden"])
    elif UNITS.get(column) == "percent":
        sheet.write_number(line, at, round(cell.value / 100, 4), forms["share"])
    else:
        form = {"year": "plain", "rank": "plain", "points": "points"}.get(UNITS.get(column, ""), "number")
        sheet.write_number(line, at, cell.value, forms[form])


def _short(table: ShownTable, reader: Reader) -> str:
    """A table's name for a sheet: its title, or a short one where the title is too long or has signs."""
    key = f"counts.table.{table.table_id}.sheet"
    return reader.texts(key) if reader.texts.has(key) else table.title


def _sheet_name(title: str, used: set[str]) -> str:
    base = " ".join(title.translate(FORBIDDEN).split())
    name, number = base[:LONGEST_NAME], 2
    while name.lower() in used:
        end = f" {number}"
        name = base[: LONGEST_NAME - len(end)] + end
        number += 1
    used.add(name.lower())
    return name
