"""Which places a household may have, which wait for a fact, which are not possible, and why, rule by rule."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from ui.coordinator.effects import effect_or_cannot
from ui.coordinator.moves import UNLIMITED, explained, explained_at
from ui.coordinator.open_offers import offered
from ui.desk_client import part
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, note, section
from ui.frame.pools import Pools
from ui.frame.rule_words import RuleWords
from ui.frame.tables import Column, Markup, Meaning, opening, table, table_html, tag, two_lines

Case = Mapping[str, Any]
VERDICTS: Mapping[str, Meaning] = {"pass": "good", "fail": "stops", "unknown": "waits"}
KINDS = {"possible": "yes", "waiting": "unknown", "impossible": "no"}
CHOSEN = "household-place"


def show(desk: Desk, pools: Pools, case: Case) -> None:
    """Show every place by whether it is possible, and one of them rule by rule."""
    texts = desk.texts
    told = explained(desk, case)
    by_kind = {kind: [p for p in told["pools"] if p["eligible"] == code] for kind, code in KINDS.items()}
    kind = st.segmented_control(
        texts("places.kind"),
        tuple(KINDS),
        default=next((kind for kind, found in by_kind.items() if found), "possible"),
        required=True,
        format_func=lambda name: texts(f"places.{name}", n=texts.number(len(by_kind[name]))),
        key=f"places-{case['household_id']}",
    )
    found = by_kind[kind or "possible"]
    if not found:
        empty(texts(f"places.no_{kind}"))
        return
    # What was pressed is shown above the list, where it is seen without looking for it.
    above = st.container()
    chosen = _list(desk, pools, str(kind), found, case)
    if chosen is not None:
        st.session_state[CHOSEN] = chosen
    one = next((entry for entry in found if entry["pool"] == st.session_state.get(CHOSEN)), None)
    if one is not None:
        with above:
            _rules(desk, pools, explained_at(desk, case, one["pool"]))


def _list(desk: Desk, pools: Pools, kind: str, found: Sequence[Case], case: Case) -> str | None:
    texts, words, proposal = desk.texts, RuleWords(desk.texts), offered(desk, case)
    columns = [Column(texts("places.place")), Column(texts("places.about"))]
    columns += [Column(texts("places.fit"), number=True)] if kind != "impossible" else []
    columns.append(Column(texts(f"places.why_{kind}")))
    rows = []
    for entry in sorted(found, key=lambda entry: (-entry["possible_now"], -entry["fit"])):
        name = opening(pools.name(entry["pool"]), entry["pool"])
        if kind == "possible":
            why: Any = _free(desk, entry, proposal, case["current_pool_id"])
        elif kind == "waiting":
            why = texts("places.find_out", facts=texts.listed([words.fact(fact) for fact in entry["needs"]]))
        else:
            why = _stopping(words, entry)
        fit = [texts.number(entry["fit"])] if kind != "impossible" else []
        rows.append([name, pools.about(entry["pool"]), *fit, why])
    st.html(f'<p class="hv-soft">{texts("places.press")}</p>')
    return clicked(
        table_html(columns, rows, texts(f"places.{kind}", n=texts.number(len(rows)))), f"places-{kind}"
    )


def _free(desk: Desk, entry: Case, proposal: Collection[str], home: str | None) -> Markup:
    if entry["pool"] == home:
        return tag(desk.texts("places.lives_here"), "neutral")
    if entry["pool"] in proposal:
        return tag(desk.texts("places.proposed"), "marked")
    free = entry["possible_now"]
    return tag(desk.texts("places.free" if free else "places.full"), "good" if free else "neutral")


def _stopping(words: RuleWords, entry: Case) -> Markup:
    failed = [verdict for verdict in entry["verdicts"] if verdict["verdict"] == "fail"]
    first = words.rule(failed[0]) if failed else ""
    more = words.texts.count("more_rule", len(failed) - 1) if len(failed) > 1 else None
    return two_lines(first, more)


def _rules(desk: Desk, pools: Pools, entry: Case) -> None:
    texts, words = desk.texts, RuleWords(desk.texts)
    section(texts("places.rules", place=pools.name(entry["pool"])), pools.about(entry["pool"]))
    columns = [Column(texts(f"places.{name}")) for name in ("rule", "verdict", "seen", "limit", "source")]
    order = list(VERDICTS)
    verdicts = sorted(
        entry["verdicts"], key=lambda verdict: ("fail", "unknown", "pass").index(verdict["verdict"])
    )
    rows = [
        [
            words.rule(verdict),
            tag(texts(f"verdict.{verdict['verdict']}"), VERDICTS[verdict["verdict"]]),
            words.mapping(verdict["observed"]),
            words.mapping(verdict["limit"]),
            words.source(verdict["cite"]),
        ]
        for verdict in verdicts
        if verdict["verdict"] in order
    ]
    table(columns, rows, texts("places.rules", place=pools.name(entry["pool"])))


def show_recommended(desk: Desk, pools: Pools, case: Case) -> None:  # noqa: ARG001
    """Show the places that suit, best for all first, and what each changes for the others."""
    texts = desk.texts
    told = opened(desk, f"/households/{part(case['household_id'])}/recommendations", moves=UNLIMITED)
    if not told["options"]:
        empty(texts("recommended.none"))
        return
    note(
        texts("recommended.lead", tried=texts.number(told["tried"]), eligible=texts.number(told["eligible"]))
    )
    columns = [Column(texts(f"recommended.{name}")) for name in ("place", "now", "changes")]
    rows = [
        [
            two_lines(option["name"], f"{texts.form(option['form'])}, {option['district']}"),
            tag(texts("places.free"), "good")
            if option["vacant_now"]
            else tag(texts("places.by_moves"), "neutral"),
            effect_or_cannot(desk, option["effect"], case["household_id"]),
        ]
        for option in told["options"]
    ]
    table(columns, rows, texts("recommended.caption"))
