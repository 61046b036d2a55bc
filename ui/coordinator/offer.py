"""One offer: where it stands, its chain, why the place suits, and the step to take now."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.coordinator.chain_lines import state_tag
from ui.coordinator.leading import to_household
from ui.coordinator.offer_steps import take_a_step
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.opened import opened_version
from ui.frame.page import empty, facts_html, header, section
from ui.frame.pools import Pools
from ui.frame.tables import Column, Markup, opening, table_html, two_lines
from ui.frame.turning import asked_for, go_to
from ui.texts import Texts


def show(desk: Desk) -> None:
    """Show the offer that the address names."""
    texts, offer_id = desk.texts, asked_for("id")
    if offer_id is None:
        header(texts("page.offer"))
        empty(texts("offer.choose"))
        return
    found, version = opened_version(desk, f"/offers/{offer_id}")
    offer, pools = found["offer"], Pools(desk)
    who, place = offer["household_id"], pools.name(offer["pool_id"])
    header(
        texts("offer.title", household=who, place=place), pools.about(offer["pool_id"]), texts("offer.above")
    )
    if st.button(texts("offer.to_household"), key="to-household"):
        go_to("household", id=who)
    _standing(texts, pools, offer)
    section(texts("offer.what_now"))
    take_a_step(desk, offer, version)
    _moved_on(desk, offer)
    if len(found["chain"]) > 1:
        section(texts("offer.chain"), texts("offer.chain_lead"))
        _chain(texts, pools, found["chain"])


def _standing(texts: Texts, pools: Pools, offer: Mapping[str, Any]) -> None:
    pairs: list[tuple[str, str | Markup]] = [
        (texts("offer.state"), Markup(state_tag(texts, offer["state"]))),
        (
            texts("offer.from"),
            pools.name(offer["from_pool_id"]) if offer["from_pool_id"] else texts("offer.no_place"),
        ),
        (texts("offer.answer_by"), texts.day(offer["answer_by"])),
        (texts("offer.changed"), texts.moment(offer["changed_at"])),
    ]
    if offer["place_number"]:
        pairs.append((texts("offer.held"), texts("offer.number", n=offer["place_number"])))
    if offer["departure"]:
        pairs.append((texts("offer.departure"), texts.word("departure", offer["departure"])))
    if offer["next_contact_on"] or offer["next_contact_by"]:
        contact = ", ".join(filter(None, (texts.day(offer["next_contact_on"]), offer["next_contact_by"])))
        pairs.append((texts("offer.next_contact"), contact))
    st.html(facts_html(pairs))


def _moved_on(desk: Desk, offer: Mapping[str, Any]) -> None:
    """From a moving in to its follow-ups; from an offer under way to asking the provider."""
    lead = {"moved_in": "follow_ups", "proposed": "requests", "offered": "requests"}.get(offer["state"])
    if lead is not None and st.button(desk.texts(f"offer.to_{lead}"), key=f"to-{lead}"):
        to_household(offer["household_id"], "casework", lead)


def _chain(texts: Texts, pools: Pools, steps: list[Mapping[str, Any]]) -> None:
    columns = [
        Column(texts("offer.step")),
        Column(texts("offer.household")),
        Column(texts("offer.to")),
        Column(texts("offer.from")),
        Column(texts("offer.state")),
    ]
    rows = [
        [
            str(step["step"]),
            texts("today.another")
            if step["another"]
            else opening(step["household_id"], step["household_id"]),
            None if step["another"] else two_lines(pools.name(step["pool_id"]), pools.about(step["pool_id"])),
            pools.name(step["from_pool_id"]) if step["from_pool_id"] else None,
            Markup(state_tag(texts, step["state"])),
        ]
        for step in steps
    ]
    found = clicked(table_html(columns, rows, texts("offer.chain")), "offer-chain")
    if found is not None:
        go_to("household", id=found)
