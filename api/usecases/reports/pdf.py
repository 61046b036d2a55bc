"""The monthly report on paper: a tagged PDF set by Typst, with nothing fetched from elsewhere."""

import json
import tempfile
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from api.usecases.counts.shown import Reader, needs_no_unit
from api.usecases.reports.charts import charts
from api.usecases.reports.content import Report

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: tagged, so that it can be read aloud."""


def report_pdf(report: Report) -> bytes:
    """A report as a PDF."""
    import typst

    reader = Reader(report.language)
    drawn = charts(report, reader)
    template = (files("api.usecases.reports") / "report.typ").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="hemvist-") as kept:
        folder = Path(kept)
        (folder / "report.typ").write_text(template, encoding="utf-8")
        content = json.dumps(as_data(report, reader, list(drawn)), ensure_ascii=False)
        (folder / "report.json").write_text(content, encoding="utf-8")
        for name, svg in drawn.items():
            (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
        # The day of the figures, so that the same report is the same file.
        made = int(datetime.combine(report.day, datetime.min.time()).timestamp())
        found = typst.compile(
            str(folder / "report.typ"),
            root=str(folder),
            format="pdf",
            ignore_system_fonts=True,
            timestamp=made,
            pdf_standards=STANDARD,
        )
    return bytes(found)


def as_data(report: Report, reader: Reader, drawn: list[str]) -> dict[str, Any]:
    """A report as the template reads it: texts alone."""
    texts = reader.texts
    said = ("contents", "unit", "period", "source", "page", "figure", "table", "definitions")
    return {
        "language": report.language,
        "title": report.title,
        "subtitle": report.subtitle,
        "day": reader.day(report.day),
        "year": report.day.year,
        "month": report.day.month,
        "date": report.day.day,
        "notes": report.notes,
        "footer": texts("report.footer", day=reader.day(report.day)),
        "words": {name: texts(f"report.{name}") for name in said},
        "lead": [_lead(report, reader, section) for section in ("support", "emergency")],
        "charts": {
            name: {"caption": texts(f"report.chart.{name}"), "about": texts(f"report.chart_about.{name}")}
            for name in drawn
        },
        "chapters": [
            {
                "id": chapter.chapter_id,
                "title": chapter.title,
                "sentences": chapter.sentences,
                "tables": [_table(table, reader) for table in chapter.tables],
            }
            for chapter in report.chapters
        ],
    }


def _lead(report: Report, reader: Reader, section: str) -> dict[str, str]:
    """The figures that stand first: the gap now and the structural gap of a section."""
    now = reader.count(report.snapshot, f"gap.{section}.gap")
    lasting = reader.count(report.snapshot, f"gap.{section}.structural_gap")
    words = reader.texts
    return {
        "name": words(f"report.lead.{section}"),
        "now": now.text,
        "now_name": words("counts.column.gap"),
        "structural": lasting.text,
        "structural_name": words("counts.column.structural_gap"),
    }


def _table(table: Any, reader: Reader) -> dict[str, Any]:
    units = {column.unit for column in table.columns}
    own = len(units) == 1 and next(iter(units)) == table.unit
    period = reader.day(table.until)
    if table.since != table.until:
        period = f"{reader.day(table.since)} – {period}"
    return {
        "title": table.title,
        "definition": table.definition,
        "unit": table.unit,
        "period": period,
        "source": table.source,
        "columns": [
            {"name": column.name, "unit": "" if own or needs_no_unit(column, table.unit) else column.unit}
            for column in table.columns
        ],
        "rows": [
            {"name": row.name, "note": row.note or "", "cells": [cell.text for cell in row.cells]}
            for row in table.rows
        ],
    }
