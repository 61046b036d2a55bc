"""The coordinator's whole task: from the day's proposals to a household that has moved in."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.served_demo import Demo
from tests.browser.visits import Visit, visit

TEXTS = Path(__file__).parents[2] / "ui" / "texts"


def words(language: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for file in (TEXTS / language).glob("*.toml"):
        for table, rows in tomllib.loads(file.read_text(encoding="utf-8")).items():
            found.setdefault(table, {}).update(rows)
    return found


def open_offer(here: Visit, at: int) -> str:
    """Open the foremost household of a chain on the day's page; who it is."""
    here.go("/")
    here.page.wait_for_selector(".hv-chain")
    chain = here.page.locator(".hv-chain").nth(at)
    first = chain.locator("li").first.locator("[data-open]")
    who = first.inner_text()
    first.click()
    here.page.get_by_role("heading", level=1).filter(has_text=who).wait_for()
    here.settle()
    return who


def chains_that_begin_here(here: Visit) -> list[int]:
    """Chains whose first household is shared with the person."""
    here.go("/")
    here.page.wait_for_selector(".hv-chain")
    chains = here.page.locator(".hv-chain")
    return [
        at
        for at in range(chains.count())
        if chains.nth(at).locator("li").first.locator("[data-open]").count()
    ]


def whole_task(here: Visit, language: str) -> None:
    said = words(language)
    offer = said["offer"]
    here.enter("coordinator")
    here.page.wait_for_selector(".hv-chain")
    assert here.page.evaluate("document.documentElement.lang") == language
    here.keep(f"today-{language}")
    at = chains_that_begin_here(here)

    open_offer(here, at[0])
    here.press(offer["put_do"])
    here.says(offer["put_done"])
    here.page.get_by_label(offer["assessment"]).fill("Passar familjen väl.")
    for name in ("child_best_interests", "child_view"):
        if here.page.get_by_label(offer[name]).count():
            here.page.get_by_label(offer[name]).fill("Skolan ligger nära.")
    here.keep(f"offer-{language}")
    here.press(offer["accept_do"])
    here.says(offer["accept_done"])
    here.press(offer["move_do"])
    here.says(offer["move_done"])

    open_offer(here, at[1])
    here.press(offer["put_do"])
    here.says(offer["put_done"])
    here.press(offer["decline"])
    here.page.get_by_role("combobox", name=offer["reason"]).click()
    here.page.get_by_role("option", name=said["decline_reason"]["location"]).click()
    here.press(offer["decline_do"])
    here.says(offer["decline_done"])

    here.page.get_by_role("button", name=offer["to_household"]).click()
    here.page.wait_for_selector(".hv-facts")
    for part in ("places", "ahead", "help", "recommended", "work", "history"):
        here.press(said["household"][f"tab_{part}"])
        here.page.wait_for_timeout(300)
        here.keep(f"household-{part}-{language}")

    plans = said["plans"]
    here.go("/plans")
    here.press(plans["run"])
    here.says(plans["done"])
    here.keep(f"plans-{language}")
    here.press(plans["publish"])
    here.page.get_by_text(plans["published"].split(":")[0] + ":").first.wait_for()


@pytest.mark.slow
def test_the_whole_task_in_swedish(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address, "sv") as here:
        whole_task(here, "sv")


@pytest.mark.slow
def test_the_whole_task_in_english(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address, "en") as here:
        whole_task(here, "en")
