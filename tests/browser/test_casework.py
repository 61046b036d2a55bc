"""A coordinator's casework in a browser: tonight's bed, a next step, parking, a fact, files in and out."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, TimeoutError

from tests.browser.served_demo import Demo
from tests.browser.test_coordinator import words
from tests.browser.test_pages import faults
from tests.browser.visits import NARROW, WIDE, Visit, visit

pytestmark = pytest.mark.slow

MOST_TRIED = 20
TRIES = 3


def choose(here: Visit, label: str, option: str, nth: int = 0) -> None:
    """Choose one of a list, by its label and words."""
    box = here.page.get_by_role("combobox", name=re.compile(re.escape(label))).nth(nth)
    wanted = here.page.get_by_role("option", name=option, exact=True).first
    for _ in range(TRIES):
        # A list closes when the page scrolls under it, as it does on the way to what is below the edge.
        box.evaluate("box => box.scrollIntoView({ block: 'center', behavior: 'instant' })")
        here.page.wait_for_timeout(150)
        box.click()
        with suppress(TimeoutError):
            wanted.wait_for(timeout=10_000)
            break
    wanted.click()


def whoever_waits(here: Visit) -> list[str]:
    here.go("/waitlist")
    here.page.locator("[data-open]").first.wait_for()
    found = here.page.locator("tbody th [data-open]")
    return [found.nth(at).inner_text() for at in range(MOST_TRIED)]


def a_bed_tonight(here: Visit, language: str) -> str:
    """From a reference to a shortlist, for the first who has one; who it is."""
    said = words(language)["tonight"]
    for who in whoever_waits(here):
        here.go("/tonight")
        here.page.get_by_label(said["reference"]).fill(who)
        here.press(said["find"])
        here.page.get_by_role("heading", level=2, name=said["for"].format(household=who)).wait_for()
        here.settle()
        if here.page.locator(".hv-table").count():
            return who
    raise AssertionError("nobody has a bed tonight")


def a_day_of_casework(here: Visit, language: str, folder: Path) -> list[str]:
    said, found = words(language), []
    here.enter("coordinator")
    here.page.wait_for_selector(".hv-chain")

    a_bed_tonight(here, language)
    here.keep(f"tonight-{language}")
    found += faults(here)
    here.press(said["tonight"]["to_household"])
    here.page.locator(".hv-facts").first.wait_for()

    here.press(said["household"]["tab_work"])
    choose(here, said["work"]["step_what"], said["next_step"]["meet"])
    here.press(said["work"]["next_step_do"])
    here.says(said["work"]["next_step_done"])
    here.keep(f"next-step-{language}")
    found += faults(here)
    here.press(said["steps"]["do"])
    here.says(said["steps"]["is_done"])

    here.press(said["work"]["parking"])
    choose(here, said["offer"]["reason"], said["park_reason"]["away"])
    # The tab and the button of the form have the same name.
    here.page.locator("[data-testid='stForm'] button", has_text=said["work"]["parking_do"]).click()
    here.says(said["work"]["parking_done"])
    here.settle()
    here.press(said["work"]["parking"])
    here.press(said["work"]["unpark"])
    here.says(said["work"]["unparked"])

    here.press(said["household"]["tab_facts"])
    here.press(said["edit"]["part_change"])
    choose(here, said["edit"]["which"], said["field"]["homeless_since"])
    here.page.keyboard.press("Escape")
    choose(here, said["edit"]["learnt_from"], said["learnt_from"]["household"])
    here.keep(f"edit-{language}")
    found += faults(here)
    here.press(said["edit"]["save"])
    here.says(said["edit"]["saved"])
    here.press(said["edit"]["part_people"])
    found += faults(here)
    here.press(said["edit"]["part_sharing"])
    found += faults(here)

    here.press(said["household"]["tab_casework"])
    for kind in ("leaving", "assistance", "requests"):
        here.press(said["casework"][kind])
        here.page.locator("[data-testid='stForm']").first.wait_for()
        here.keep(f"case-{kind}-{language}")
        found += faults(here)

    here.go("/morning")
    for kind in ("steps", "flags", "leaving", "assistance", "requests", "follow_ups"):
        here.press(said["morning"][f"part_{kind}"])
        here.page.locator(".hv-table, .hv-empty").first.wait_for()
        here.keep(f"morning-{kind}-{language}")
        found += faults(here)

    here.go("/waitlist")
    for kind in ("parked", "stale", "duplicates", "pins"):
        here.press(said["waitlist"][kind])
        here.page.locator(".hv-table, .hv-empty").first.wait_for()
        found += faults(here)

    found += files_out_and_in(here, language, folder)
    return found


def files_out_and_in(here: Visit, language: str, folder: Path) -> list[str]:
    """A file is taken out, and taken in again as it is: previewed, then confirmed."""
    said = words(language)
    here.go("/imports")
    here.press(said["exports"]["make"])
    here.page.get_by_role("button", name=said["exports"]["fetch"]).click()
    here.page.get_by_role("button", name=said["exports"]["save"]).wait_for()
    found = faults(here)
    with here.page.expect_download() as fetched:
        here.page.get_by_role("button", name=said["exports"]["save"]).click()
    file = folder / fetched.value.suggested_filename
    fetched.value.save_as(file)
    here.page.locator("input[type=file]").set_input_files(str(file))
    here.page.get_by_text(file.name).first.wait_for()
    here.press(said["imports"]["look"])
    here.page.get_by_role("heading", name=said["imports"]["would"]).wait_for()
    here.settle()
    here.keep(f"import-{language}")
    found += faults(here)
    here.press(said["imports"]["write"])
    here.page.get_by_text(said["imports"]["written"]).first.wait_for()
    return found


@pytest.mark.parametrize(("language", "width"), [("sv", WIDE), ("en", NARROW)])
def test_a_day_of_casework(browser: Browser, demo: Demo, tmp_path: Path, language: str, width: int) -> None:
    with visit(browser, demo.address, language, width) as here:
        found = a_day_of_casework(here, language, tmp_path)
    assert found == []
