"""Every page of the coordinator: usable by everybody, at the size of a telephone and of a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.served_demo import Demo
from tests.browser.visits import NARROW, WIDE, Visit, visit

PAGES = ("today", "tonight", "morning", "waitlist", "households", "places", "asking", "plans")
LEAST_PASSED = 10
SOMETHING = '.hv-table, .hv-chain, [data-testid="stForm"]'
"""What a page has once it is drawn: a table, a chain or a form."""

pytestmark = pytest.mark.slow


def faults(here: Visit) -> list[str]:
    """What axe-core finds serious on a page, and whether it looked at all."""
    found = Axe().run(here.page).response
    assert len(found["passes"]) >= LEAST_PASSED
    return [
        f"{here.page.url}: {fault['id']} {fault['nodes'][0]['html'][:120]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_nothing_serious(browser: Browser, demo: Demo, width: int) -> None:
    with visit(browser, demo.address, "sv", width) as here:
        here.page.goto(f"{demo.address}/sign-in")
        found = faults(here)
        here.enter("coordinator")
        for page in PAGES:
            here.go("/" if page == "today" else f"/{page}")
            here.page.locator(SOMETHING).first.wait_for()
            here.keep(f"{page}-{width}")
            found += faults(here)
        here.go("/places")
        here.page.locator("[data-open]").first.click()
        here.page.locator(".hv-above").wait_for()
        here.settle()
        found += faults(here)
    assert found == []


def test_nothing_is_wider_than_a_telephone(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address, "en", NARROW) as here:
        here.enter("coordinator")
        for page in PAGES:
            here.go("/" if page == "today" else f"/{page}")
            here.page.locator(SOMETHING).first.wait_for()
            assert here.page.evaluate("document.documentElement.scrollWidth") <= NARROW, page


def test_every_page_is_in_the_language_chosen(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address, "sv") as here:
        here.enter("caseworker")
        assert here.page.get_by_role("heading", level=1).inner_text() == "I dag"
        here.go("/households")
        here.page.get_by_role("link", name="English").click()
        here.page.get_by_role("heading", level=1, name="Households").wait_for()
        assert here.page.evaluate("document.documentElement.lang") == "en"
        assert here.page.url.endswith("/households")
        here.page.locator("[data-open]").first.click()
        here.page.locator(".hv-above").wait_for()
        here.settle()
        where = here.page.url
        here.page.get_by_role("link", name="Svenska").click()
        here.page.get_by_role("radio", name="Uppgifter", exact=True).wait_for()
        assert here.page.url == where


def test_long_lists_are_turned_page_by_page(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address) as here:
        here.enter("coordinator")
        here.go("/households")
        first = here.page.locator("[data-open]").first.inner_text()
        here.press("Nästa")
        here.says("Visar 51–100")
        assert here.page.locator("[data-open]").first.inner_text() != first
        here.press("Föregående")
        here.says("Visar 1–50")
        assert here.page.locator("[data-open]").first.inner_text() == first
