"""What the manager's pages show, without a browser: the views over the real API and the small city."""

from collections.abc import Callable
from datetime import timedelta
from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from api.usecases.city_view import read_view
from api.usecases.counts.publication import counted, read_work
from models.access import Role
from models.database import reading, writing
from models.store.snapshots import add_snapshot
from tests.ui.conftest import AS_OF, Desks, drawn, html_of
from ui.frame.navigation import views
from ui.manager import VIEWS
from ui.manager.day import Day
from ui.manager.gap_answer import moved_html
from ui.manager.gap_over_time import why_html
from ui.texts import Language, Texts

DAYS_BEFORE = 40
PATHS = {
    "gap": ("/gap", "/gap/history"),
    "equity": ("/equity",),
    "indicators": ("/indicators", "/figures/homelessness"),
    "occupancy": ("/occupancy", "/bottlenecks"),
    "casework": ("/manager",),
    "missing": ("/missing",),
}


@pytest.fixture(scope="module")
def history(desks: Desks) -> Desks:
    """The city with figures of the day and of an earlier one."""
    assert desks.client(Role.MANAGER).get("/gap")["tables"]
    day = AS_OF - timedelta(days=DAYS_BEFORE)
    with reading(desks.engine) as connection:
        work = read_work(connection)
    made = counted(read_view(desks.engine, day), day, [], work)
    made.made_at, made.made_by = desks.clock(), "test"
    with writing(desks.engine) as connection:
        add_snapshot(connection, made)
    return desks


@pytest.fixture
def view(history: Desks) -> Callable[..., AppTest]:
    def shown(name: str, role: Role = Role.MANAGER, language: str = "sv") -> AppTest:
        return drawn(history, "manager", name, role, language)

    return shown


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", [*PATHS, "report"])
def test_every_page_is_drawn_for_the_manager(
    view: Callable[..., AppTest], name: str, language: Language
) -> None:
    at = view(name, language=language)
    assert escape(Texts(language)(f"manager.{name}.title")) in html_of(at)
    assert not at.error


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", PATHS)
def test_every_table_says_what_it_counts_and_shows_each_cell_as_it_was_given(
    view: Callable[..., AppTest], history: Desks, name: str, language: Language
) -> None:
    html = html_of(view(name, language=language))
    charts = ("gap_series", "gap_forecast", "indicator_months")
    client = history.client(Role.MANAGER, language)
    for path in PATHS[name]:
        for table in client.get(path)["tables"]:
            if table["table_id"] in charts or not table["rows"]:
                continue
            if not table["table_id"].startswith(("gap_longer", "equity_shares")):
                assert escape(table["definition"]) in html, table["table_id"]
                assert escape(table["source"]) in html
            for row in table["rows"]:
                for cell in row["cells"]:
                    assert cell["shown"] == "blank" or escape(cell["text"]) in html


def test_a_hidden_count_is_never_a_number(view: Callable[..., AppTest], history: Desks) -> None:
    html = html_of(view("casework"))
    tables = history.client(Role.MANAGER).get("/manager")["tables"]
    small = [
        cell for table in tables for row in table["rows"] for cell in row["cells"] if cell["shown"] == "small"
    ]
    assert small
    said = Texts("sv")("manager.shown.small")
    assert html.count(f'&lt;5<span class="hv-heard"> {said}</span>') == len(small)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_answer_stands_first_whole(
    view: Callable[..., AppTest], history: Desks, language: Language
) -> None:
    texts = Texts(language)
    shown = history.client(Role.MANAGER, language).get("/gap")
    tables = {table["table_id"]: table for table in shown["tables"]}
    html = html_of(view("gap", language=language))
    first = html[html.index('<div class="hv-panels">') : html.index(escape(texts("manager.gap.reckoned")))]
    for row in tables["gap"]["rows"]:
        named = zip(tables["gap"]["columns"], row["cells"], strict=True)
        large = [cell["text"] for column, cell in named if column["column_id"] in ("gap", "structural_gap")]
        assert len(large) == 2
        assert all(escape(text) in first for text in large)
    assert [row["name"] for row in tables["gap_levels"]["rows"] if escape(row["name"]) not in first] == []
    holes = [one for one in shown["told"] if one["kind"] == "hole"]
    assert holes
    assert all(f"<h2>{escape(hole['title'])}</h2>" in first for hole in holes)
    told = [one["sentence"] for one in shown["told"] if one["kind"] in ("hole", "remedy")]
    assert [sentence for sentence in told if escape(sentence) not in first] == []
    assert escape(tables["gap_causes"]["rows"][0]["name"]) in first
    for key in ("bottleneck", "cause", "cheapest", "moved"):
        assert f"<dt>{escape(texts(f'manager.gap.answer.{key}'))}</dt>" in first
    assert escape(texts("manager.gap.answer.no_month")) in first


