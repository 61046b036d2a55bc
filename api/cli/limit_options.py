"""Options of `match` for the limits of a run, and how their texts are read."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, TypeVar

import typer

from api.cli.options import LONGEST_NUMBER
from api.usecases.problems import UserError
from optimiser.limits.model import Limits

Value = TypeVar("Value")

Budget = Annotated[str | None, typer.Option("--budget")]
BudgetUnit = Annotated[list[str] | None, typer.Option("--budget-unit")]
WomenShare = Annotated[str | None, typer.Option("--women-share")]
WomenShareUnit = Annotated[list[str] | None, typer.Option("--women-share-unit")]
GroupLimit = Annotated[list[str] | None, typer.Option("--group-limit")]
Pin = Annotated[list[str] | None, typer.Option("--pin")]
Block = Annotated[list[str] | None, typer.Option("--block")]
Reserve = Annotated[list[str] | None, typer.Option("--reserve")]
Most = Annotated[str | None, typer.Option("--most")]
Like = Annotated[str | None, typer.Option("--like")]


@dataclass(frozen=True, slots=True)
class WrittenLimits:
    """The options as written on the command line."""

    budget: str | None = None
    budget_unit: list[str] | None = None
    women_share: str | None = None
    women_share_unit: list[str] | None = None
    group_limit: list[str] | None = None
    pin: list[str] | None = None
    block: list[str] | None = None
    reserve: list[str] | None = None
    most: str | None = None


def read_limits(written: WrittenLimits) -> Limits:
    """The limits of a run.

    Raises
    ------
    UserError
        If one cannot be read.
    LimitsProblem
        If a unit, facility or pool is given two numbers.
    """
    w = written
    return Limits(
        budget=None if w.budget is None else read_number(w.budget),
        budget_of_unit=_named(w.budget_unit, read_number),
        women_share=None if w.women_share is None else _share(w.women_share),
        women_share_of_unit=_named(w.women_share_unit, _share),
        groups=_named(w.group_limit, read_number),
        pins=_named(w.pin, str),
        blocks=_named(w.block, str),
        reserves=_named(w.reserve, read_number),
        most=None if w.most is None else read_number(w.most),
    )


def read_run(text: str | None) -> int | None:
    """Id of an earlier run.

    Raises
    ------
    UserError
        When it is no number of a run.
    """
    if text is None:
        return None
    told = text.strip()
    if not (told.isascii() and told.isdigit() and len(told) <= LONGEST_NUMBER):
        raise UserError("unknown_run", id=text)
    return int(told)


def _named(texts: list[str] | None, read: Callable[[str], Value]) -> tuple[tuple[str, Value], ...]:
    rows = []
    for text in texts or ():
        name, sign, value = text.rpartition("=")
        if not (sign and name.strip() and value.strip()):
            raise UserError("bad_pair", value=text)
        rows.append((name.strip(), read(value.strip())))
    return tuple(rows)


def read_number(text: str) -> int:
    """A whole number from 0, with or without spaces between thousands.

    Raises
    ------
    UserError
        When it is none.
    """
    told = text.strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if not (told.isascii() and told.isdigit() and len(told) <= LONGEST_NUMBER):
        raise UserError("bad_number", value=text)
    return int(told)


def _share(text: str) -> Fraction:
    """A share as 2/5, 40% or 0.4, with a point or a comma."""
    told = text.strip().replace(",", ".")
    try:
        share = Fraction(told.removesuffix("%").strip()) / (100 if told.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        raise UserError("bad_share", value=text) from None
    if len(told) > LONGEST_NUMBER or not 0 <= share <= 1:
        raise UserError("bad_share", value=text)
    return share
