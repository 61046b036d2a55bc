"""Runs that have been finished: what was asked, and the way to what it gave."""

from collections.abc import Mapping, Sequence
from typing import Any

from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, header
from ui.frame.paging import paged
from ui.frame.tables import Cell, Column, opening, table_html, two_lines
from ui.frame.turning import go_to
from ui.planner.look import dress

STACKED = "+"
BASELINE = "baseline"


def show(desk: Desk) -> None:
    """Show all runs, the newest first."""
    dress()
    texts = desk.texts
    header(texts("runs.title"), texts("runs.lead"))

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        runs_table(desk, rows, total)

    paged(desk, "scenario-runs", "/scenario-runs", shown)


def runs_table(desk: Desk, rows: Sequence[Mapping[str, Any]], total: int) -> None:
    """Show runs; one that is clicked is opened."""
    texts = desk.texts
    if not total:
        empty(texts("runs.none"))
        return
    named = {line["name"]: line["title"] for line in opened(desk, "/scenarios")}
    columns = [
        Column(texts("runs.scenarios")),
        Column(texts("runs.day")),
        Column(texts("runs.weeks"), number=True),
        Column(texts("runs.replications"), number=True),
        Column(texts("runs.seed"), number=True),
        Column(texts("runs.made")),
    ]
    lines: list[list[Cell]] = [
        [
            two_lines(opening(_told(desk, named, run), str(run["experiment_id"])), _rest(desk, run)),
            texts.short_day(run["as_of"]),
            texts.number(run["weeks"]),
            texts.number(run["replications"]),
            str(run["seed"]),
            texts.moment(run["created_at"]),
        ]
        for run in rows
    ]
    found = clicked(table_html(columns, lines, texts.count("run", total)), "scenario-runs-table")
    if found is not None:
        go_to("result", id=found)


def _told(desk: Desk, named: Mapping[str, str], run: Mapping[str, Any]) -> str:
    """The scenarios by their titles; one's own by the name it was given."""
    texts = desk.texts
    told = [
        f" {STACKED} ".join(
            named.get(name, name.removeprefix("own_").replace("_", " ")) for name in stack.split(STACKED)
        )
        for stack in run["scenarios"]
        if stack != BASELINE
    ]
    return "; ".join(told) or texts("result.only_today")


def _rest(desk: Desk, run: Mapping[str, Any]) -> str:
    texts = desk.texts
    told = [texts("runs.number", n=run["experiment_id"])]
    if run["uncertain"]:
        told.append(texts("runs.uncertain"))
    return ", ".join(told)
