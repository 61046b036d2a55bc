"""On what ground a case may be seen outside its unit, set and taken back by the unit; and closing a case."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from models.codes import SharingBasis, Situation
from ui.coordinator.acting import do, typed
from ui.coordinator.fields import WIDE, a_day, one_of
from ui.desk_client import Refused, part
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.lasting import city_day
from ui.frame.once import done, once_key
from ui.frame.opened import let_go, opened, opened_version
from ui.frame.page import note
from ui.frame.pools import Pools
from ui.frame.saying import say_next
from ui.frame.turning import go_to

Case = Mapping[str, Any]


def show(desk: Desk, pools: Pools, case: Case) -> None:  # noqa: ARG001
    """Show on what ground the case is shared; its own unit changes that."""
    texts, household_id = desk.texts, case["household_id"]
    path, name = f"/households/{part(household_id)}/sharing", f"sharing:{household_id}"
    found, version = opened_version(desk, f"/households/{part(household_id)}")
    household = found["household"]
    basis = household["sharing_basis"]
    if basis:
        ground, since = texts.word("sharing_basis", basis), texts.day(household["sharing_basis_on"])
        note(texts("sharing.shared", ground=ground, day=since), "good")
    else:
        note(texts("sharing.not_shared"), "waits")
    _responsible(desk, household_id, household["responsible_unit"])
    if desk.me.unit is None or desk.me.unit != household["responsible_unit"]:
        st.write(texts("sharing.unit_decides"))
        return
    with st.form(name, width=WIDE):
        st.write(texts("sharing.about"))
        key = typed(name)
        chosen = one_of(desk, "sharing.ground", "sharing_basis", tuple(SharingBasis), f"{key}-basis")
        on = a_day(desk, "sharing.on", f"{key}-on", city_day(desk))
        sent = st.form_submit_button(texts("sharing.save"), type="primary")
    if sent:
        body = {"basis": chosen, "on": on}
        do(desk, name, lambda: desk.client.put(path, body, version), texts("sharing.saved"))
    if basis and st.button(texts("sharing.end"), key=f"end-{name}"):
        do(desk, f"end-{name}", lambda: desk.client.delete(path, version), texts("sharing.ended"))


def _responsible(desk: Desk, household_id: str, unit: str | None) -> None:
    """Which unit has the case, and which the rules make responsible."""
    texts = desk.texts
    told_ = opened(desk, f"/households/{part(household_id)}/responsible-unit")
    st.write(
        texts(
            "sharing.unit",
            unit=unit or texts("word.unknown"),
            derived=told_["unit"] or texts("word.unknown"),
            reason=texts.word("unit_reason", told_["reason"]),
        )
    )


def show_closing(desk: Desk, pools: Pools, case: Case) -> None:  # noqa: ARG001
    """Let the case be closed."""
    texts, household_id = desk.texts, case["household_id"]
    name = f"close:{household_id}"
    _, version = opened_version(desk, f"/households/{part(household_id)}")
    with st.form(name, width=WIDE):
        st.write(texts("closing.about"))
        key = typed(name)
        situation = one_of(desk, "closing.situation", "situation", tuple(Situation), f"{key}-where")
        on = a_day(desk, "closing.on", f"{key}-on", city_day(desk))
        sure = st.checkbox(texts("closing.sure", household=household_id), key=f"{key}-sure")
        sent = st.form_submit_button(texts("closing.do"), type="primary")
    if not sent:
        return
    if not sure:
        st.warning(texts("closing.be_sure"))
        return
    with told(desk):
        try:
            body = {"situation": situation, "on": on}
            desk.client.post(f"/households/{part(household_id)}/closing", body, once_key(name), version)
        except Refused:
            let_go()
            raise
        done(name)
        say_next(texts("closing.done", household=household_id))
        go_to("households")
