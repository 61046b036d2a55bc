"""Words in which migrations are written: a table, a text that must be given, a code, a whole number.

What stands here may not change meaning: databases of every version were built with it.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem


def create(table: str, *parts: SchemaItem | tuple[SchemaItem, ...]) -> None:
    """A table from columns, constraints and the pairs of both that the functions below give."""
    items: list[Any] = []
    for part in parts:
        items.extend(part if isinstance(part, tuple) else (part,))
    op.create_table(table, *items)


def given(name: str) -> tuple[SchemaItem, ...]:
    """A text that may not be empty."""
    check = sa.CheckConstraint(f"length({name}) >= 1", name=f"{name}_given")
    return sa.Column(name, sa.String(), nullable=False), check


def code(name: str, values: str, null: bool = False) -> tuple[SchemaItem, ...]:
    """A text that is one of some words."""
    check = sa.CheckConstraint(f'"{name}" IN ({quoted(values.split())})', name=f"{name}_code")
    return sa.Column(name, sa.String(), nullable=null), check


def quoted(words: list[str]) -> str:
    """Words as SQL lists them."""
    return ", ".join(f"'{word}'" for word in words)


def whole(
    name: str, least: int | None = None, most: int | None = None, null: bool = False
) -> tuple[SchemaItem, ...]:
    """A whole number within bounds."""
    items: list[SchemaItem] = [sa.Column(name, sa.Integer(), nullable=null)]
    if least is not None:
        items.append(sa.CheckConstraint(f"{name} >= {least}", name=f"{name}_least"))
    if most is not None:
        items.append(sa.CheckConstraint(f"{name} <= {most}", name=f"{name}_most"))
    return tuple(items)


def moment(name: str, null: bool = False) -> sa.Column[Any]:
    """A point in time, with its zone."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)
