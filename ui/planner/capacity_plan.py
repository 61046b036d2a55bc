"""A capacity plan: price, proof, what to build, who still lacks a place, and how it fares when simulated."""

import re
from collections.abc import Mapping
from typing import Any

from ui.frame.desk import Desk
from ui.frame.page import Figure, empty, figures, note, section
from ui.frame.tables import Cell, Column, table, two_lines
from ui.texts import NOTHING

Plan = Mapping[str, Any]

WRITTEN = re.compile(r"([a-z_0-9.]+)<=([0-9]+)")


def target_told(desk: Desk, written: str) -> str:
    """A target in words."""
    found = WRITTEN.fullmatch(written)
    if found is None:
        return written
    return desk.texts(f"capacity.target.{found[1]}", n=desk.texts.number(int(found[2])))


def show_plan(desk: Desk, shown: Mapping[str, Any]) -> None:
    """Show a plan."""
    texts, plan = desk.texts, shown["plan"]
    section(target_told(desk, shown["target"]), texts("capacity.made", moment=texts.moment(shown["made_at"])))
    proven = plan["status"] == "optimal"
    houses = texts("capacity.in_houses", houses=texts.count("house", len(plan["places"])))
    figures(
        [
            Figure(
                texts("capacity.price"),
                texts.number(plan["cost_sek_per_year"]),
                texts("capacity.a_year"),
                "good" if proven else "waits",
            ),
            Figure(texts("capacity.to_build"), texts.count("place", plan["places_in_all"]), houses),
            Figure(
                texts("capacity.proof"),
                texts(f"capacity.status_{plan['status']}"),
                texts("capacity.bound", n=texts.number(plan["bound"])),
                "good" if proven else "stops",
            ),
        ]
    )
    note(texts(f"capacity.means_{plan['status']}" if plan["places"] else "capacity.nothing_needed"))
    if plan["in_fives"]:
        note(texts("capacity.in_fives"))
    if plan["places"]:
        _places(desk, plan)
    _counts(desk, plan)
    if plan["missing"] is not None:
        _missing(desk, plan["missing"])
    _simulation(desk, plan)


def _places(desk: Desk, plan: Plan) -> None:
    texts = desk.texts
    columns = [
        Column(texts("capacity.pool")),
        Column(texts("capacity.places"), number=True),
        Column(texts("capacity.lead_weeks"), number=True),
        Column(texts("vacancies.admits")),
        Column(texts("vacancies.drug_policy")),
        Column(texts("vacancies.staffing")),
        Column(texts("capacity.cost"), number=True),
    ]
    rows: list[list[Cell]] = [
        [
            two_lines(place["name"], f"{texts.form(place['form'])}, {place['district']}"),
            texts.number(place["places"]),
            texts.number(place["lead_weeks"]),
            texts.word("admits", place["admits"]),
            texts.word("drug_policy", place["drug_policy"]),
            texts.word("support", place["staffing"]),
            texts.number(place["cost_sek_per_year"]),
        ]
        for place in plan["places"]
    ]
    table(columns, rows, texts("capacity.build_caption"))


def _counts(desk: Desk, plan: Plan) -> None:
    texts = desk.texts
    columns = [
        Column(texts("capacity.when")),
        Column(texts("capacity.count_short"), number=True),
    ]
    rows: list[list[Cell]] = [
        [texts(f"capacity.{side}"), _hidden(desk, count)] for side, count in plan["short"].items()
    ]
    table(columns, rows, texts("capacity.counts"))
    note(texts("capacity.hidden"))


def _hidden(desk: Desk, value: float | None) -> str:
    if value is None:
        return desk.texts("capacity.not_shown")
    return desk.texts.number(value)


def _missing(desk: Desk, missing: Mapping[str, Any]) -> None:
    texts = desk.texts
    section(texts("capacity.missing"), texts("capacity.missing_lead"))
    columns = [Column(texts("capacity.need")), Column(texts("capacity.households"), number=True)]
    rows: list[list[Cell]] = [
        [_need(desk, need), texts.number(need["households"])] for need in missing["needs"]
    ]
    if rows:
        table(columns, rows, texts("capacity.missing"))
    else:
        empty(texts("capacity.missing_hidden"))


def _need(desk: Desk, need: Mapping[str, Any]) -> str:
    texts = desk.texts
    told = [
        texts(f"group.{need['profile']}"),
        texts("capacity.support", level=texts.word("support", need["support_need"])),
    ]
    if need["children"]:
        told.append(texts("capacity.with_children"))
    if need["mobility"] != "none":
        told.append(texts.word("mobility", need["mobility"]))
    return ", ".join(told)


def _simulation(desk: Desk, plan: Plan) -> None:
    texts, lived = desk.texts, plan["simulation"]
    section(texts("capacity.lived"))
    if lived is None:
        empty(texts("capacity.not_lived"))
        return
    columns = [
        Column(texts("capacity.when")),
        Column(texts("capacity.share"), number=True),
        Column(texts("capacity.mean"), number=True),
    ]
    rows: list[list[Cell]] = [
        [texts(f"capacity.{name}", n=texts.number(lived["open_from_week"])), *_held(desk, held)]
        for name, held in (("whole", lived), ("once_open", lived["once_open"]), ("unbuilt", lived["unbuilt"]))
    ]
    caption = texts(
        "capacity.lived_caption",
        weeks=texts.count("week", lived["weeks"]),
        replications=texts.count("replication", lived["replications"]),
    )
    table(columns, rows, caption)
    note(texts("capacity.lived_about"), "waits")


def _held(desk: Desk, held: Mapping[str, Any]) -> list[Cell]:
    texts = desk.texts
    share = texts.percent(held["share_of_weeks"])
    ends = [texts.percent(held[end]) for end in ("low", "high")]
    interval = "" if NOTHING in ends else texts("measure_of.span", low=ends[0], high=ends[1])
    mean = NOTHING if held["mean"] is None else texts.number(held["mean"], 1)
    return [two_lines(share, interval), mean]
