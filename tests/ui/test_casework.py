"""What the coordinator's casework pages show and send, over the real API."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from models.access import Role
from tests.server.conftest import AS_OF
from tests.ui.conftest import Desks, html_of
from ui.texts import Texts, as_day

SAID = Texts("sv")
Shown = Callable[..., AppTest]


def waiting(desks: Desks, at: int) -> str:
    return str(desks.client().listed("/waitlist", 50).items[at]["household_id"])


def press(at: AppTest, label: str) -> AppTest:
    found = [button for button in at.button if button.label == label]
    assert found, [button.label for button in at.button]
    found[0].click().run()
    assert not at.exception
    return at


def said(at: AppTest) -> list[str]:
    assert [error.value for error in at.error] == []
    return [told.value for told in at.success]


def part(at: AppTest, key: str, name: str) -> AppTest:
    at.segmented_control(key=key).set_value(name).run()
    assert not at.exception
    return at


@pytest.mark.parametrize("name", ["due", "steps", "flags", "leaving", "assistance", "requests", "follow_ups"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_part_of_the_morning_is_drawn(view: Shown, name: str, language: str) -> None:
    at = part(view("morning", language=language), "morning-part", name)
    assert not at.error


@pytest.mark.parametrize("name", ["parked", "stale", "asking", "duplicates", "pins"])
def test_every_part_of_the_waitlist_is_drawn(view: Shown, name: str) -> None:
    assert not part(view("waitlist"), "waitlist-part", name).error


@pytest.mark.parametrize(
    "name", ["facts", "places", "ahead", "help", "recommended", "wait", "work", "casework", "history"]
)
def test_every_part_of_a_household_is_drawn(view: Shown, desks: Desks, name: str) -> None:
    assert not part(view("household", id=waiting(desks, 3)), "household-part", name).error


def test_a_fact_is_changed_with_its_day_and_source_and_stands_in_the_history(
    view: Shown, desks: Desks
) -> None:
    who = waiting(desks, 5)
    at = part(view("household", id=who), "household-edit", "change")
    key = f"facts:{who}"
    at.multiselect(key=f"{key}-which").set_value(["pet", "support_need"]).run()
    at.selectbox(key=f"{key}-pet").set_value("yes")
    at.selectbox(key=f"{key}-support_need").set_value("care")
    at.selectbox(key=f"{key}-learnt").set_value("household")
    press(at, SAID("edit.save"))
    assert SAID("frame.missing", field=SAID("field.dated")) in at.error[0].value
    assert at.selectbox(key=f"{key}-support_need").value == "care"
    at.date_input(key=f"{key}-dated").set_value(AS_OF)
    press(at, SAID("edit.save"))
    assert SAID("edit.saved") in said(at)
    case = desks.client().get(f"/households/{who}")["household"]
    assert (case["pet"], case["support_need"]) == ("yes", "care")
    assert "Husdjur" in html_of(part(at, "household-part", "history"))


def test_what_was_typed_stays_where_somebody_else_changed_the_case(view: Shown, desks: Desks) -> None:
    who = waiting(desks, 6)
    at = part(view("household", id=who), "household-edit", "change")
    key = f"facts:{who}"
    at.multiselect(key=f"{key}-which").set_value(["wants_drug_free"]).run()
    at.selectbox(key=f"{key}-wants_drug_free").set_value("yes")
    at.selectbox(key=f"{key}-learnt").set_value("household")
    other = desks.client()
    now, version = other.versioned(f"/households/{who}")
    pet = "no" if now["household"]["pet"] == "yes" else "yes"
    other.patch(f"/households/{who}", {"facts": {"pet": pet}, "learnt_from": "staff"}, version)
    press(at, SAID("edit.save"))
    assert "Någon annan" in at.warning[0].value
    assert at.selectbox(key=f"{key}-wants_drug_free").value == "yes"
    press(at, SAID("edit.save"))
    assert SAID("edit.saved") in said(at)
    case = desks.client().get(f"/households/{who}")["household"]
    assert (case["pet"], case["wants_drug_free"]) == (pet, "yes")


def test_somebody_comes_to_a_household_and_leaves_it(view: Shown, desks: Desks) -> None:
    who = waiting(desks, 8)
    before = len(desks.client().get(f"/households/{who}")["members"])
    at = part(view("household", id=who), "household-edit", "people")
    at.selectbox(key=f"member-{who}").set_value("new").run()
    key = f"member:{who}:new"
    at.date_input(key=f"{key}-born").set_value(AS_OF.replace(year=AS_OF.year - 30))
    at.selectbox(key=f"{key}-sex").set_value("woman")
    at.selectbox(key=f"{key}-learnt").set_value("household")
    at.date_input(key=f"{key}-dated").set_value(AS_OF)
    press(at, SAID("edit.add"))
    assert SAID("edit.added") in said(at)
    members = desks.client().get(f"/households/{who}")["members"]
    assert len(members) == before + 1
    at.selectbox(key=f"member-{who}").set_value(members[-1]["member_id"]).run()
    press(at, SAID("edit.leaves"))
    assert SAID("edit.has_left") in said(at)
    assert len(desks.client().get(f"/households/{who}")["members"]) == before


def test_the_unit_takes_sharing_back_and_gives_it_again(view: Shown, desks: Desks) -> None:
    mine = desks.client(Role.CASEWORKER).listed("/households", 50, unit="Järva").items
    who = mine[0]["household_id"]
    at = part(view("household", Role.CASEWORKER, id=who), "household-edit", "sharing")
    press(at, SAID("sharing.end"))
    assert SAID("sharing.ended") in said(at)
    at.selectbox(key=f"sharing:{who}-basis").set_value("consent")
    press(at, SAID("sharing.save"))
    assert SAID("sharing.saved") in said(at)
    assert desks.client().get(f"/households/{who}")["household"]["sharing_basis"] == "consent"


def test_a_household_is_parked_and_the_parking_ended(view: Shown, desks: Desks) -> None:
    who = waiting(desks, 9)
    at = part(view("household", id=who), "household-part", "work")
    part(at, "household-act", "parking")
    at.selectbox(key=f"parking:{who}-reason").set_value("away")
    press(at, SAID("work.parking_do"))
    assert SAID("work.parking_done") in said(at)
    part(at, "household-act", "parking")
    press(at, SAID("work.unpark"))
    assert SAID("work.unparked") in said(at)


def casework(view: Shown, desks: Desks, at: int, kind: str) -> tuple[AppTest, str]:
    who = waiting(desks, at)
    shown = part(view("household", id=who), "household-part", "casework")
    return part(shown, "household-kind", kind), who


def test_a_discharge_plan_is_begun_and_closed(view: Shown, desks: Desks) -> None:
    at, who = casework(view, desks, 10, "leaving")
    key = f"leaving:{who}"
    at.selectbox(key=f"{key}-where").set_value("hospital")
    at.date_input(key=f"{key}-admitted_on").set_value(AS_OF)
    press(at, SAID("leaving.begin"))
    assert SAID("leaving.begun") in said(at)
    plans = desks.client().listed("/discharge-plans", 5, household=who)
    assert [plan["institution"] for plan in plans.items] == ["hospital"]
    press(at, SAID("leaving.close"))
    assert SAID("leaving.closed") in said(at)


def test_a_decision_is_put_down(view: Shown, desks: Desks) -> None:
    at, who = casework(view, desks, 11, "assistance")
    key = f"decision:{who}"
    at.selectbox(key=f"{key}-form").set_value("stodboende")
    at.date_input(key=f"{key}-decided_on").set_value(AS_OF)
    at.date_input(key=f"{key}-from_on").set_value(AS_OF)
    press(at, SAID("assistance.save"))
    assert SAID("assistance.saved") in said(at)
    decided = desks.client().listed("/assistance-decisions", 5, household=who).items
    assert [one["decision"]["to_on"] for one in decided] == [None]


def test_a_provider_is_asked_and_answers(view: Shown, desks: Desks) -> None:
    at, who = casework(view, desks, 12, "requests")
    press(at, SAID("requests.send"))
    assert SAID("requests.is_sent") in said(at)
    found = desks.client().listed("/placement-requests", 5, household=who).items
    at.session_state["request-open"] = found[0]["request"]["request_id"]
    at.run()
    key = f"answer:{found[0]['request']['request_id']}"
    at.selectbox(key=f"{key}-answer").set_value("no")
    at.selectbox(key=f"{key}-reason").set_value("place_not_ready")
    press(at, SAID("requests.answer_do"))
    assert SAID("requests.answered") in said(at)


def test_a_family_gets_its_checks_and_a_way_out(view: Shown, desks: Desks) -> None:
    flagged = desks.client().listed("/flags", 50, kind="family_in_hotel").items
    who = flagged[0]["household_id"]
    at = part(view("household", id=who), "household-part", "casework")
    part(at, "household-kind", "hotel")
    key = f"children:{who}"
    at.segmented_control(key=f"{key}-own_bed").set_value("yes")
    at.text_area(key=f"{key}-plan").set_value("Lägenhet i Farsta i mars.")
    press(at, SAID("hotel.save"))
    assert SAID("hotel.saved") in said(at)
    told = desks.client().get(f"/households/{who}/child-checklist")
    assert (told["answers"]["own_bed"], told["plan_out"]) == ("yes", "Lägenhet i Farsta i mars.")


def test_tonights_bed_is_found_from_a_reference(view: Shown, desks: Desks) -> None:
    at = view("tonight", id=beds(desks))
    assert SAID("tonight.suits") in html_of(at) or SAID("tonight.perhaps") in html_of(at)
    press(at, SAID("tonight.offer_do"))
    assert [error.value for error in at.error] == []


def beds(desks: Desks) -> str:
    client = desks.client()
    asked: list[dict[str, Any]] = client.listed("/waitlist", 50).items
    for row in asked:
        if client.get(f"/households/{row['household_id']}/tonight")["beds"]:
            return str(row["household_id"])
    raise AssertionError("nobody has a bed tonight")


def test_a_block_is_lifted_with_a_reason(view: Shown, desks: Desks) -> None:
    client = desks.client()
    who = waiting(desks, 13)
    told = client.get(f"/households/{who}/explanation", moves="none", would_help="false")["pools"]
    pool = next(entry["pool"] for entry in told if entry["eligible"] == "yes")
    block = {"household_id": who, "pool_id": pool, "kind": "block", "reason": "safety"}
    pin = client.post("/pins", {**block, "expires_on": str(AS_OF.replace(month=AS_OF.month + 1))})
    at = part(view("waitlist"), "waitlist-part", "pins")
    at.session_state["pin-to-lift"] = pin["pin_id"]
    at.run()
    press(at, SAID("pins.lift_do"))
    assert SAID("pins.reason_first") in [told.value for told in at.warning]
    at.selectbox(key=f"lift:{pin['pin_id']}").set_value("households_wish")
    press(at, SAID("pins.lift_do"))
    assert SAID("pins.lifted") in said(at)
    assert client.listed("/pins", 50, household=who).items == []


def test_a_new_case_shows_every_fault_at_its_field_and_those_who_are_alike(view: Shown, desks: Desks) -> None:
    session = view("new_case", Role.CASEWORKER)
    key = "new-case"
    press(session, SAID("new_case.look"))
    assert html_of(session).count("hv-fault") == 2, "the reference, and how it was learnt"
    session.text_input(key=f"{key}-reference").set_value("NY-1")
    session.selectbox(key=f"{key}-situation").set_value("hotel_hostel")
    session.selectbox(key=f"{key}-learnt").set_value("household")
    press(session, SAID("new_case.look"))
    faults = html_of(session)
    assert faults.count("hv-fault") == 2, "the support needed, and when the person was born"
    assert session.text_input(key=f"{key}-reference").value == "NY-1"

    mine = desks.client(Role.CASEWORKER).listed("/households", 50).items[0]["household_id"]
    (member, *_) = desks.client(Role.CASEWORKER).get(f"/households/{mine}")["members"]
    session.selectbox(key=f"{key}-support").set_value("visiting")
    session.date_input(key=f"{key}-0-born").set_value(as_day(member["birth_date"]))
    session.selectbox(key=f"{key}-0-sex").set_value(member["sex"])
    press(session, SAID("new_case.look"))
    assert "hv-fault" not in html_of(session)
    assert SAID("new_case.before") in html_of(session)
    press(session, SAID("new_case.begin"))
    case = desks.client(Role.CASEWORKER).get("/households/NY-1")["household"]
    assert (case["substance_use"], case["support_need"], case["active_case"]) == (
        "unknown",
        "visiting",
        "yes",
    )


def test_who_has_no_unit_is_told_who_begins_a_case(view: Shown) -> None:
    at = view("new_case")
    assert SAID("new_case.unit_needed") in html_of(at)
    assert not at.text_input


def test_what_a_pin_cannot_be_kept_together_with_is_shown(view: Shown, desks: Desks) -> None:
    who = next(
        h["household_id"]
        for h in desks.client().all_of("/waitlist")
        if len(suiting_places(desks, h["household_id"])) > 1
    )
    one, other = suiting_places(desks, who)[:2]
    made = desks.client().post("/pins", pin_of(who, one))
    at = part(part(view("household", id=who), "household-part", "work"), "household-act", "pin")
    at.selectbox(key=f"pin:{who}-pool").set_value(other)
    at.selectbox(key=f"pin:{who}-reason").set_value("safety")
    press(at, SAID("work.pin_do"))
    assert "Ingen plan kan hålla detta" in at.warning[0].value
    assert SAID("frame.see_new") not in [button.label for button in at.button]
    (shown,) = [table for table in components(at) if SAID("pins.clash") in table]
    assert SAID("pins.wanted_now") in shown
    assert SAID("pins.in_force") in shown
    assert at.selectbox(key=f"pin:{who}-pool").value == other
    desks.client().delete(f"/pins/{made['pin_id']}?reason=other")
    press(at, SAID("work.pin_do"))
    assert said(at) == [SAID("work.pin_done")]
    assert not any(SAID("pins.clash") in table for table in components(at))


def pin_of(household: str, pool: str) -> dict[str, Any]:
    until = str(AS_OF.replace(year=AS_OF.year + 1))
    return {
        "household_id": household,
        "pool_id": pool,
        "kind": "pin",
        "reason": "safety",
        "expires_on": until,
    }


def suiting_places(desks: Desks, household: str) -> list[str]:
    told = desks.client().get(f"/households/{household}/explanation", would_help="false", regret="false")
    return [entry["pool"] for entry in told["pools"] if entry["possible_now"]]


def components(at: AppTest) -> list[str]:
    return [str(json.loads(element.proto.json)) for element in at.get("bidi_component")]
