"""`worker`: does the jobs that people ask for."""

import sys

import typer

from api.cli.clock import now
from api.cli.options import Database
from api.cli.voice import voice_of

FAULTY = 2


def worker(ctx: typer.Context, db: Database = None) -> None:
    """Do jobs until told to stop."""
    voice = voice_of(ctx)
    from api.cli.pages.settings import say_faults
    from api.configuration import SettingsFaulty, read_settings
    from api.jobs.process import work

    try:
        settings = read_settings(db=db)
    except SettingsFaulty as faulty:
        say_faults(voice, faulty.faults)
        raise typer.Exit(FAULTY) from None
    page = voice.page()

    def ready() -> None:
        page.line(voice.texts("worker.ready"))
        sys.stdout.flush()

    work(settings, now, ready)
