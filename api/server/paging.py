"""Lists in pages: a cursor says where the next one begins, so that nothing is skipped or shown twice."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from api.server.problems import Problem

Item = TypeVar("Item")
Told = TypeVar("Told")
MOST = 200

Limit = Annotated[int, Query(ge=1, le=MOST, description="Most items in one page.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before.")]


class Page(BaseModel, Generic[Item]):
    """One page of a list: items, how many in all, and the cursor of the next page if there is one."""

    items: list[Item]
    total: int
    next: str | None

    def told(self, out: Callable[[Item], Told]) -> "Page[Told]":
        """The same page with each item as it is told."""
        return Page(items=[out(item) for item in self.items], total=self.total, next=self.next)


def page_of(
    rows: Sequence[Any], key: Callable[[Any], tuple[Any, ...]], cursor: str | None, limit: int
) -> tuple[list[Any], str | None]:
    """Rows after a cursor, and the cursor of the page after them.

    Parameters
    ----------
    rows
        Sorted by key.
    key
        Of a row: numbers and texts, none twice.

    Raises
    ------
    Problem
        422 when the cursor is none of this list's.
    """
    after = None if cursor is None else read_cursor(cursor)
    try:
        rest = list(rows) if after is None else [row for row in rows if key(row) > after]
    except TypeError:
        raise Problem(422, "bad_cursor") from None
    shown = rest[:limit]
    return shown, write_cursor(key(shown[-1])) if len(rest) > limit else None


def write_cursor(key: tuple[Any, ...]) -> str:
    """A key as a cursor."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def read_cursor(cursor: str) -> tuple[Any, ...]:
    """The key of a cursor.

    Raises
    ------
    Problem
        422 when it is none of ours.
    """
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (binascii.Error, ValueError):
        raise Problem(422, "bad_cursor") from None
    if not isinstance(key, list):
        raise Problem(422, "bad_cursor")
    return tuple(key)
