"""Every address of the desks for every role: a page of one's own, or a kind word about whose it is."""

import pytest
from playwright.sync_api import Browser

from api.access.roles import may
from models.access import Role
from tests.browser.served_demo import Demo
from tests.browser.visits import visit
from ui.frame.navigation import views
from ui.texts import Texts

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("role", list(Role))
def test_every_address_leads_somewhere_for_every_role(browser: Browser, demo: Demo, role: Role) -> None:
    language = "en" if role in (Role.MANAGER, Role.AUDITOR) else "sv"
    said = Texts(language)
    mine = {view.key for view in views() if may(role, view.needs)}
    with visit(browser, demo.address, language) as here:
        here.enter(role)
        shown = {}
        for view in views():
            here.go(f"/{view.key}")
            shown[view.key] = here.page.get_by_role("heading", level=1).inner_text()
    assert {key for key, title in shown.items() if title != said("frame.not_theirs")} == mine


def test_the_front_page_answers_to_its_own_name(browser: Browser, demo: Demo) -> None:
    said = Texts("sv")
    with visit(browser, demo.address) as here:
        here.enter("coordinator")
        here.go("/today")
        here.page.get_by_role("heading", level=1, name=said("page.today")).wait_for()
        here.go("/gap")
        here.page.get_by_role("heading", level=1, name=said("frame.not_theirs")).wait_for()
        here.page.get_by_role("link", name=said("frame.to_front")).last.click()
        here.page.get_by_role("heading", level=1, name=said("page.today")).wait_for()
