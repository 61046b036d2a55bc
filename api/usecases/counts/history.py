"""The gap and the indicators over time, from the snapshots kept and the latest simulation."""

from sqlalchemy import Engine

from api.usecases.counts.over_time import INDICATORS, SERIES, forecast, series
from api.usecases.counts.shown import Reader, ShownTable
from models.database import reading
from models.snapshots import Snapshot
from models.store import list_experiments, load_experiment
from models.store.snapshots import months_last, snapshots

MONTHS = 13
DAYS = 60


def gap_history(engine: Engine, reader: Reader, shown: Snapshot) -> list[ShownTable]:
    """The gap day by day as it was shown, and ahead if a simulation is stored."""
    with reading(engine) as connection:
        past = snapshots(connection, until=shown.day, most=DAYS)
    tables = [series(reader, "gap_series", past, SERIES)]
    ahead = gap_ahead(engine, reader)
    return [*tables, ahead] if ahead is not None else tables


def gap_ahead(engine: Engine, reader: Reader) -> ShownTable | None:
    """The gap ahead in the latest stored simulation; None where there is none."""
    for newest in list_experiments(engine, most=1):
        kept = None if newest.id is None else load_experiment(engine, newest.id)
        if kept is not None:
            return forecast(reader, *kept)
    return None


def indicator_months(engine: Engine, reader: Reader, shown: Snapshot) -> ShownTable:
    """The programme's indicators at the end of each month, and on the day."""
    with reading(engine) as connection:
        past = months_last(connection, shown.day, MONTHS)
    return series(reader, "indicator_months", past or [shown], INDICATORS)
