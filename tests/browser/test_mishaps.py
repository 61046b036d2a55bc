"""What goes wrong in a working day: two who decide the same, a session that ends, a service that is away."""

import os
import signal

import pytest
from playwright.sync_api import Browser

from tests.browser.served_demo import Demo, answers
from tests.browser.test_casework import choose, whoever_waits
from tests.browser.visits import PATIENCE, Visit, visit

pytestmark = pytest.mark.slow


def open_first_proposal(here: Visit) -> None:
    here.page.locator(".hv-chain li:first-child [data-open]").first.click()
    here.page.get_by_text("Vad händer nu?").first.wait_for()
    here.settle()


def test_two_browsers_decide_the_same_offer(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address) as one, visit(browser, demo.address) as two:
        for here in (one, two):
            here.enter("coordinator")
            here.page.locator(".hv-chain").first.wait_for()
            open_first_proposal(here)
        assert one.page.url == two.page.url
        one.press("Erbjud")
        one.says("Erbjudet. När hushållet")
        two.press("Erbjud")
        two.says("Någon annan hann före")
        two.page.reload()
        two.settle()
        two.says("Anteckna ja och håll platsen")
        for here in (one, two):
            here.page.get_by_label("Din egen bedömning, i en mening").fill("Passar.")
            for name in ("Vad är barnets bästa?", "Vad säger barnet?"):
                if here.page.get_by_label(name).count():
                    here.page.get_by_label(name).fill("Skolan.")
        one.press("Anteckna ja och håll platsen")
        one.says("Antecknat. Platsen hålls")
        two.press("Anteckna ja och håll platsen")
        two.says("Någon annan hann före")


def test_a_reload_keeps_the_person_in_and_signing_out_lets_go(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address) as here:
        here.enter("manager")
        here.enter("coordinator")
        here.go("/waitlist")
        here.page.reload()
        here.settle()
        assert here.page.get_by_role("heading", level=1).inner_text() == "Väntelista"
        cookies = {cookie["name"]: cookie for cookie in here.page.context.cookies()}
        assert cookies["hemvist_session"]["httpOnly"]
        here.page.get_by_role("link", name="Logga ut").click()
        here.page.get_by_role("button", name="Logga ut").click()
        here.says("Du är utloggad.")
        here.page.goto(f"{demo.address}/households")
        assert "/sign-in" in here.page.url


def test_what_was_typed_outlives_signing_out_in_another_window(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address) as here:
        here.enter("coordinator")
        here.go(f"/household?id={whoever_waits(here)[0]}")
        here.press("Att göra")
        choose(here, "Vad?", "träffas")
        here.page.get_by_label("Mer om det").fill("Ring på tisdag.")
        beside = Visit(here.page.context.new_page(), demo.address)
        beside.page.goto(f"{demo.address}/sign-out")
        beside.page.get_by_role("button", name="Logga ut").click()
        beside.says("Du är utloggad.")
        here.page.get_by_role("button", name="Spara nästa steg").click()
        here.says("Det du skrivit här finns kvar")
        assert here.page.get_by_text("Ring på tisdag.").count() == 0
        with here.page.context.expect_page() as opened:
            here.page.get_by_role("link", name="Logga in").click()
        again = Visit(opened.value, demo.address)
        again.page.click("button[value=coordinator]")
        again.settle()
        assert again.page.url == here.page.url
        here.press("Jag har loggat in, fortsätt här")
        here.page.get_by_label("Mer om det").wait_for()
        assert here.page.get_by_label("Mer om det").input_value() == "Ring på tisdag."
        here.press("Spara nästa steg")
        here.says("Nästa steg är sparat.")


def test_what_was_typed_outlives_an_api_that_is_away(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address) as here:
        here.enter("coordinator")
        here.page.locator(".hv-chain").first.wait_for()
        here.page.locator(".hv-chain li:first-child [data-open]").nth(1).click()
        here.page.get_by_text("Vad händer nu?").first.wait_for()
        here.settle()
        here.press("Ta tillbaka")
        here.page.get_by_label("Anteckning").fill("Hushållet har bett om det.")
        # The API stands still, as it does while a machine is started again.
        here.page.keyboard.press("Tab")
        os.kill(demo.running.pid, signal.SIGSTOP)
        try:
            here.page.get_by_role("button", name="Ta tillbaka erbjudandet").click()
            here.page.get_by_text("svarar inte just nu").first.wait_for(timeout=PATIENCE)
            assert here.page.get_by_label("Anteckning").input_value() == "Hushållet har bett om det."
        finally:
            os.kill(demo.running.pid, signal.SIGCONT)
        here.settle()
        here.press("Ta tillbaka erbjudandet")
        here.says("Återtaget.")


def test_desks_that_end_are_started_again(browser: Browser, demo: Demo) -> None:
    (desks,) = demo.children("ui.serving")
    os.kill(desks, signal.SIGKILL)
    with visit(browser, demo.address) as here:
        for _ in range(720):
            here.page.wait_for_timeout(250)
            if demo.children("ui.serving") not in ([], [desks]) and answers(demo.address):
                break
        here.enter("coordinator")
        assert here.page.get_by_role("heading", level=1).inner_text() == "I dag"
