"""What the coordinator's pages show and send, without a browser: the views over the real API."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from models.access import Role
from tests.ui.conftest import SECONDS, Desks, html_of, run_page
from ui.frame.desk import NUMBER
from ui.texts import Texts


def proposal(desks: Desks, at: int) -> dict[str, object]:
    """A proposal that can be put at once: the first step of its chain."""
    found = desks.client().listed("/offers", 50, state="proposed").items
    return [offer for offer in found if offer["step"] == 1 and not offer["in_cycle"]][at]


@pytest.mark.parametrize(
    "name",
    [
        *("today", "tonight", "morning", "waitlist", "households", "vacancies", "asking", "plans", "imports"),
        "new_case",
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_drawn(view: Callable[..., AppTest], name: str, language: str) -> None:
    at = view(name, language=language)
    assert "<h1>" in html_of(at)
    assert not at.error


def test_a_role_without_cases_is_refused_kindly(view: Callable[..., AppTest]) -> None:
    at = view("households", Role.MANAGER)
    assert [error.value for error in at.error] == ["Din roll får inte göra detta."]


def test_a_stranger_is_shown_the_door(desks: Desks) -> None:
    at = AppTest.from_function(run_page, args=("coordinator", "today"), default_timeout=SECONDS).run()
    assert "/sign-in" in html_of(at)


def test_an_offer_is_put_and_declined(view: Callable[..., AppTest], desks: Desks) -> None:
    said = Texts("sv")
    offer = proposal(desks, 0)
    at = view("offer", id=str(offer["offer_id"]))
    assert str(offer["household_id"]) in html_of(at)
    at.button[1].click().run()
    assert [told.value for told in at.success] == [said("offer.put_done")]
    at.segmented_control[0].set_value("decline").run()
    at.button[1].click().run()
    assert "Välj varför hushållet tackar nej." in at.error[0].value
    at.selectbox[0].set_value("location")
    at.text_area[0].set_value("Vill bo närmare skolan.")
    at.button[1].click().run()
    assert said("offer.decline_done") in [told.value for told in at.success]
    after = desks.client().get(f"/offers/{offer['offer_id']}")["offer"]
    assert after["state"] == "declined"


def test_what_was_typed_stays_when_somebody_else_was_first(
    view: Callable[..., AppTest], desks: Desks
) -> None:
    offer = proposal(desks, 1)
    path = f"/offers/{offer['offer_id']}"
    desks.client().post(f"{path}/offering", {})
    at = view("offer", id=str(offer["offer_id"]))
    at.segmented_control[0].set_value("withdraw").run()
    at.text_area[0].set_value("Bostaden renoveras.")
    desks.client().post(f"{path}/decline", {"declined_by": "household", "reason": "location"})
    at.button[1].click().run()
    assert "Någon annan hann före" in at.warning[0].value
    assert "har tackat nej" in at.warning[0].value
    assert at.text_area[0].value == "Bostaden renoveras."
    next(button for button in at.button if button.label == "Visa hur det ser ut nu").click().run()
    assert not at.warning
    assert "har tackat nej" in " ".join(str(block.value) for block in (*at.markdown, *at.get("html")))


def test_a_session_that_ran_out_asks_for_the_password_and_goes_on(
    view: Callable[..., AppTest], desks: Desks
) -> None:
    at = view("waitlist")
    session = desks.here.sessions.find(at.session_state[NUMBER])
    assert session is not None
    desks.client().sign_out()
    session.client.tokens = None
    at.session_state["opened"] = {}
    at.run()
    assert not at.exception
    again = at.text_input(key="password_again")
    assert again.label == Texts("sv")("door.password")


def test_whoever_came_by_the_citys_login_is_led_back_there(
    view: Callable[..., AppTest], desks: Desks
) -> None:
    at = view("waitlist")
    session = desks.here.sessions.find(at.session_state[NUMBER])
    assert session is not None
    session.by_city = True
    session.client.tokens = None
    at.session_state["opened"] = {}
    at.run()
    assert not at.exception
    assert "/sign-in/city?next=/" in html_of(at)
    assert not [field for field in at.text_input if field.key == "password_again"]


def test_a_household_is_parked_confirmed_and_given_a_next_step(
    view: Callable[..., AppTest], desks: Desks
) -> None:
    said = Texts("sv")
    line = desks.client().listed("/waitlist", 50).items[7]
    at = view("household", id=str(line["household_id"]))
    assert str(line["household_id"]) in html_of(at)
    at.segmented_control[0].set_value("work").run()
    assert not at.exception
    at.selectbox(key=f"next_step:{line['household_id']}-what").set_value("meet")
    at.button[-1].click().run()
    assert [error.value for error in at.error] == []
    assert said("work.next_step_done") in [told.value for told in at.success]
    found = desks.client().listed("/next-steps", 50).items
    assert [step["what"] for step in found if step["household_id"] == line["household_id"]] == ["meet"]
