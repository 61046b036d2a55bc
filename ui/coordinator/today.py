"""Today: what is proposed and under way, chain by chain, foremost first."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from models.forms import forms
from ui.coordinator.chain_lines import chain_html
from ui.frame.choosing import choose
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.opened import all_opened, opened
from ui.frame.page import Figure, empty, figures, header
from ui.frame.paging import paged
from ui.frame.pools import Pools
from ui.frame.tables import Meaning
from ui.frame.turning import go_to

UNDER_WAY: dict[str, Meaning] = {"proposed": "waits", "offered": "marked", "accepted": "good"}
CHAINS = 15
"""Chains on a page."""


def show(desk: Desk) -> None:
    """Show today's chains."""
    texts = desk.texts
    header(texts("today.title"), texts("today.lead"))
    everything = all_opened(desk, "/chains")
    if not everything:
        empty(texts("today.nothing"))
        return
    _figures(desk, len(everything))
    chosen = _filters(desk, everything)
    pools = Pools(desk)

    def shown(chains: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("today.none"))
            return
        html = "".join(chain_html(texts, pools, chain) for chain in chains)
        offer = clicked(f'<div class="hv-chains">{html}</div>', "today-chains")
        if offer is not None:
            go_to("offer", id=offer)

    paged(desk, "today", "/chains", shown, rows=CHAINS, **chosen)


def _figures(desk: Desk, chains: int) -> None:
    texts = desk.texts
    counted = {state: opened(desk, "/offers", state=state, limit=1)["total"] for state in UNDER_WAY}
    figures(
        [Figure(texts("today.figure_chains"), texts.number(chains))]
        + [
            Figure(texts(f"today.figure_{state}"), texts.number(counted[state]), "", meaning)
            for state, meaning in UNDER_WAY.items()
        ]
    )


def _filters(desk: Desk, chains: Sequence[dict[str, Any]]) -> dict[str, Any]:
    texts = desk.texts
    steps = [step for chain in chains for step in chain["steps"] if not step["another"]]
    units = sorted({step["responsible_unit"] for step in steps if step["responsible_unit"]})
    pools = Pools(desk)
    used = {pools.by_id[step["pool_id"]]["pool"]["form"] for step in steps if step["pool_id"] in pools.by_id}
    given: dict[str, tuple[list[Any], Any]] = {
        "unit": (units, str),
        "tier": (sorted({step["tier"] for step in steps}), lambda n: texts("today.tier_name", n=n)),
        "form": ([form for form in forms() if form in used], texts.form),
        "state": (list(UNDER_WAY), lambda state: texts.word("offer_state", state)),
    }
    chosen = {}
    for column, (name, (options, said)) in zip(st.columns(len(given)), given.items(), strict=True):
        with column:
            chosen[name] = choose(desk, texts(f"today.{name}"), options, said, f"today-{name}")
    return chosen
