"""Charts, each with a sentence that says what it shows and a table with its figures."""

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.page import section
from ui.frame.tables import Cell, Column, table
from ui.theme import INK, LINE, SERIES, SOFT


def chart(
    desk: Desk,
    title: str,
    sentence: str,
    drawn: Any,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
) -> None:
    """Show a chart under its heading; the sentence stands above it and is read aloud in its place.

    Parameters
    ----------
    drawn
        An Altair chart; `dressed` gives it the look of the desks.
    columns, rows
        The same figures as a table, folded up below.
    """
    section(title, sentence)
    st.altair_chart(dressed(drawn), theme=None, alt=sentence)
    with st.expander(desk.texts("frame.as_table")):
        table(columns, rows, title)


def dressed(drawn: Any) -> Any:
    """A chart in the desks' colours and letters."""
    font = "'Source Sans', 'Segoe UI', sans-serif"
    axis = {
        "labelColor": INK,
        "titleColor": SOFT,
        "gridColor": LINE,
        "domainColor": SOFT,
        "tickColor": SOFT,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": 600,
        "labelLimit": 280,
    }
    legend = {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 13, "orient": "top"}
    return (
        drawn.configure(font=font, background="transparent", range={"category": list(SERIES)})
        .configure_axis(**axis)
        .configure_axisX(titleAnchor="end")
        .configure_legend(**legend)
        .configure_view(stroke=None)
    )
