"""The figures of some scenarios beside today's city as one table: a row for each measure."""

from collections.abc import Mapping, Sequence
from typing import Any

from ui.frame.desk import Desk
from ui.frame.tables import Cell, Column, table, two_lines
from ui.planner.measures import differing, figures_by_measure, level, measure_name, unit_name


def figures_table(desk: Desk, arms: Sequence[Mapping[str, Any]], caption: str) -> None:
    """Show the figures; the first of the scenarios is today's city.

    Parameters
    ----------
    arms
        Scenarios with `title` and `figures`, as the API tells them.
    """
    texts = desk.texts
    today, others = arms[0], arms[1:]
    columns = [Column(texts("result.measure")), Column(today["title"], number=True)]
    for arm in others:
        columns += [
            Column(arm["title"], number=True),
            Column(texts("result.differs"), number=True),
        ]
    found = [figures_by_measure(arm) for arm in others]
    rows: list[list[Cell]] = []
    for one in today["figures"]:
        measure = one["measure"]
        unit = unit_name(texts, measure, one["a_year"])
        row: list[Cell] = [
            two_lines(measure_name(texts, measure), unit),
            level(texts, measure, one["before"]),
        ]
        for figures in found:
            other = figures.get(measure)
            if other is None:
                row += [None, None]
                continue
            row += [
                level(texts, measure, other["after"]),
                differing(texts, measure, other["difference"], other["verdict"]),
            ]
        rows.append(row)
    table(columns, rows, caption)
