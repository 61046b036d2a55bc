"""What an import or export did, or every fault that stopped it."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.cli.page import Column, Page
from api.cli.voice import Voice
from api.texts import Language
from models.exchange import Fault, ImportReport


def say_faults(voice: Voice, faults: Iterable[Fault]) -> None:
    """One line a fault on standard error, then how many there are."""
    listed = list(faults)
    for fault in listed:
        voice.complain(fault_line(voice, fault))
    voice.complain(voice.texts("import.refused", faults=voice.count("fault", len(listed))))


def fault_line(voice: Voice, fault: Fault) -> str:
    """File, row, column and value; what is wrong; how to mend it."""
    place = [fault.file]
    if fault.row:
        place.append(voice.texts("import.row", row=fault.row))
    if fault.column:
        place.append(fault.column)
    if fault.value:
        place.append(voice.texts("import.value", value=fault.value))
    wrong, remedy = fault.message(voice.language), fault.remedy(voice.language)
    return f"{', '.join(place)}: {wrong} {remedy}"


def show_import(page: Page, voice: Voice, report: ImportReport) -> None:
    """Rows by sheet, and what was set aside or has come right."""
    texts, number = voice.texts, voice.figures.number
    page.title(
        texts("import.dry_run" if report.dry_run else "import.done", day=voice.figures.day(report.as_of))
    )
    columns = [Column(texts("import.sheet"))]
    columns += [Column(texts(f"import.{part}"), number=True) for part in ("inserted", "updated", "unchanged")]
    page.table(
        columns,
        [
            [texts(f"sheet.{sheet}"), number(c.inserted), number(c.updated), number(c.unchanged)]
            for sheet, c in report.changes.items()
        ],
    )
    if report.set_aside:
        page.section(texts("import.set_aside", n=number(len(report.set_aside))))
        for (kind, entity), faults in report.set_aside.items():
            page.point(f"{texts(f'entity.{kind}')} {entity}")
            for fault in faults:
                page.point(fault_line(voice, fault), depth=2)
    if report.mended:
        page.section(texts("import.mended", n=number(len(report.mended))))
        for kind, entity in report.mended:
            page.point(f"{texts(f'entity.{kind}')} {entity}")


def show_export(page: Page, voice: Voice, rows: Mapping[str, int], folder: str) -> None:
    """Rows by sheet, and where they went."""
    page.title(voice.texts("export.done", folder=folder))
    page.table(
        [Column(voice.texts("import.sheet")), Column(voice.texts("export.rows"), number=True)],
        [[voice.texts(f"sheet.{sheet}"), voice.figures.number(n)] for sheet, n in rows.items()],
    )


def import_as_json(report: ImportReport, language: Language) -> dict[str, Any]:
    """The report for programs: totals, every fault, everything set aside."""
    parts = ("inserted", "updated", "unchanged")
    return {
        "as_of": report.as_of.isoformat(),
        "dry_run": report.dry_run,
        **{part: sum(getattr(c, part) for c in report.changes.values()) for part in parts},
        "sheets": {sheet: {part: getattr(c, part) for part in parts} for sheet, c in report.changes.items()},
        "faults": [_fault(fault, language) for fault in report.faults],
        "quarantined": [
            {"kind": kind, "id": entity, "faults": [_fault(fault, language) for fault in faults]}
            for (kind, entity), faults in report.set_aside.items()
        ],
        "mended": [{"kind": kind, "id": entity} for kind, entity in report.mended],
    }


def _fault(fault: Fault, language: Language) -> dict[str, Any]:
    return {
        "file": fault.file,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "kind": fault.kind,
        "message": fault.message(language),
        "remedy": fault.remedy(language),
    }
