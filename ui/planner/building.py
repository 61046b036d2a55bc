"""Building a what-if by form: its name, its changes one by one, each looked at, and a link to share it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.page import empty, header, note, section
from ui.frame.tables import opening
from ui.frame.turning import go_to
from ui.planner.change_form import ChangeForm, fault_told, fill
from ui.planner.drafts import (
    Content,
    add_alternative,
    begin_anew,
    draft,
    field_key,
    name_of,
    new_fields,
    own,
    put_in_address,
    was_broken,
)
from ui.planner.fields import FIELDS
from ui.planner.links import KEYS
from ui.planner.look import dress
from ui.planner.sharing import link

TEXTS = KEYS[1:]
BLANK = "–"
EDITED, FAULTS, CHECKED = "build-edited", "build-faults", "build-checked"
WORKABLE_KINDS = tuple(FIELDS)


def show(desk: Desk) -> None:
    """Show the scenario being built."""
    dress()
    texts = desk.texts
    header(texts("build.title"), texts("build.lead"))
    content = draft()
    if was_broken():
        note(texts("build.broken_link"), "stops")
    _names(desk, content)
    looked = _looked_at(desk, content) if content["change"] else None
    section(texts("build.changes"), texts("build.changes_lead"))
    _changes(desk, content, looked)
    _change_form(desk, content)
    section(texts("build.done"))
    _finish(desk, content, looked)


def _names(desk: Desk, content: Content) -> None:
    texts, language = desk.texts, desk.texts.language
    section(texts("build.names"))
    other = "en" if language == "sv" else "sv"
    _text(desk, content, f"title_{language}", "build.scenario_title", 120)
    _text(desk, content, f"text_{language}", "build.scenario_text", 600)
    with st.expander(texts("build.other_language")):
        _text(desk, content, f"title_{other}", "build.scenario_title_other", 120)
        _text(desk, content, f"text_{other}", "build.scenario_text_other", 600)


def _text(desk: Desk, content: Content, key: str, label: str, longest: int) -> None:
    found = st.text_input(
        desk.texts(label), key=field_key(key), max_chars=longest, persist_state="session", width=760
    )
    content[key] = (found or "").strip()


def _changes(desk: Desk, content: Content, looked: Mapping[str, Any] | None) -> None:
    texts = desk.texts
    if not content["change"]:
        empty(texts("build.no_changes"))
        return
    told_: Sequence[Mapping[str, Any]] = ((looked or {}).get("scenario") or {}).get("told") or []
    lines = []
    for at, change in enumerate(content["change"]):
        said = told_[at]["sentence"] if at < len(told_) else texts(f"build.kind.{change['kind']}")
        wrong = "".join(
            f'<p class="hv-wrong">{escape(fault_told(desk, fault))}</p>'
            for fault in (looked or {}).get("faults", ())
            if fault["change"] == at + 1
        )
        edit, away = opening(texts("build.edit"), f"edit:{at}"), opening(texts("build.away"), f"away:{at}")
        lines.append(
            f"<li><div><p>{escape(said)}</p>{wrong}</div>"
            f'<div class="hv-acts">{edit.html}{away.html}</div></li>'
        )
    pressed = clicked(f'<ol class="hv-changes">{"".join(lines)}</ol>', "build-changes")
    if pressed is not None:
        act, _, number = pressed.partition(":")
        _act(content, act, int(number))
        st.rerun()


def _act(content: Content, act: str, at: int) -> None:
    st.session_state.pop(FAULTS, None)
    if not 0 <= at < len(content["change"]):
        return
    new_fields(TEXTS)
    if act == "edit":
        st.session_state[EDITED] = at
        fill(content["change"][at])
    else:
        st.session_state.pop(EDITED, None)
        del content["change"][at]
        put_in_address(_complete(content))


def _change_form(desk: Desk, content: Content) -> None:
    texts, state = desk.texts, st.session_state
    edited: int | None = state.get(EDITED)
    with st.container(border=True, key="build-change"):
        kind = st.selectbox(
            texts("build.kind_of_change"),
            WORKABLE_KINDS,
            index=None,
            format_func=lambda name: texts(f"build.kind.{name}"),
            key=field_key("kind"),
            placeholder=texts("build.choose_kind"),
            persist_state="session",
        )
        if kind is None:
            return
        form = ChangeForm(desk, str(kind), state.get(FAULTS, {}).get(kind, ()))
        change = form.draw()
        for sentence in form.left_over():
            st.html(f'<p class="hv-wrong" role="alert">{escape(sentence)}</p>')
        with st.container(horizontal=True):
            sent = st.button(
                texts("build.save_change" if edited is not None else "build.add_change"),
                type="primary",
                key="build-add",
            )
            if st.button(texts("build.cancel_change"), key="build-cancel"):
                _leave_change()
                st.rerun()
    if sent:
        with told(desk):
            _add(desk, content, change, edited)


def _add(desk: Desk, content: Content, change: Mapping[str, Any], edited: int | None) -> None:
    """Have a change looked at among the others; one without faults takes its place."""
    changes = list(content["change"])
    at = len(changes) if edited is None or edited >= len(changes) else edited
    if change["kind"] == "open_pool":
        taken = [one.get("pool_id") for n, one in enumerate(changes) if n != at]
        change = {**change, "pool_id": _pool_id(str(change.get("name", "")), taken)}
    changes[at : at + 1] = [change]
    found = _check(desk, {**content, "change": changes})
    wrong = [one for one in found["faults"] if one["change"] == at + 1 and one["severity"] == "error"]
    if wrong:
        # Each kind has fields of its own: what is wrong with one says nothing of another.
        st.session_state[FAULTS] = {change["kind"]: wrong}
        st.rerun()
    content["change"] = changes
    _leave_change()
    put_in_address(_complete(content))
    st.rerun()


def _leave_change() -> None:
    st.session_state.pop(EDITED, None)
    st.session_state.pop(FAULTS, None)
    new_fields(TEXTS)


def _finish(desk: Desk, content: Content, looked: Mapping[str, Any] | None) -> None:
    texts = desk.texts
    if looked is None:
        empty(texts("build.not_yet"))
        return
    whole = [one for one in looked["faults"] if one["change"] == 0]
    for fault in whole:
        note(fault_told(desk, fault), "stops" if fault["severity"] == "error" else "waits")
    if not looked["sound"]:
        note(texts("build.not_sound"), "stops")
    else:
        note(texts("build.sound"), "good")
        for rule in looked["scenario"]["rules"]:
            note(texts("build.rule_then", rule=rule), "marked")
        link(desk, "build", texts("build.link"))
    with st.container(horizontal=True):
        if st.button(texts("build.run"), type="primary", key="build-run", disabled=not looked["sound"]):
            complete = _complete(content)
            own()[complete["name"]] = complete
            add_alternative([complete["name"]])
            go_to("whatif")
        if st.button(texts("build.anew"), key="build-anew"):
            begin_anew()
            _leave_change()
            st.rerun()


def _looked_at(desk: Desk, content: Content) -> Mapping[str, Any]:
    """What the API says of the whole scenario, asked again once something has changed."""
    complete, kept = _complete(content), st.session_state.get(CHECKED)
    if kept is None or kept[0] != (complete, desk.texts.language):
        found = _check(desk, complete)
        kept = st.session_state[CHECKED] = ((complete, desk.texts.language), found)
        if found["sound"]:
            put_in_address(complete)
    answer: Mapping[str, Any] = kept[1]
    return answer


def _check(desk: Desk, content: Content) -> Mapping[str, Any]:
    answer: Mapping[str, Any] = desk.client.post("/scenario-checks", {"content": _complete(content)})
    return answer


def _complete(content: Content) -> Content:
    """The scenario with every text: one language stands for the other, the title for the text."""
    sv, en = content["title_sv"], content["title_en"]
    title = {"title_sv": sv or en or BLANK, "title_en": en or sv or BLANK}
    text_sv, text_en = content["text_sv"], content["text_en"]
    return {
        "name": name_of(sv or en),
        **title,
        "text_sv": text_sv or text_en or title["title_sv"],
        "text_en": text_en or text_sv or title["title_en"],
        "change": [dict(change) for change in content["change"]],
    }


def _pool_id(name: str, taken: Sequence[Any]) -> str:
    """An id for a place that does not exist yet."""
    return name_of(name, [str(one) for one in taken]).upper().replace("OWN_", "S-", 1)
