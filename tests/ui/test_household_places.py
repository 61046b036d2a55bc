"""A household's places: the list, and one of them rule by rule."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Desks
from ui.coordinator.household_places import CHOSEN
from ui.texts import texts_in


def test_a_place_that_is_pressed_is_shown_with_every_rule(view: Callable[..., AppTest], desks: Desks) -> None:
    client, words = desks.client(), texts_in("sv")
    who = str(client.listed("/waitlist", 50).items[3]["household_id"])
    at = view("household", id=who)
    at.segmented_control(key="household-part").set_value("places").run()
    assert not at.exception
    met = words("verdict.pass")
    assert met not in "".join(html.proto.body for html in at.get("html"))
    told = client.get(f"/households/{who}/explanation", moves="none", would_help="false", regret="false")
    by_kind = {
        code: [p["pool"] for p in told["pools"] if p["eligible"] == code] for code in ("yes", "unknown", "no")
    }
    shown = next(pools for pools in by_kind.values() if pools)
    at.session_state[CHOSEN] = shown[0]
    at.run()
    assert not at.exception
    drawn = "".join(html.proto.body for html in at.get("html"))
    assert met in drawn
