"""A register extract as JSON, and as a page that the person can read."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from api.texts import Language, Texts
from api.usecases.extracting import ANOTHER, Extract
from models.exchange.columns import sheets


def extract_as_data(made: Extract) -> dict[str, Any]:
    """An extract as JSON gives it."""
    tables = {name: [dict(row) for row in rows] for name, rows in made.tables.items()}
    return {"household_id": made.household_id, "made_at": made.made_at.isoformat(), "tables": tables}


def extract_as_json(made: Extract) -> str:
    """An extract as a text of JSON."""
    return json.dumps(extract_as_data(made), ensure_ascii=False, indent=2) + "\n"


def extract_as_page(made: Extract, language: Language) -> str:
    """An extract as a page of plain HTML: no script, nothing fetched from elsewhere."""
    return "\n".join(_page(made, language, Texts(language))) + "\n"


def _page(made: Extract, language: Language, texts: Texts) -> Iterator[str]:
    title = escape(texts("extract.title", household=made.household_id))
    yield f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>'
    yield "</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>"
    yield f"<p>{escape(texts('extract.about', day=made.made_at.date(), rows=made.rows))}</p>"
    for table, rows in made.tables.items():
        yield f"<section>\n<h2>{escape(_named(texts, 'table', table))}</h2>"
        for row in rows:
            yield "<dl>"
            for name, value in row.items():
                yield f"<dt>{escape(_heading(texts, language, name))}</dt>"
                yield f"<dd>{escape(_value(texts, language, name, value))}</dd>"
            yield "</dl>"
        yield "</section>"
    yield "</main>\n</body>\n</html>"


def _named(texts: Texts, kind: str, name: str) -> str:
    key = f"extract.{kind}.{name}"
    return texts(key) if texts.has(key) else name.replace("_", " ").capitalize()


def _heading(texts: Texts, language: Language, name: str) -> str:
    if language == "sv" and not texts.has(f"extract.column.{name}"):
        for sheet in sheets().values():
            if name in sheet.columns:
                return sheet.columns[name].alias.replace("_", " ").capitalize()
    return _named(texts, "column", name)


def _value(texts: Texts, language: Language, name: str, value: Any) -> str:
    if value == ANOTHER:
        return texts("extract.another")
    if isinstance(value, bool):
        return texts("extract.yes" if value else "extract.no")
    if isinstance(value, list):
        return ", ".join(_value(texts, language, name, part) for part in value)
    if language == "sv":
        for sheet in sheets().values():
            column = sheet.columns.get(name)
            if column is not None and str(value) in column.words:
                return column.words[str(value)]
    return str(value)
