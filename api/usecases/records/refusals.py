"""Why a change of a record is refused."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from models.exchange.faults import Fault


class RecordRefused(Exception):
    """A change that cannot be made; nothing has changed.

    Attributes
    ----------
    key
        Of the sentence that says why.
    status
        403 where somebody else decides, 404 where there is nothing to be seen, 409 where something stands
        in the way, 422 where what was sent is at fault.
    errors
        Every fault of what was sent: where, what, and how to mend it, in both languages.
    """

    def __init__(self, key: str, status: int = 409, errors: list[dict[str, Any]] | None = None) -> None:
        super().__init__(key)
        self.key = key
        self.status = status
        self.errors = errors


def refuse(faults: Iterable[Fault]) -> None:
    """Refuse what has faults, all of them at once.

    Raises
    ------
    RecordRefused
        When there is any.
    """
    told = [told_fault(fault) for fault in faults]
    if told:
        raise RecordRefused("facts_faulty", 422, told)


def told_fault(fault: Fault) -> dict[str, Any]:
    """A fault as it is sent: without the value, which may be about a person."""
    fault = replace(fault, value="…")
    return {
        "where": f"members.{fault.row - 1}.{fault.column}" if fault.row else fault.column,
        "what": fault.kind,
        "message_sv": fault.message("sv"),
        "message_en": fault.message("en"),
        "remedy_sv": fault.remedy("sv"),
        "remedy_en": fault.remedy("en"),
    }
