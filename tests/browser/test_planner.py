"""The planner's whole task in a real browser, in both languages: build, run, read, share, take along."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.served_demo import Demo
from tests.browser.visits import NARROW, WIDE, Visit, visit
from ui.texts import Language, Texts

PAGES = (
    *("whatif", "build", "runs", "capacity", "stay-costs", "assumptions", "back-test"),
    *("housing-map", "policy"),
)
LEAST_PASSED = 10
LONG = 240_000

pytestmark = pytest.mark.slow


def choose(here: Visit, label: str, option: str) -> None:
    """Choose an option of a list by what it says."""
    here.page.get_by_label(label, exact=True).first.click()
    here.page.get_by_role("option", name=option, exact=True).click()
    here.page.wait_for_timeout(300)
    here.settle()


def write(here: Visit, label: str, words: str) -> None:
    """Write in a field."""
    here.page.get_by_label(label, exact=True).first.fill(words)
    here.page.keyboard.press("Tab")
    here.page.wait_for_timeout(300)
    here.settle()


def open_page(here: Visit, page: str) -> None:
    """Go to a page and wait until it is drawn."""
    here.go("/" if page == "whatif" else f"/{page}")
    here.page.locator(".hv-table, .hv-cards, .hv-empty, .hv-note, [data-testid=stForm]").filter(
        visible=True
    ).first.wait_for()
    here.settle()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_what_if_from_the_form_to_the_results(browser: Browser, demo: Demo, language: Language) -> None:
    said = Texts(language)
    with visit(browser, demo.address, language) as here:
        here.enter("planner")
        here.says(said("whatif.title"))
        open_page(here, "build")
        write(here, said("build.scenario_title"), "Hvilan x 2")
        choose(here, said("build.kind_of_change"), said("build.kind.arrivals"))
        here.press(said("build.add_change"))
        here.says(said("build.fault.missing key"))
        here.page.get_by_label(said("build.field.segments"), exact=True).first.click()
        here.page.get_by_role("option").first.click()
        here.page.keyboard.press("Escape")
        write(here, said("build.field.factor"), "20")
        here.press(said("build.add_change"))
        here.says(said("build.sound"))
        here.keep(f"planner-build-{language}")
        shared = here.page.url
        assert "s=" in shared
        here.press(said("build.run"))
        here.says(said("run.alternative", n=1))
        choose(here, said("run.weeks"), said.count("year_ahead", 1, weeks=52))
        write(here, said("run.replications"), "4")
        here.page.get_by_role("button", name=said("run.start"), exact=True).click()
        here.says(said("run.under_way"))
        here.page.locator(".hv-told").first.wait_for(timeout=LONG)
        here.settle()
        assert "/result?id=" in here.page.url
        for part in ("months", "groups", "costs", "rests_on", "figures"):
            here.press(said(f"result.{part}"))
            here.keep(f"planner-{part}-{language}")
        with here.page.expect_download() as fetched:
            here.page.get_by_role("button", name=said("result.json"), exact=True).click()
        run = json.loads(fetched.value.path().read_text(encoding="utf-8"))
        assert run["weeks"] == 52
        address = here.page.url
    with visit(browser, demo.address, language) as other:
        other.enter("manager")
        other.page.goto(address)
        other.page.locator(".hv-told").first.wait_for()
    with visit(browser, demo.address, language) as third:
        third.enter("planner")
        third.page.goto(shared)
        third.says(said("build.sound"))


def test_a_stacked_run_shows_figures_at_once_and_can_be_stopped(browser: Browser, demo: Demo) -> None:
    said = Texts("sv")
    with visit(browser, demo.address) as here:
        here.enter("planner")
        add = here.page.get_by_role("button", name=f"{said('whatif.add')}: ")
        for at in (0, 1):
            add.nth(at).click()
            here.says(said("run.alternative", n=at + 1))
            here.settle()
        here.press(said("run.stack"))
        here.says(said("run.alternative", n=3))
        here.page.get_by_role("button", name=said("run.start"), exact=True).click()
        here.page.locator(".hv-table", has_text=said("run.figures")).wait_for(timeout=LONG)
        here.keep("planner-first-figures")
        here.page.get_by_role("button", name=said("frame.stop"), exact=True).click()
        start = here.page.get_by_role("button", name=said("run.start"), exact=True)
        start.wait_for(timeout=LONG)
        assert start.is_enabled()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_a_stay_costs_and_whether_the_rates_hold(
    browser: Browser, demo: Demo, language: Language
) -> None:
    said = Texts(language)
    with visit(browser, demo.address, language) as here:
        here.enter("planner")
        for page, shown in (("stay-costs", "stays.side_by_side"), ("back-test", "stays.test_chart")):
            open_page(here, page)
            here.says(said(shown))
            here.page.locator("canvas, svg.marks").first.wait_for()
            here.page.get_by_text(said("frame.as_table"), exact=True).click()
            here.page.locator("[data-testid=stExpander] .hv-table td.hv-number").first.wait_for()
            here.keep(f"planner-{page}-{language}")


def test_the_cheapest_to_build(browser: Browser, demo: Demo) -> None:
    said = Texts("sv")
    with visit(browser, demo.address) as here:
        here.enter("planner")
        open_page(here, "capacity")
        here.press(said("capacity.start"))
        here.page.get_by_text(said("capacity.build_caption")).first.wait_for(timeout=LONG)
        here.keep("planner-capacity")
        here.says(said("capacity.not_lived"))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_nothing_serious_and_nothing_is_too_wide(browser: Browser, demo: Demo, width: int) -> None:
    wrong = []
    with visit(browser, demo.address, "sv", width) as here:
        here.enter("planner")
        for page in PAGES:
            open_page(here, page)
            here.keep(f"{page}-{width}")
            found = Axe().run(here.page).response
            assert len(found["passes"]) >= LEAST_PASSED
            wrong += [
                f"{page}: {fault['id']} {fault['nodes'][0]['html'][:160]}"
                for fault in found["violations"]
                if fault["impact"] in ("serious", "critical")
            ]
            if here.page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{page}: wider than {width}")
    assert wrong == []
