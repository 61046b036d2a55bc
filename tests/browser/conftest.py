"""The served demo city and a browser, shared by the tests of a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.served_demo import Demo, served_demo
from tests.browser.visits import a_browser


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo city; after the browser, so that without one nothing is built."""
    folder: Path = tmp_path_factory.mktemp("demo")
    with served_demo(folder) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as found:
        yield found
