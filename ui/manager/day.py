"""The day's figures as the API shows them: opened once for a page, with the day they are from."""

from pathlib import Path
from typing import Any

import httpx2
import streamlit as st

from ui.desk_client import Away
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import header, note

STYLE = Path(__file__).with_name("counts.css")
TRIES = 6
"""How often figures are asked for while they are counted; each try is as long as the desks' patience."""

Table = dict[str, Any]


class Day:
    """Some tables of a day, by name."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        self.tables: dict[str, Table] = {table["table_id"]: table for table in answer["tables"]}

    @property
    def day(self) -> str:
        """The day that the figures are from."""
        return str(self.answer["origin"]["day"])

    @property
    def taken_at(self) -> str:
        """When they were taken."""
        return str(self.answer["origin"]["taken_at"])


def begin(desk: Desk, page: str) -> None:
    """The page's heading; it stands while the figures are being taken."""
    st.html(STYLE)
    header(desk.texts(f"manager.{page}.title"), desk.texts(f"manager.{page}.lead"))


def figures_of(desk: Desk, path: str) -> Day:
    """Figures of the day. The first to ask has them counted, which may last half a minute or more.

    Raises
    ------
    Away
        When the API does not answer, or has not counted them after some tries.
    """
    with st.spinner(desk.texts("manager.taking")):
        for _ in range(TRIES - 1):
            try:
                return Day(opened(desk, path))
            except Away as away:
                if not isinstance(away.__cause__, httpx2.ReadTimeout):
                    raise
        return Day(opened(desk, path))


def whose_day(desk: Desk, day: Day) -> None:
    """Which day the figures are from, under the heading."""
    sentence = desk.texts("manager.from_day", day=desk.texts.day(day.day))
    st.html(f'<p class="hv-day">{sentence}</p>')


def end(day: Day) -> None:
    """What hidden counts mean, at the foot of the page."""
    note(" ".join(day.answer["notes"]))
