"""Column types that the tables share."""

from enum import StrEnum
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Code(TypeDecorator[StrEnum]):
    """A coded value, stored as plain text: a migration can widen a CHECK, hardly a type of the database."""

    impl = String
    cache_ok = True

    def __init__(self, codes: type[StrEnum]) -> None:
        super().__init__()
        self.codes = codes
        self._by_text: dict[str, StrEnum] = {code.value: code for code in codes}

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Text of a code."""
        # A driver sees an enum member before it sees the text that it is.
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        """Code of a text."""
        return None if value is None else self._by_text[value]


class CodeList(TypeDecorator[tuple[str, ...]]):
    """A list of codes or names, stored as one text with `|` between, in the order given."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002
        """Text of a list."""
        return "|".join(value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:  # noqa: ARG002
        """List of a text."""
        return tuple(value.split("|")) if value else ()
