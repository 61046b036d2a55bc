"""What follows upon decisions: moving in and out, a no and what comes of it, a case from first to last."""

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.served_demo import Demo
from tests.browser.test_casework import choose, whoever_waits
from tests.browser.test_coordinator import chains_that_begin_here, open_offer, words
from tests.browser.visits import NARROW, WIDE, Visit, visit

pytestmark = pytest.mark.slow


def put_day(here: Visit, label: str, day: str) -> None:
    """Write a day, as 2026-01-15, into the field of a label."""
    here.page.get_by_role("spinbutton", name=label).first.click()
    here.page.keyboard.type(day.replace("-", ""))


def send(here: Visit, name: str, says: str) -> None:
    """Press the button of a form, and wait for what is said of it."""
    here.page.locator("[data-testid='stForm'] button", has_text=name).last.click()
    here.says(says)
    here.settle()


def opened_in_table(here: Visit, word: str) -> Locator:
    return here.page.locator(".hv-table [data-open]").filter(has_text=word).first


def a_case_from_first_to_last(here: Visit, language: str) -> None:
    said, who = words(language), f"NYTT-{language}-1"
    new, edit, field = said["new_case"], said["edit"], said["field"]
    here.enter("caseworker")
    here.go("/tonight")
    here.page.get_by_label(said["tonight"]["reference"]).fill(who)
    here.press(said["tonight"]["find"])
    here.says(said["tonight"]["nobody"])
    here.press(new["to"])
    here.page.get_by_role("heading", level=1, name=new["title"]).wait_for()
    here.page.get_by_label(new["reference"]).fill(who)
    choose(here, field["situation"], said["situation"]["hotel_hostel"])
    choose(here, field["support_need"], said["support"]["visiting"])
    choose(here, edit["learnt_from"], said["learnt_from"]["household"])
    here.press(new["look"])
    here.page.locator(".hv-fault").filter(has_text=new["needed"]).wait_for()
    here.settle()
    assert here.page.get_by_label(new["reference"]).input_value() == who
    put_day(here, field["birth_date"], "1985-03-04")
    choose(here, field["sex"], said["sex"]["woman"])
    here.keep(f"new-case-{language}")
    here.press(new["look"])
    here.press(new["begin"])
    here.says(new["begun"].format(household=who))
    here.page.get_by_role("heading", level=1, name=who).wait_for()
    here.settle()

    here.press(edit["part_sharing"])
    choose(here, said["sharing"]["ground"], said["sharing_basis"]["consent"])
    send(here, said["sharing"]["save"], said["sharing"]["saved"])
    here.press(said["sharing"]["end"])
    here.says(said["sharing"]["ended"])
    here.settle()

    here.press(said["household"]["tab_casework"])
    here.press(said["casework"]["leaving"])
    leaving = said["leaving"]
    choose(here, leaving["institution"], said["institution"]["hospital"])
    put_day(here, leaving["admitted_on"], "2026-01-10")
    put_day(here, leaving["leaves_on"], "2026-02-20")
    put_day(here, leaving["sip_on"], "2026-01-25")
    send(here, leaving["begin"], leaving["begun"])
    opened_in_table(here, leaving["do"]).click()
    here.says(leaving["step_done"])
    here.settle()
    here.keep(f"leaving-{language}")

    here.press(said["casework"]["assistance"])
    granted = said["assistance"]
    here.page.get_by_role("combobox", name=granted["form"]).click()
    here.page.get_by_role("option").first.click()
    put_day(here, granted["decided_on"], "2026-01-12")
    put_day(here, granted["from_on"], "2026-01-20")
    put_day(here, granted["to_on"], "2026-02-10")
    send(here, granted["save"], granted["saved"])
    here.says(granted["short"])
    here.keep(f"assistance-{language}")

    here.press(said["household"]["tab_history"])
    here.says(field["support_need"])
    here.keep(f"history-{language}")
    here.press(said["household"]["tab_facts"])
    here.press(edit["part_close"])
    closing = said["closing"]
    choose(here, closing["situation"], said["situation"]["housed"])
    send(here, closing["do"], closing["be_sure"])
    here.page.get_by_text(closing["sure"].format(household=who)).click()
    send(here, closing["do"], closing["done"].format(household=who))


@pytest.mark.parametrize(("language", "width"), [("sv", WIDE), ("en", NARROW)])
def test_a_case_is_begun_worked_with_and_closed(
    browser: Browser, demo: Demo, language: str, width: int
) -> None:
    with visit(browser, demo.address, language, width) as here:
        a_case_from_first_to_last(here, language)


def put(here: Visit, language: str) -> None:
    """Offer the foremost household of a chain its place: the first that nobody has offered yet."""
    offer = words(language)["offer"]
    for at in chains_that_begin_here(here):
        open_offer(here, at)
        here.says(offer["what_now"])
        here.settle()
        if here.page.get_by_role("button", name=offer["put_do"], exact=True).count():
            here.press(offer["put_do"])
            here.says(offer["put_done"])
            here.settle()
            return
    raise AssertionError("no proposal is left to offer")


