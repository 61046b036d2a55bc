"""Options that several commands share, and how their texts are read."""

import math
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.usecases.problems import UserError

Database = Annotated[str | None, typer.Option("--db")]
AsOf = Annotated[str | None, typer.Option("--as-of")]
Json = Annotated[str | None, typer.Option("--json")]
Moves = Annotated[str | None, typer.Option("--moves")]
Dot = Annotated[str | None, typer.Option("--dot")]

DEFAULT_MOVES = "4"
"""How far residents may move when nothing is said."""

LONGEST_NUMBER = 9

LAST_DAY = date.max - timedelta(weeks=20 * 52)
"""No calendar goes on after `date.max`; the longest simulation must end before it."""


def read_day(text: str | None) -> date | None:
    """A day written as 2026-01-15; None stays None.

    Raises
    ------
    UserError
        When it is no such day, or one too far ahead to simulate from.
    """
    if text is None:
        return None
    try:
        if len(text) != len("2026-01-15"):
            raise ValueError(text)
        day = date.fromisoformat(text)
    except ValueError:
        raise UserError("bad_date", value=text) from None
    if day > LAST_DAY:
        raise UserError("date_too_far", value=text)
    return day


def read_moves(text: str | None) -> Literal["none", "unlimited"] | int:
    """`none`, `unlimited`, or the most proposals of a chain.

    Raises
    ------
    UserError
        When it is none of them.
    """
    told = DEFAULT_MOVES if text is None else text.strip()
    if told == "none":
        return "none"
    if told == "unlimited":
        return "unlimited"
    if told.isascii() and told.isdigit() and len(told) <= LONGEST_NUMBER and int(told) >= 1:
        return int(told)
    raise UserError("bad_moves", value=told)


def read_seconds(text: str | None) -> float | None:
    """Seconds, above zero; with a decimal point or comma.

    Raises
    ------
    UserError
        When it is no such number.
    """
    if text is None:
        return None
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        raise UserError("bad_seconds", value=text) from None
    if not (math.isfinite(seconds) and seconds > 0):
        raise UserError("bad_seconds", value=text)
    return seconds


def read_target(text: str | None) -> str | None:
    """Where JSON goes: `-` for standard output, else a file, looked at before the work begins.

    Raises
    ------
    UserError
        When it is a folder, or in a folder that is not there.
    """
    if text is None or text == "-":
        return text
    file = Path(text)
    if not text or file.is_dir():
        raise UserError("json_is_folder", path=text)
    if not file.parent.is_dir():
        raise UserError("no_folder", path=str(file.parent))
    return text


def read_targets(json: str | None, dot: str | None) -> tuple[str | None, str | None]:
    """Where JSON and a drawing go; not both on standard output.

    Raises
    ------
    UserError
        When both are to go to standard output, or one where nothing can be written.
    """
    if json == dot == "-":
        raise UserError("one_on_output")
    return read_target(json), read_target(dot)
