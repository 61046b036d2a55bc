"""One change as a form: the fields of its kind, with what is wrong beside each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.pools import Pools
from ui.planner.drafts import field_key
from ui.planner.fields import AMOUNTS, FIELDS, MOST_PLACES, MOST_WEEKS, Field
from ui.planner.policy_field import fill_policy, policy_field

Change = dict[str, Any]
ALL = "all"
COLUMNS = 3
EITHER = " | "
"""What parts the keys of a fault that is about several of them together."""


@dataclass(frozen=True)
class ChangeForm:
    """The form of one kind of change; `faults` are those that the API found in it.

    Attributes
    ----------
    shown
        Keys whose faults have been told beside their field.
    """

    desk: Desk
    kind: str
    faults: Sequence[Mapping[str, Any]] = ()
    shown: set[str] = field(default_factory=set)

    def draw(self) -> Change:
        """Draw the form; the change as it stands there now."""
        change: Change = {"kind": self.kind}
        if self.kind == "rule":
            change |= policy_field(self.desk, self._key, self._wrong)
        self._grid([one for one in FIELDS[self.kind] if one.required], change)
        if self.kind == "quota":
            st.html(f'<p class="hv-soft">{escape(self._quotas())}</p>')
        if self.kind in AMOUNTS:
            change |= self._amount(AMOUNTS[self.kind])
        others = [one for one in FIELDS[self.kind] if not one.required]
        if others:
            st.html(f'<p class="hv-soft">{escape(self.desk.texts("build.blank_means"))}</p>')
        self._grid(others, change)
        self._weeks(change)
        return change

    def left_over(self) -> list[str]:
        """What is wrong and stands beside no field."""
        return [fault_told(self.desk, one) for one in self.faults if one["key"] not in self.shown]

    def _grid(self, fields: Sequence[Field], change: Change) -> None:
        for start in range(0, len(fields), COLUMNS):
            for column, one in zip(st.columns(COLUMNS), fields[start : start + COLUMNS], strict=False):
                with column:
                    value = self._field(one)
                    self._wrong(one.key)
                if value not in (None, "", []):
                    change[one.key] = value

    def _field(self, one: Field) -> Any:
        label, key = self._label(one), self._key(one.key)
        if one.sort == "text":
            return st.text_input(label, key=key, persist_state="session").strip()
        if one.sort in ("whole", "percent"):
            found = st.number_input(label, one.least, one.most, None, 1, key=key, persist_state="session")
            return found if one.sort == "whole" or found is None else round(1 + found / 100, 4)
        options, said = self._options(one)
        blank = self.desk.texts("build.choose_many")
        if one.sort == "many":
            chosen = st.multiselect(
                label, options, format_func=said, key=key, placeholder=blank, persist_state="session"
            )
            return ALL if ALL in chosen else chosen
        return st.selectbox(
            label,
            options,
            index=None,
            format_func=said,
            key=key,
            placeholder=self.desk.texts("build.choose" if one.required else "build.as_is"),
            persist_state="session",
        )

    def _options(self, one: Field) -> tuple[Sequence[str], Any]:
        texts = self.desk.texts
        if one.source in ("form", "forms_or_all"):
            return one.options, lambda form: texts("build.all_forms") if form == ALL else texts.form(form)
        if one.source == "pool":
            pools = Pools(self.desk)
            by_name = sorted(pools.by_id, key=lambda pool: pools.name(pool).casefold())
            return by_name, lambda pool: f"{pools.name(pool)} ({pools.form(pool)})"
        found = opened(self.desk, "/scenario-choices")
        if one.source == "district":
            return found["districts"], str
        if one.source == "unit":
            return found["units"], str
        if one.source == "segment":
            return list(found["segments"]), found["segments"].get
        return one.options, lambda code: texts.word(one.words, code)

    def _quotas(self) -> str:
        """The city's quotas as they stand; forms on one row share theirs."""
        texts = self.desk.texts
        told = [
            texts(
                "build.quota_shared" if len(quota["forms"]) > 1 else "build.quota_own",
                forms=texts.listed([texts.form(form) for form in quota["forms"]]),
                places=texts.count("place", quota["places"]),
                year=str(quota["year"]),
            )
            + (f" ({quota['responsible_unit']})" if quota["responsible_unit"] else "")
            for quota in opened(self.desk, "/scenario-choices")["quotas"]
        ]
        return " ".join([texts("build.quota_about"), *(f"{line}." for line in told)])

    def _amount(self, ways: Sequence[str]) -> Change:
        texts = self.desk.texts
        left, right = st.columns([2, 1])
        with left:
            way = st.radio(
                texts("build.amount"),
                ways,
                format_func=lambda name: texts(f"build.amount_{name}"),
                key=self._key("amount"),
                horizontal=True,
                persist_state="session",
            )
        with right:
            least = {"factor": -100, "by": -MOST_PLACES}.get(str(way), 0)
            number = st.number_input(
                texts(f"build.number_{way}"),
                least,
                MOST_PLACES,
                None,
                1,
                key=self._key(f"number-{way}"),
                persist_state="session",
            )
            for name in ways:
                self._wrong(name)
        if number is None:
            return {}
        return {str(way): round(1 + number / 100, 4) if way == "factor" else number}

    def _weeks(self, change: Change) -> None:
        texts = self.desk.texts
        for column, name in zip(st.columns(COLUMNS), ("from_week", "until_week"), strict=False):
            with column:
                week = st.number_input(
                    texts(f"build.{name}"),
                    0,
                    MOST_WEEKS,
                    None,
                    1,
                    key=self._key(name),
                    help=texts(f"build.{name}_about"),
                    persist_state="session",
                )
                self._wrong(name)
            if week is not None:
                change[name] = week

    def _label(self, one: Field) -> str:
        texts = self.desk.texts
        special = f"build.of.{self.kind}.{one.key}"
        return texts(special if texts.has(special) else f"build.field.{one.key}")

    def _key(self, name: str) -> str:
        return field_key(f"{self.kind}-{name}")

    def _wrong(self, key: str) -> None:
        """What is wrong at a key, right below its field."""
        for one in self.faults:
            several = EITHER in one["key"]
            if key in one["key"].split(EITHER) and not (several and one["key"] in self.shown):
                self.shown.add(one["key"])
                st.html(f'<p class="hv-wrong" role="alert">{escape(fault_told(self.desk, one))}</p>')


def fault_told(desk: Desk, fault: Mapping[str, Any]) -> str:
    """A fault in the words of a form, where those of a file would name a key; else the API's own."""
    for own in (f"build.fault_at.{fault['key']}", f"build.fault.{fault['kind']}"):
        if desk.texts.has(own):
            return desk.texts(own)
    return f"{fault['message']} {fault['remedy']}"


def fill(change: Mapping[str, Any]) -> None:
    """Put a change into the fields of its kind."""
    kind, state = str(change["kind"]), st.session_state

    def put(name: str, value: Any) -> None:
        state[field_key(f"{kind}-{name}")] = value

    state[field_key("kind")] = kind
    for one in FIELDS[kind]:
        if one.key in change:
            value = change[one.key]
            if one.sort == "percent":
                value = round((value - 1) * 100)
            elif one.sort == "many":
                value = list(value) if isinstance(value, (list, tuple)) else [value]
            put(one.key, value)
    for way in AMOUNTS.get(kind, ()):
        if way in change:
            put("amount", way)
            put(f"number-{way}", round((change[way] - 1) * 100) if way == "factor" else change[way])
    if kind == "rule":
        fill_policy(change, put)
    for name in ("from_week", "until_week"):
        if change.get(name) is not None:
            put(name, change[name])