def test_the_past_is_drawn_once_there_are_two_days(view: Callable[..., AppTest], history: Desks) -> None:
    at = view("gap")
    assert len(at.get("vega_lite_chart")) + len(at.get("arrow_vega_lite_chart")) == 1
    assert Texts("sv")("manager.gap.no_month") in html_of(at)


def cell(text: str, shown: str = "exact") -> dict[str, object]:
    value = float(text) if shown == "exact" else None
    return {"value": value, "shown": shown, "text": text, "least": None, "most": None}


def test_why_the_gap_moved_names_the_month_and_what_moved_it() -> None:
    names = (
        "waiting",
        "placeable",
        "gap",
        "came",
        "facts_in",
        "placed",
        "left",
        "facts_out",
        "more_fit",
        "fewer_fit",
    )
    columns = [{"column_id": name, "name": f"<{name}>", "unit": "hushåll"} for name in names]
    row = {"row_id": "2025-12", "name": "2025-12", "note": None}
    row |= {"cells": [cell("<5", "small") if name == "came" else cell("7") for name in names]}
    table = {"title": "Varför", "unit": "hushåll", "definition": "d", "source": "k", "columns": columns}
    table |= {"since": "2025-01-01", "until": "2026-01-15"}
    tables = [table | {"table_id": "gap_history_support", "rows": [row]}]
    tables.append(table | {"table_id": "gap_longer_support", "rows": []})
    origin = {"day": "2026-01-15", "taken_at": "2026-01-15T08:00:00+00:00"}
    html = why_html(Texts("sv"), Day({"origin": origin, "tables": tables}), "support")
    assert "december 2025" in html
    assert "2025-12<" not in html
    for part in ("in", "out", "facts", "places"):
        assert f"<dt>{Texts('sv')(f'manager.gap.why_{part}')}</dt>" in html
    assert "&lt;came&gt;" in html
    assert "&lt;5<span" in html
    (moved,) = moved_html(Texts("sv"), Day({"origin": origin, "tables": tables}))
    assert "Stödnivå, december 2025." in moved
    assert "&lt;came&gt; " in moved
    assert "&lt;5<span" in moved
    assert "placeable" not in moved


def test_what_cannot_be_computed_says_so(view: Callable[..., AppTest]) -> None:
    html = html_of(view("indicators"))
    assert html.count(Texts("sv")("manager.indicators.uncounted")) >= 2
    assert "Kronofogdemyndigheten" in html


def test_every_unit_has_a_tile(view: Callable[..., AppTest], history: Desks) -> None:
    html = html_of(view("equity"))
    units = next(
        table
        for table in history.client(Role.MANAGER).get("/equity")["tables"]
        if table["table_id"] == "equity_units"
    )
    assert html.count('class="hv-tile hv-') == len([row for row in units["rows"] if row["row_id"] != "total"])


def test_the_planner_reads_the_figures_but_makes_no_report(
    view: Callable[..., AppTest], history: Desks
) -> None:
    for name in PATHS:
        assert not view(name, Role.PLANNER).error
    allowed = history.client(Role.PLANNER).me()
    assert [one.key for one in VIEWS if not allowed.may(one.needs)] == ["report"]


def test_a_coordinator_has_no_figures(view: Callable[..., AppTest], history: Desks) -> None:
    assert [error.value for error in view("gap", Role.COORDINATOR).error] == ["Din roll får inte göra detta."]
    assert not any(history.client(Role.COORDINATOR).me().may(one.needs) for one in VIEWS)


def test_the_managers_own_desk_comes_first() -> None:
    assert [one.key for one in views("manager")][: len(VIEWS)] == [one.key for one in VIEWS]
    assert views("coordinator")[0].key == "today"


def month_now(history: Desks) -> str:
    return Texts("sv").month(f"{AS_OF:%Y-%m}")


def test_a_report_is_asked_for_once_and_followed(view: Callable[..., AppTest], history: Desks) -> None:
    at = view("report")
    assert at.selectbox(key="report-month").options[0] == month_now(history)
    at.button(key="report-make").click().run()
    assert not at.exception
    assert not at.error
    reports = history.client(Role.MANAGER).listed("/reports", 10).items
    assert [(one["month"], one["language"]) for one in reports] == [(f"{AS_OF:%Y-%m}", "sv")]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_has_a_name(language: Language) -> None:
    texts = Texts(language)
    assert [one.key for one in VIEWS if not texts.has(f"page.{one.key}")] == []
