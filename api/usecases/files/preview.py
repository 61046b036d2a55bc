"""What an import would do, or why it does nothing: every fault by place and remedy, no value as it stood."""

from dataclasses import replace
from typing import Any

from api.texts import LANGUAGES
from models.exchange import Fault, ImportReport
from models.exchange.faults import masked

LONGEST_SHAPE = 30
FIRST_ROW = 2


def told(report: ImportReport) -> dict[str, Any]:
    """A report as a job keeps it, with its faults in both languages."""
    kept = report.as_json()
    kept["faults"] = [_fault(fault) for fault in report.faults]
    kept["set_aside"] = [
        {"kind": kind, "id": masked(entity), "faults": [_fault(fault) for fault in faults]}
        for (kind, entity), faults in report.set_aside.items()
    ]
    kept["mended"] = [{"kind": kind, "id": masked(entity)} for kind, entity in report.mended]
    return kept


def shape_of(value: str) -> str:
    """What a value looks like, without what it says: `Anna 1` is `Aaaa 9`."""
    signs = ("9" if sign.isdigit() else _letter(sign) for sign in value)
    shape = "".join(signs)
    return shape if len(shape) <= LONGEST_SHAPE else shape[: LONGEST_SHAPE - 1] + "…"


def _letter(sign: str) -> str:
    if not sign.isalpha():
        return sign
    return "A" if sign.isupper() else "a"


def _fault(fault: Fault) -> dict[str, Any]:
    """A fault; a value of a row, and a heading with figures in it, is told by its shape alone."""
    data = fault.row >= FIRST_ROW
    hides = data or any(sign.isdigit() for sign in fault.value)
    shape = shape_of(fault.value) if hides else fault.value
    column = shape_of(fault.column) if any(sign.isdigit() for sign in fault.column) else fault.column
    details = {name: shape if word == fault.value else word for name, word in fault.details.items()}
    shown = replace(fault, value=shape, column=column, details=details)
    return {
        "file": fault.file,
        "row": fault.row,
        "column": column,
        "shape": shape,
        "kind": fault.kind,
        "message": {language: shown.message(language) for language in LANGUAGES},
        "remedy": {language: shown.remedy(language) for language in LANGUAGES},
    }
