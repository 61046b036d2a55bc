"""The administrator's users: who may sign in, in what role and unit; no case is seen from here."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from models.access import Role
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.once import done, once_key
from ui.frame.opened import let_go, opened_version
from ui.frame.page import header, section
from ui.frame.paging import paged
from ui.frame.saying import say_next
from ui.frame.tables import Cell, Column, opening, table_html, tag
from ui.frame.turning import asked_for, go_to

ROLES = tuple(str(role) for role in Role)
WIDE = 760


def show(desk: Desk) -> None:
    """Show the users; one that is asked for can be changed, and new ones added."""
    texts = desk.texts
    header(texts("users.title"), texts("users.lead"))
    chosen = asked_for("id")
    if chosen is not None:
        _change(desk, chosen)

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        columns = [
            Column(texts(f"users.{name}")) for name in ("name", "role", "unit", "login", "state", "since")
        ]
        html = table_html(columns, [_row(desk, user) for user in rows], texts.count("user", total))
        found = clicked(html, "users-table")
        if found is not None:
            go_to("users", id=found)

    paged(desk, "users", "/users", shown)
    section(texts("users.new"), texts("users.new_lead"))
    _add(desk)


def _row(desk: Desk, user: Mapping[str, Any]) -> list[Cell]:
    texts = desk.texts
    return [
        opening(user["username"], user["user_id"]),
        texts.word("role", user["role"]),
        user["unit"],
        texts("users.city_login" if user["city_login"] else "users.local"),
        tag(
            texts("users.active" if user["active"] else "users.closed"), "good" if user["active"] else "stops"
        ),
        texts.moment(user["created_at"]),
    ]


def _change(desk: Desk, user_id: str) -> None:
    texts = desk.texts
    user, version = opened_version(desk, f"/users/{user_id}")
    section(texts("users.change", name=user["username"]))
    with st.form(f"user-{user_id}", width=WIDE):
        role = st.selectbox(
            texts("users.role"),
            ROLES,
            index=ROLES.index(user["role"]),
            format_func=lambda name: texts.word("role", name),
            key=f"user-role-{user_id}",
            persist_state="session",
        )
        unit = st.text_input(
            texts("users.unit"),
            user["unit"] or "",
            key=f"user-unit-{user_id}",
            max_chars=200,
            persist_state="session",
        )
        active = st.checkbox(
            texts("users.may_sign_in"), user["active"], key=f"user-active-{user_id}", persist_state="session"
        )
        sent = st.form_submit_button(texts("users.save"), type="primary")
    if sent:
        with told(desk):
            try:
                desk.client.patch(
                    f"/users/{user_id}",
                    {"role": role, "unit": (unit or "").strip() or None, "active": active},
                    version,
                )
            finally:
                let_go()
            say_next(texts("users.saved", name=user["username"]))
            go_to("users")
    if user["city_login"]:
        return
    with st.form(f"user-password-{user_id}", width=WIDE, clear_on_submit=True):
        secret = st.text_input(texts("users.new_password"), type="password", key=f"user-secret-{user_id}")
        changed = st.form_submit_button(texts("users.set_password"))
    if changed and secret:
        with told(desk):
            desk.client.put(f"/users/{user_id}/password", {"password": secret})
            say_next(texts("users.password_set", name=user["username"]))
            st.rerun()


def _add(desk: Desk) -> None:
    texts = desk.texts
    with st.form("user-new", width=WIDE):
        name = st.text_input(texts("users.name"), key="user-new-name", max_chars=200, persist_state="session")
        role = st.selectbox(
            texts("users.role"),
            ROLES,
            format_func=lambda code: texts.word("role", code),
            key="user-new-role",
            persist_state="session",
        )
        unit = st.text_input(texts("users.unit"), key="user-new-unit", max_chars=200, persist_state="session")
        secret = st.text_input(texts("users.password"), type="password", key="user-new-password")
        subject = st.text_input(
            texts("users.subject"), key="user-new-subject", max_chars=500, help=texts("users.subject_about")
        )
        sent = st.form_submit_button(texts("users.add"), type="primary")
    if not sent:
        return
    body = {
        "username": (name or "").strip(),
        "role": role,
        "unit": (unit or "").strip() or None,
        "password": secret or None,
        "oidc_subject": (subject or "").strip() or None,
    }
    with told(desk):
        desk.client.post("/users", body, once_key("user-new"))
        done("user-new")
        say_next(texts("users.added", name=body["username"]))
        st.rerun()
