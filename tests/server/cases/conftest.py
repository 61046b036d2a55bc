"""On PostgreSQL in the second step."""

from pathlib import Path

import pytest

from tests.server.second_step import postgres_later


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    postgres_later(items, Path(__file__).parent)
