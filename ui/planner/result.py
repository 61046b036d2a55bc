"""A finished run: in sentences, in charts with intervals, for whom it is better, and what it costs."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, header, note, section
from ui.frame.turning import asked_for, go_to
from ui.planner.drafts import add_alternative
from ui.planner.figures_table import figures_table
from ui.planner.look import dress
from ui.planner.result_charts import compared, month_by_month
from ui.planner.result_costs import show_costs
from ui.planner.result_groups import show_groups
from ui.planner.sharing import link
from ui.texts import Texts

PARTS = ("figures", "months", "groups", "costs", "rests_on")
STACKED = "+"
Run = Mapping[str, Any]


def show(desk: Desk) -> None:
    """Show the run that the address asks for."""
    dress()
    texts, number = desk.texts, asked_for("id")
    if number is None or not number.isdigit():
        header(texts("result.none_title"))
        empty(texts("result.none"))
        return
    run: Run = opened(desk, f"/scenario-runs/{int(number)}", detail="months")
    header(_title(texts, run), _lead(texts, run), texts("result.above", n=run["experiment_id"]))
    _sentences(desk, run)
    part = st.segmented_control(
        texts("result.part"),
        PARTS,
        default=PARTS[0],
        required=True,
        format_func=lambda name: texts(f"result.{name}"),
        key="result-part",
        label_visibility="collapsed",
        persist_state="session",
    )
    shown = {
        "figures": _figures,
        "months": month_by_month,
        "groups": show_groups,
        "costs": show_costs,
        "rests_on": _rests_on,
    }
    shown[part or PARTS[0]](desk, run)
    section(texts("result.take_along"))
    _take_along(desk, run)


def _title(texts: Texts, run: Run) -> str:
    others = [arm["title"] for arm in run["figures"][1:]]
    return texts.listed(others) or texts("result.only_today")


def _lead(texts: Texts, run: Run) -> str:
    return texts(
        "result.lead",
        weeks=texts.count("week", run["weeks"]),
        day=texts.day(run["as_of"]),
        replications=texts.count("replication", run["replications"]),
        seed=run["seed"],
        moment=texts.moment(run["created_at"]),
    )


def _sentences(desk: Desk, run: Run) -> None:
    html = "".join(
        f'<section class="hv-told"><h3>{_unbroken(told["headline"])}</h3>'
        + "".join(f"<p>{escape(side)}</p>" for side in told["sides"])
        + "<ul>"
        + "".join(f"<li>{_unbroken(point)}</li>" for point in told["points"])
        + "</ul></section>"
        for told in run["summary"]
    )
    if html:
        st.html(f'<div class="hv-list">{html}</div>')
    note(_assumed(desk.texts, run), "waits")


def _unbroken(sentence: str) -> str:
    """A sentence as HTML, whose lines do not end between a number and its sign."""
    return escape(sentence.replace(" %", "\N{NO-BREAK SPACE}%"))


def _assumed(texts: Texts, run: Run) -> str:
    rates = run["rates"]
    return texts(
        "result.assumed",
        source=rates.get("source", 0),
        calibrated=rates.get("calibrated", 0),
        assumed=rates.get("assumed", 0),
    )


def _figures(desk: Desk, run: Run) -> None:
    texts = desk.texts
    compared(desk, run)
    section(texts("result.all_figures"), texts("result.all_figures_lead"))
    figures_table(desk, run["figures"], texts("result.figures"))


def _rests_on(desk: Desk, run: Run) -> None:
    from ui.planner.assumptions import show_rates

    texts = desk.texts
    section(texts("result.rests_on"), texts("assumptions.lead"))
    show_rates(desk, opened(desk, f"/scenario-runs/{run['experiment_id']}/assumptions"))
    said = {name: str(run[name]) for name in ("policy", "inputs", "assumptions", "edition")}
    st.html(
        '<details class="hv-about"><summary>'
        + escape(texts("result.fingerprints"))
        + '</summary><dl class="hv-facts">'
        + "".join(
            f"<div><dt>{escape(texts(f'result.hash_{name}'))}</dt><dd><code>{escape(value[:16])}</code></dd></div>"
            for name, value in said.items()
        )
        + "</dl></details>"
    )


def _take_along(desk: Desk, run: Run) -> None:
    texts, number = desk.texts, run["experiment_id"]
    link(desk, "result", texts("result.link"))
    path = f"/scenario-runs/{number}"
    with st.container(horizontal=True):
        st.download_button(
            texts("result.csv"),
            lambda: desk.client.file(f"{path}/table"),
            f"hemvist-{number}.csv",
            "text/csv",
            key="result-csv",
            on_click="ignore",
        )
        st.download_button(
            texts("result.json"),
            lambda: desk.client.file(path),
            f"hemvist-{number}.json",
            "application/json",
            key="result-json",
            on_click="ignore",
        )
        if desk.may("scenario.run") and st.button(texts("result.again"), key="result-again"):
            for arm in run["figures"][1:]:
                add_alternative(arm["name"].split(STACKED))
            go_to("whatif")
