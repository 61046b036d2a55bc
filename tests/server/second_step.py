"""What runs on PostgreSQL in the second step, because SQLite has shown in the first what it is about."""

from collections.abc import Iterable
from pathlib import Path

import pytest

IN_THE_SECOND_STEP = pytest.param("postgres", marks=pytest.mark.slow)
"""PostgreSQL as one of the databases of a test that is long."""


def postgres_later(items: Iterable[pytest.Item], *places: Path) -> None:
    """Mark as slow the tests of some files and folders that run on PostgreSQL."""
    for item in items:
        on = getattr(item, "callspec", None)
        if on is None or on.params.get("engine") != "postgres":
            continue
        if any(item.path == place or place in item.path.parents for place in places):
            item.add_marker(pytest.mark.slow)
