"""Next steps: those of a household, and one's own; each is said to be done where it stands."""

from collections.abc import Sequence
from typing import Any

from ui.coordinator.acting import do
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty
from ui.frame.paging import paged
from ui.frame.tables import Column, opening, table_html, tag, two_lines
from ui.frame.turning import go_to

Row = dict[str, Any]
DONE = "done:"


def steps_of(desk: Desk, household_id: str) -> None:
    """Show the steps of a household that are not done."""
    found = opened(desk, "/next-steps", household=household_id)
    if found["items"]:
        _table(desk, found["items"], found["total"], f"steps-{household_id}", of_one=True)


def my_steps(desk: Desk) -> None:
    """Show the steps that are one's own, by day."""

    def shown(rows: Sequence[Row], total: int) -> None:
        if not total:
            empty(desk.texts("steps.none"))
            return
        _table(desk, rows, total, "my-steps", of_one=False)

    paged(desk, "my-steps", "/next-steps", shown, owner="me")


def _table(desk: Desk, rows: Sequence[Row], total: int, key: str, of_one: bool) -> None:
    texts = desk.texts
    names = ["what", "household", "due", "owner", "done"]
    if of_one:
        names.remove("household")
    columns = [Column(texts(f"steps.{name}")) for name in names]
    lines = []
    for row in rows:
        late = tag(texts("steps.overdue"), "stops") if row["overdue"] else None
        cells: dict[str, Any] = {
            "what": texts.word("next_step", row["what"]),
            "household": opening(row["household_id"], row["household_id"]),
            "due": two_lines(texts.short_day(row["due_on"]), late),
            "owner": row["owner"],
            "done": opening(texts("steps.do"), f"{DONE}{row['step_id']}"),
        }
        lines.append([cells[name] for name in names])
    pressed = clicked(table_html(columns, lines, texts.count("next_step", total)), key)
    if pressed is None:
        return
    if pressed.startswith(DONE):
        finish(desk, pressed.removeprefix(DONE))
    else:
        go_to("household", id=pressed)


def finish(desk: Desk, step_id: str) -> None:
    """Say that a step is done, on the version that stands now."""

    def act() -> None:
        _, version = desk.client.versioned(f"/next-steps/{step_id}")
        desk.client.patch(f"/next-steps/{step_id}", {"done": True}, version)

    do(desk, f"step:{step_id}", act, desk.texts("steps.is_done"))
