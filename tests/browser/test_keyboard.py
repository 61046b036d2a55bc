"""The keyboard alone: from the first page to an accepted offer."""

import pytest
from playwright.sync_api import Browser

from tests.browser.served_demo import Demo
from tests.browser.visits import NARROW, Visit, visit

pytestmark = pytest.mark.slow
MOST_STEPS = 120


def walk_to(here: Visit, wanted: str, key: str = "Tab") -> None:
    """Step with a key until what has the focus answers to a script."""
    for _ in range(MOST_STEPS):
        if here.page.evaluate(f"(() => {{ const e = document.activeElement; return !!({wanted}); }})()"):
            return
        here.page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not reach {wanted}")


def test_an_offer_is_put_and_accepted_with_the_keyboard_alone(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address) as here:
        here.page.goto(f"{demo.address}/sign-in")
        walk_to(here, "e.value === 'coordinator'")
        here.page.keyboard.press("Enter")
        here.page.locator(".hv-chain").first.wait_for()
        here.settle()
        walk_to(here, "e.matches('.hv-chain li:first-child [data-open]')")
        here.page.keyboard.press("Enter")
        here.says("Erbjudande")
        here.page.get_by_text("Vad händer nu?").first.wait_for()
        here.settle()
        walk_to(here, "e.innerText === 'Erbjud'")
        here.page.keyboard.press("Enter")
        here.says("Erbjudet. När hushållet")
        here.settle()
        walk_to(here, "e.tagName === 'TEXTAREA'")
        here.page.keyboard.type("Hushållet vill bo här och platsen passar.")
        for _ in range(2):
            here.page.keyboard.press("Tab")
            if here.page.evaluate("document.activeElement.tagName") == "TEXTAREA":
                here.page.keyboard.type("Skolan ligger nära.")
        walk_to(here, "e.innerText === 'Anteckna ja och håll platsen'")
        here.page.keyboard.press("Enter")
        here.says("Antecknat. Platsen hålls")


def test_what_has_the_focus_shows_it(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address) as here:
        here.enter("coordinator")
        here.page.locator(".hv-chain").first.wait_for()
        walk_to(here, "e.matches('[data-open]')")
        outline = here.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


def test_a_menu_that_is_folded_away_is_out_of_the_keyboards_way(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address, "sv", NARROW) as here:
        here.enter("coordinator")
        here.page.locator(".hv-chain").first.wait_for()
        reached = []
        for _ in range(8):
            here.page.keyboard.press("Tab")
            reached.append(here.page.evaluate("document.activeElement.getBoundingClientRect().right"))
        assert min(reached) > 0
        here.page.get_by_role("button", name="Visa menyn").click()
        here.page.get_by_role("link", name="Platser").first.click()
        here.page.get_by_role("heading", level=1, name="Platser").wait_for()
        here.page.locator("[data-testid='stSidebar'][data-collapsed='true']").wait_for(state="attached")
