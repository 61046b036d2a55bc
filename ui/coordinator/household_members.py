"""The people of a household: one whose facts are changed, one who comes, one who leaves."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from models.changes import LearntFrom
from models.codes import Fact, Sex
from ui.coordinator.acting import do, post, typed
from ui.coordinator.answers import ADULT, age
from ui.coordinator.fault_lines import SOUND, FaultLines
from ui.coordinator.fields import WIDE, a_day, a_line, one_of
from ui.coordinator.learning import learnt
from ui.desk_client import part
from ui.frame.desk import Desk
from ui.frame.lasting import city_day
from ui.frame.opened import opened_version
from ui.frame.pools import Pools
from ui.texts import as_day

NEW = "new"
Person = Mapping[str, Any]


def show(desk: Desk, pools: Pools, case: Mapping[str, Any]) -> None:  # noqa: ARG001
    """Let the person choose somebody, or somebody new."""
    texts, household_id = desk.texts, case["household_id"]
    found, version = opened_version(desk, f"/households/{part(household_id)}")
    members: Sequence[Person] = found["members"]
    by_id = {member["member_id"]: member for member in members}
    chosen = st.selectbox(
        texts("edit.who"),
        [*by_id, NEW],
        format_func=lambda one: texts("edit.somebody_new") if one == NEW else _called(desk, by_id[one]),
        key=f"member-{household_id}",
        width=WIDE,
    )
    if chosen == NEW:
        _add(desk, household_id, members)
    elif chosen in by_id:
        _change(desk, household_id, by_id[chosen], version)
        if len(by_id) > 1:
            _leave(desk, household_id, by_id[chosen], version)


def _called(desk: Desk, member: Person) -> str:
    texts = desk.texts
    years = age(as_day(member["birth_date"]), city_day(desk))
    kind = texts("household.child" if years < ADULT else "household.adult")
    return f"{kind}, {texts('household.years', n=years)} ({texts.word('sex', member['sex'])})"


def member_fields(
    desk: Desk, key: str, member: Person, faults: FaultLines = SOUND, at: str = ""
) -> dict[str, Any]:
    """The fields of a person; `at` is what the person's faults are called before the field's name."""
    left, right = st.columns(2)
    with left:
        born = a_day(desk, "field.birth_date", f"{key}-born", as_day(member.get("birth_date")))
        faults.show(f"{at}birth_date")
        school = st.text_input(
            desk.texts("field.school_id"),
            member.get("school_id") or "",
            max_chars=200,
            key=f"{key}-school",
            persist_state="session",
        )
        faults.show(f"{at}school_id")
    with right:
        sex = one_of(desk, "field.sex", "sex", tuple(Sex), f"{key}-sex", first=member.get("sex"))
        need = member.get("special_stability_need")
        stability = one_of(
            desk, "field.special_stability_need", "answer", tuple(Fact), f"{key}-need", first=need
        )
    return {
        "birth_date": born,
        "sex": sex or str(Sex.UNKNOWN),
        "school_id": school or None,
        "special_stability_need": stability or str(Fact.UNKNOWN),
    }


def _change(desk: Desk, household_id: str, member: Person, version: str | None) -> None:
    texts, path = desk.texts, f"/households/{part(household_id)}/members/{part(member['member_id'])}"
    name = f"member:{household_id}:{member['member_id']}"
    key = typed(name)
    with st.form(name, width=WIDE):
        facts = member_fields(desk, key, member)
        how = learnt(desk, key)
        sent = st.form_submit_button(texts("edit.save"), type="primary")
    if not sent:
        return
    # Only what differs is a change: a fact that stays keeps its day and source.
    changed = {fact: value for fact, value in facts.items() if value != member[fact]}
    if not changed:
        st.info(texts("edit.nothing_changed"))
        return
    body = {"facts": changed, **how}
    do(desk, name, lambda: desk.client.patch(path, body, version), texts("edit.saved"))


def _add(desk: Desk, household_id: str, members: Sequence[Person]) -> None:
    texts, name = desk.texts, f"member:{household_id}:{NEW}"
    key = typed(name)
    with st.form(name, width=WIDE):
        member_id = a_line(desk, "edit.member_id", f"{key}-id")
        facts = member_fields(desk, key, {})
        how = learnt(desk, key)
        sent = st.form_submit_button(texts("edit.add"), type="primary")
    if sent:
        body = {"member_id": member_id or _free_id(household_id, members), "facts": facts, **how}
        post(desk, name, f"/households/{part(household_id)}/members", body, texts("edit.added"))


def _free_id(household_id: str, members: Sequence[Person]) -> str:
    """A reference that nobody of the household has."""
    taken = {member["member_id"] for member in members}
    return next(
        one for number in range(1, len(taken) + 2) if (one := f"{household_id}-{number}") not in taken
    )


def _leave(desk: Desk, household_id: str, member: Person, version: str | None) -> None:
    texts, path = desk.texts, f"/households/{part(household_id)}/members/{part(member['member_id'])}"
    name = f"leaves:{household_id}:{member['member_id']}"
    with st.form(name, width=WIDE):
        st.write(texts("edit.leaves_about"))
        source = one_of(desk, "edit.learnt_from", "learnt_from", tuple(LearntFrom), typed(name))
        sent = st.form_submit_button(texts("edit.leaves"))
    if sent:
        asked = f"{path}?learnt_from={source or LearntFrom.CORRECTION}"
        do(desk, name, lambda: desk.client.delete(asked, version), texts("edit.has_left"))
