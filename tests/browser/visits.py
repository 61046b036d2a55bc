"""A visit to the desks in a real browser; whatever goes wrong in the page is remembered."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PATIENCE = 90_000
WIDE, NARROW = 1280, 390


@dataclass
class Visit:
    """A person's browser, and what went wrong in it: faults of the page or console, requests elsewhere."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.settle()

    def enter(self, role: str) -> None:
        """Be somebody of the demo, by one click on the first page."""
        self.page.goto(f"{self.address}/sign-in")
        self.page.click(f"button[value={role}]")
        self.settle()

    def settle(self) -> None:
        """Wait until the page has a heading and is not being drawn."""
        self.page.wait_for_selector("h1", timeout=PATIENCE)
        self.page.wait_for_selector(
            '[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE
        )

    def press(self, name: str) -> None:
        """Press a button or a choice by its name."""
        button = self.page.get_by_role("button", name=name, exact=True)
        self.page.get_by_role("radio", name=name, exact=True).or_(button).first.click()
        self.page.wait_for_timeout(150)
        self.settle()

    def says(self, words: str) -> None:
        """Wait for words on the page."""
        self.page.get_by_text(words).first.wait_for(timeout=PATIENCE)

    def keep(self, name: str) -> None:
        """Keep a picture of the page where pictures are wanted."""
        folder = os.environ.get("HEMVIST_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Chromium of the system."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no chromium on this machine; the tests in a browser need one (apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def visit(
    browser: Browser, address: str, language: str = "sv", width: int = WIDE, also: str = ""
) -> Iterator[Visit]:
    """A visit in a language, to one address and `also` another; at its end nothing may have gone wrong."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_cookies([{"name": "hemvist_language", "value": language, "url": address}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    here = Visit(page, address)
    own = (address, address.replace("http", "ws", 1), "data:", "blob:", also or address)
    page.on("pageerror", lambda error: here.wrong.append(f"page: {error}"))
    page.on("console", lambda told: told.type == "error" and here.wrong.append(f"console: {told.text}"))
    page.on(
        "request", lambda asked: asked.url.startswith(own) or here.wrong.append(f"elsewhere: {asked.url}")
    )
    try:
        yield here
    finally:
        context.close()
    assert here.wrong == []
