"""The policy: each rule with its text, what it rests on, its values and since when."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, header, section
from ui.frame.rule_words import RuleWords
from ui.frame.tables import Column, Markup, Meaning, table_html, tag, two_lines
from ui.planner.look import dress

BASES: Mapping[str, Meaning] = {"source": "good", "interpretation": "waits", "local": "marked"}
PARAMETER = "parameter"
FACT = ("column", "list")
"""Parameters that name a fact."""

COLUMN_OF = {"values": "drug_policy", "exempt_levels": "level", "agree_levels": "level"}
"""Parameters whose values are told as those of a fact."""


def show(desk: Desk) -> None:
    """Show the tiers, then every rule; a word narrows them."""
    dress()
    texts = desk.texts
    policy: Mapping[str, Any] = opened(desk, "/policy")
    header(texts("policy.title"), texts("policy.lead", day=texts.day(policy["as_of"])))
    language = texts.language
    section(texts("policy.tiers"), texts("policy.tiers_lead"))
    lines = "".join(f"<li><p>{escape(tier[f'text_{language}'])}</p></li>" for tier in policy["tiers"])
    st.html(f'<ol class="hv-changes">{lines}</ol>')
    section(texts("policy.rules"))
    wanted = st.text_input(texts("policy.search"), key="policy-search", width=480, persist_state="session")
    rules = [rule for rule in policy["rules"] if _fits(rule, wanted or "", language)]
    if not rules:
        empty(texts("policy.none"))
        return
    columns = [
        Column(texts("policy.rule")),
        Column(texts("policy.values")),
        Column(texts("policy.source")),
        Column(texts("policy.since")),
        Column(texts("policy.unknown")),
    ]
    words = RuleWords(texts)
    rows = [_row(desk, words, rule) for rule in rules]
    st.html(f'<div class="hv-matrix">{table_html(columns, rows, texts.count("rule", len(rules)))}</div>')
    st.html(f'<p class="hv-soft">{escape(texts("policy.hash", policy=policy["policy"]))}</p>')


def _fits(rule: Mapping[str, Any], wanted: str, language: str) -> bool:
    told = " ".join(
        [rule[f"text_{language}"], rule[f"note_{language}"], *(s["section"] for s in rule["sources"])]
    )
    return wanted.strip().casefold() in told.casefold()


def _row(desk: Desk, words: RuleWords, rule: Mapping[str, Any]) -> list[object]:
    texts = desk.texts
    language = texts.language
    return [
        two_lines(rule[f"text_{language}"], rule[f"note_{language}"]),
        _values(desk, words, rule),
        _sources(desk, rule),
        texts.short_day(rule["since"]),
        texts(f"policy.when_{rule['when_unknown']}"),
    ]


def _values(desk: Desk, words: RuleWords, rule: Mapping[str, Any]) -> Markup | None:
    texts = desk.texts
    lines = [
        f"<li>{escape(_said(desk, value))}{_dated(desk, words, value['dated'])}</li>"
        for value in rule["values"]
        if not isinstance(value["value"], str) or texts.has(f"{PARAMETER}.{value['name']}")
    ]
    told = f"<ul>{''.join(lines)}</ul>" if lines else ""
    conditions = "".join(
        f"<li>{escape(condition[f'text_{texts.language}'])}{_since(desk, condition['values'])}</li>"
        for condition in rule["conditions"]
    )
    if conditions:
        summary = escape(texts("policy.conditions"))
        told += f"<details><summary>{summary}</summary><ul>{conditions}</ul></details>"
    return Markup(told) if told else None


def _said(desk: Desk, value: Mapping[str, Any]) -> str:
    texts, words = desk.texts, RuleWords(desk.texts)
    name = value["name"]
    label = texts(f"{PARAMETER}.{name}") if texts.has(f"{PARAMETER}.{name}") else words.fact(name)
    if name in FACT:
        return f"{label}: {words.fact(value['value'])}"
    told = words.value(COLUMN_OF.get(name, name), value["value"])
    return f"{label}: {told}"


def _dated(desk: Desk, words: RuleWords, dated: Sequence[Mapping[str, Any]]) -> str:
    """Every value with its first day, where there has been more than one or a day is known."""
    texts = desk.texts
    told = ", ".join(
        texts("policy.from", value=words.value("", one["value"]), day=texts.short_day(one["since"]))
        for one in dated
    )
    return f'<small class="hv-soft">{escape(told)}</small>' if told else ""


def _since(desk: Desk, values: Sequence[Mapping[str, Any]]) -> str:
    words = RuleWords(desk.texts)
    return "".join(_dated(desk, words, value["dated"]) for value in values)


def _sources(desk: Desk, rule: Mapping[str, Any]) -> Markup:
    texts = desk.texts
    basis = tag(texts(f"policy.basis_{rule['basis']}"), BASES.get(rule["basis"], "neutral"))
    lines = "".join(
        f"<li>{escape(source[f'title_{texts.language}'] or source['source'])}"
        f'<small class="hv-soft">{escape(source["section"])}</small></li>'
        for source in rule["sources"]
    )
    return Markup(f"{basis.html}<ul>{lines}</ul>")