def what_follows_upon_answers(here: Visit, language: str) -> None:
    said = words(language)
    offer, follow = said["offer"], said["follow_ups"]
    here.enter("coordinator")
    put(here, language)
    here.page.get_by_label(offer["assessment"]).fill("Passar.")
    for name in ("child_best_interests", "child_view"):
        if here.page.get_by_label(offer[name]).count():
            here.page.get_by_label(offer[name]).fill("Skolan ligger nära.")
    send(here, offer["accept_do"], offer["accept_done"])
    send(here, offer["move_do"], offer["move_done"])
    here.press(offer["to_follow_ups"])
    opened_in_table(here, follow["note"]).click()
    choose(here, follow["outcome"], said["follow_up_outcome"]["stays"])
    here.keep(f"follow-up-{language}")
    send(here, follow["save"], follow["saved"])
    here.press(said["casework"]["offers"])
    here.page.locator(".hv-table tbody [data-open]").first.click()
    here.says(offer["end_about"][:30])
    here.settle()
    choose(here, offer["end_situation"], said["situation"]["friends_temporary"])
    choose(here, offer["end_reason"], said["end_reason"]["placeringen upphörde"])
    here.keep(f"end-{language}")
    send(here, offer["end_do"], offer["end_done"])

    put(here, language)
    here.press(offer["decline"])
    choose(here, offer["reason"], said["decline_reason"]["location"])
    send(here, offer["decline_do"], offer["decline_done"])
    put_day(here, offer["next_contact_on_ask"], "2026-01-20")
    here.page.get_by_label(offer["next_contact_by"]).fill("demo-coordinator")
    here.keep(f"declined-{language}")
    send(here, offer["contact_do"], offer["contact_done"])
    here.press(offer["reconsider"])
    send(here, offer["reconsider_do"], offer["reconsider_done"])

    put(here, language)
    here.press(offer["decline"])
    here.page.get_by_text(said["declined_by"]["provider"], exact=True).click()
    send(here, offer["decline_do"], offer["decline_done"])
    here.press(offer["say_why"])
    choose(here, said["requests"]["why_no"], said["decline_reason"]["house_rules"])
    here.keep(f"say-why-{language}")
    send(here, offer["say_why_do"], offer["say_why_done"])


@pytest.mark.parametrize(("language", "width"), [("en", WIDE), ("sv", NARROW)])
def test_what_follows_upon_an_answer(browser: Browser, demo: Demo, language: str, width: int) -> None:
    with visit(browser, demo.address, language, width) as here:
        what_follows_upon_answers(here, language)


def requests_and_pins(here: Visit, language: str) -> None:
    said = words(language)
    requests, work, pins = said["requests"], said["work"], said["pins"]
    here.enter("coordinator")
    here.go("/waitlist")
    # The foremost may be somebody whom no place suits: that is said, and another is taken.
    for who in whoever_waits(here)[7:]:
        here.go(f"/household?id={who}")
        here.page.get_by_role("heading", level=1, name=who).wait_for()
        here.press(said["household"]["tab_casework"])
        here.press(said["casework"]["requests"])
        here.page.locator("[data-testid='stForm'], .hv-empty").first.wait_for()
        if here.page.locator("[data-testid='stForm']").count():
            break
    send(here, requests["send"], requests["is_sent"])
    opened_in_table(here, requests["open"]).click()
    here.says(requests["told"])
    here.settle()
    here.keep(f"request-{language}")
    choose(here, requests["answer"], said["request_state"]["no"])
    here.page.locator("[data-testid='stForm'] button", has_text=requests["answer_do"]).click()
    here.says(requests["answered"])
    here.settle()
    choose(here, requests["why_no"], said["decline_reason"]["house_rules"])
    send(here, requests["reason_do"], requests["reason_given"])

    here.press(said["household"]["tab_work"])
    for kind in ("pin", "block"):
        here.press(work["pin"])
        here.page.get_by_text(said["pin_kind"][kind], exact=True).click()
        choose(here, said["offer"]["reason"], said["departure"]["safety"])
        send(here, work["pin_do"], work["pin_done"])
        here.keep(f"{kind}-{language}")
        opened_in_table(here, pins["lift"]).click()
        lift = here.page.locator("[data-testid='stForm'] button", has_text=pins["lift_do"])
        lift.click()
        here.says(pins["reason_first"])
        choose(here, said["offer"]["reason"], said["departure"]["other"])
        lift.click()
        here.says(pins["lifted"])
        here.settle()

    here.press(work["confirm"])
    send(here, work["confirm_do"], work["confirm_done"])
    here.go("/waitlist")
    here.press(said["waitlist"]["duplicates"])
    here.page.locator(".hv-table, .hv-empty").first.wait_for()
    here.settle()
    two = here.page.locator(".hv-table [data-open^='two:']")
    if two.count():
        here.keep(f"duplicates-{language}")
        two.first.click()
        here.says(said["duplicates"]["noted"])


def test_providers_are_asked_and_pins_lifted(browser: Browser, demo: Demo) -> None:
    with visit(browser, demo.address, "sv") as here:
        requests_and_pins(here, "sv")
