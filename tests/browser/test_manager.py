"""The manager's whole task in a browser, in both languages: the gap, equal access, the monthly report."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.served_demo import Demo
from tests.browser.visits import NARROW, WIDE, Visit, visit
from ui.texts import Language, Texts

PAGES = ("gap", "equity", "indicators", "occupancy", "casework", "missing", "report")
COUNTED = 300_000
"""Milliseconds that the day's figures may take to be counted, by a machine that does other things too."""

LEAST_PASSED = 10
SCREEN = 900
"""Height in pixels of a visit's first screen."""
LANGUAGES = ("sv", "en")
BESIDE_THE_BAR = {"exclude": [['[data-testid="stSidebar"]']]}
"""The bar and its fold on a telephone are the frame's."""

pytestmark = pytest.mark.slow


def open_desk(here: Visit, role: str = "manager") -> None:
    """Enter, and wait until the day's figures have been counted."""
    here.page.goto(f"{here.address}/sign-in")
    here.page.click(f"button[value={role}]")
    here.page.wait_for_selector("h1")
    here.page.goto(f"{here.address}/{'' if role == 'manager' else 'gap'}")
    here.page.locator(".hv-hole").wait_for(timeout=COUNTED)
    here.settle()


def open_page(here: Visit, key: str) -> None:
    here.go("/" if key == "gap" else f"/{key}")
    here.page.locator("summary, [data-testid=stButton]").first.wait_for(timeout=COUNTED)
    here.settle()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_managers_day(browser: Browser, demo: Demo, language: Language, tmp_path: Path) -> None:
    said = Texts(language)
    with visit(browser, demo.address, language) as here:
        open_desk(here)
        here.says("Hvilan")
        here.says("Syrenen")
        here.says(said("manager.gap.remedy"))
        assert here.page.locator(".hv-panel").count() >= len(("support", "emergency"))
        # Now, structural, by profile, cause, bottleneck, remedy and what moved it: on the first screen.
        answers = here.page.locator(".hv-answers dt").all_inner_texts()
        assert answers == [
            said(f"manager.gap.answer.{key}") for key in ("bottleneck", "cause", "cheapest", "moved")
        ]
        box = here.page.locator(".hv-answers").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= SCREEN
        about = here.page.locator("details.hv-about").first
        about.locator("summary").click()
        about.get_by_text(said("manager.about.source")).wait_for()
        here.keep(f"manager-gap-{language}")
        here.page.get_by_role("link", name=said("page.equity")).click()
        here.page.get_by_role("heading", level=1, name=said("manager.equity.title")).wait_for()
        here.page.locator(".hv-tile").get_by_text("Södermalm").wait_for()
        here.keep(f"manager-equity-{language}")
        open_page(here, "indicators")
        here.says(said("manager.indicators.uncounted"))
        open_page(here, "report")
        here.press(said("manager.report.make"))
        here.page.get_by_role("button", name=said("manager.report.fetch_pdf")).wait_for(timeout=COUNTED)
        here.settle()
        here.keep(f"manager-report-{language}")
        begins = {"pdf": b"%PDF", "xlsx": b"PK"}
        for kind, beginning in begins.items():
            with here.page.expect_download() as coming:
                here.page.get_by_role("button", name=said(f"manager.report.fetch_{kind}")).first.click()
            file = tmp_path / coming.value.suggested_filename
            coming.value.save_as(file)
            assert file.suffix == f".{kind}"
            assert file.read_bytes().startswith(beginning)


def test_small_counts_are_hidden_and_never_nothing(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address) as here:
        open_desk(here)
        open_page(here, "occupancy")
        small = here.page.locator(".hv-kept", has_text="<5")
        assert small.count() > 0
        assert Texts("sv")("manager.shown.small") in (small.first.text_content() or "")


def test_the_planner_reads_the_same_pages_without_the_report(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address) as here:
        open_desk(here, "planner")
        for key in PAGES[:-1]:
            here.go(f"/{key}")
            here.page.get_by_role("heading", level=1, name=Texts("sv")(f"manager.{key}.title")).wait_for()
        assert here.page.get_by_role("link", name=Texts("sv")("page.report")).count() == 0


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_is_for_everybody(browser: Browser, demo: Demo, width: int) -> None:
    found: list[str] = []
    with visit(browser, demo.address, "sv", width) as here:
        open_desk(here)
        for key in PAGES:
            open_page(here, key)
            here.keep(f"manager-{key}-{width}")
            looked = Axe().run(here.page, context=BESIDE_THE_BAR).response
            assert len(looked["passes"]) >= LEAST_PASSED
            found += [
                f"{key}: {fault['id']} {fault['nodes'][0]['html'][:120]}"
                for fault in looked["violations"]
                if fault["impact"] in ("serious", "critical")
            ]
            assert here.page.evaluate("document.documentElement.scrollWidth") <= width, key
    assert found == []


def test_on_paper_everything_folded_up_is_open(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address) as here:
        open_desk(here)
        here.page.emulate_media(media="print")
        definition = here.page.locator("details.hv-about dd").first
        definition.wait_for(state="visible")
        assert definition.bounding_box()
        assert not here.page.locator('header[data-testid="stHeader"]').is_visible()
