"""What the monthly report holds: chapters of tables from one day's publication, the gap first."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from api.texts import Language
from api.usecases.counts.history import gap_history, indicator_months
from api.usecases.counts.shown import Reader, ShownTable
from api.usecases.counts.told import gap_told
from api.usecases.problems import UserError
from models.database import reading
from models.days import months_later
from models.snapshots import Snapshot
from models.store.snapshots import latest_snapshot

CHAPTERS: dict[str, tuple[str, ...]] = {
    "gap": (
        *("gap", "gap_profiles", "gap_levels", "gap_bottleneck", "gap_causes"),
        *("gap_remedy_support", "gap_remedy_emergency"),
    ),
    "history": (
        *("gap_history_support", "gap_longer_support"),
        *("gap_history_emergency", "gap_longer_emergency"),
    ),
    "homelessness": ("homelessness", "indicators", "homelessness_units"),
    "equity": ("equity", "equity_shares", "equity_units"),
    "manager": (
        *("hotel_children", "staying_on", "followed", "followed_units", "accepted_nowhere", "decisions"),
    ),
    "stock": ("short_groups", "one_more_place", "occupancy_forms"),
    "data": ("missing",),
    "houses": ("declines", "occupancy_houses"),
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """Some tables under a heading; sentences stand first."""

    chapter_id: str
    title: str
    sentences: list[str]
    tables: list[ShownTable]


@dataclass(frozen=True, slots=True)
class Report:
    """A report in one language: its month, the day its figures are from, and its chapters."""

    language: Language
    month: date
    day: date
    title: str
    subtitle: str
    notes: list[str]
    chapters: list[Chapter]
    snapshot: Snapshot


def month_of(written: str) -> date:
    """The first day of a month written as 2026-01.

    Raises
    ------
    UserError
        When it is not written so.
    """
    try:
        return date.fromisoformat(f"{written}-01")
    except ValueError:
        raise UserError("bad_month", value=written) from None


def monthly_report(engine: Engine, month: date, language: Language) -> Report:
    """The report of a month, from its last day with figures.

    Raises
    ------
    UserError
        When no figures were taken in the month.
    """
    last = date.fromordinal(months_later(month, 1).toordinal() - 1)
    with reading(engine) as connection:
        snapshot = latest_snapshot(connection, last)
    if snapshot is None or snapshot.day < month:
        raise UserError("no_figures_then", month=month.isoformat()[:7])
    reader = Reader(language)
    texts = reader.texts
    chapters = []
    for chapter, names in CHAPTERS.items():
        tables = [table for table in reader.tables(snapshot, names) if table.rows]
        sentences = gap_told(reader, snapshot) if chapter == "gap" else []
        if chapter == "history":
            tables = [*(t for t in gap_history(engine, reader, snapshot) if len(t.rows) > 1), *tables]
        if chapter == "homelessness":
            months = indicator_months(engine, reader, snapshot)
            tables += [months] if len(months.rows) > 1 else []
        if tables:
            chapters.append(Chapter(chapter, texts(f"report.chapter.{chapter}"), sentences, tables))
    return Report(
        language=language,
        month=month,
        day=snapshot.day,
        title=texts("report.title"),
        subtitle=texts("report.subtitle", month=reader.month(month), day=reader.day(snapshot.day)),
        notes=[texts(f"counts.{name}") for name in ("small_note", "day_note")],
        chapters=chapters,
        snapshot=snapshot,
    )
