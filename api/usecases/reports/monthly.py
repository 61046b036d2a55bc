"""Writing the monthly report: the two files of a month, in a folder or for whoever asked."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from api.texts import Language
from api.usecases.city_view import read_view
from api.usecases.counts.publication import take
from api.usecases.problems import UserError
from api.usecases.reports.content import monthly_report
from api.usecases.reports.excel import report_workbook
from api.usecases.reports.pdf import report_pdf
from models.days import months_later
from models.store.snapshots import latest_snapshot

MEDIA = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file of a report."""

    name: str
    media_type: str
    content: bytes


def look_up_month(connection: Connection, month: date, day: date) -> None:
    """Look whether the report of a month can be made on a day, before anybody waits for it.

    The month of the day itself can: its figures are taken when the report is made.

    Raises
    ------
    UserError
        When the month has not begun, or no figures were taken in it.
    """
    this = day.replace(day=1)
    if month > this:
        raise UserError("month_ahead", month=month.isoformat()[:7], last=this.isoformat()[:7])
    if month < this:
        last = date.fromordinal(months_later(month, 1).toordinal() - 1)
        snapshot = latest_snapshot(connection, last)
        if snapshot is None or snapshot.day < month:
            raise UserError("no_figures_then", month=month.isoformat()[:7])


def take_if_now(engine: Engine, month: date, day: date, now: datetime, by: str) -> None:
    """Take the day's figures for the report of a month that is not over."""
    if (day.year, day.month) == (month.year, month.month):
        take(engine, read_view(engine, day), day, now, by)


def report_files(engine: Engine, month: date, language: Language) -> list[ReportFile]:
    """The report of a month as a PDF and as a workbook.

    Raises
    ------
    UserError
        When no figures were taken in the month.
    """
    report = monthly_report(engine, month, language)
    name = f"hemvist-{month.isoformat()[:7]}-{language}"
    made = {"pdf": report_pdf(report), "xlsx": report_workbook(report)}
    return [ReportFile(f"{name}.{kind}", MEDIA[kind], content) for kind, content in made.items()]


def write_report(engine: Engine, month: date, language: Language, folder: Path) -> list[Path]:
    """Write the report of a month into a folder, which is made if it is not there.

    Raises
    ------
    UserError
        When no figures were taken in the month, or the folder cannot be written.
    """
    made = report_files(engine, month, language)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in made:
            (folder / one.name).write_bytes(one.content)
    except OSError as error:
        raise UserError("cannot_write", path=str(folder), why=error.strerror or "") from None
    return [folder / one.name for one in made]
