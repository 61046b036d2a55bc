"""Import inserts and updates, once; never deletes; dry runs write nothing."""

import time
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, text

from models.database import reading
from models.dataset import Dataset
from models.exchange import import_folder
from models.store import read_dataset, sources_of_household
from tests.models.exchange.folders import AS_OF, add, change, look, places, put, table


def sources(engine: Engine) -> list[object]:
    """Every fact's date and source."""
    with reading(engine) as connection:
        return list(connection.execute(text("SELECT * FROM fact_source ORDER BY household_id, fact")))


def test_a_second_import_changes_nothing(database: Engine, city: Path) -> None:
    import_folder(database, city, AS_OF)
    before, learnt = read_dataset(database), sources(database)
    report = import_folder(database, city, date(2026, 2, 1))
    assert all((c.inserted, c.updated) == (0, 0) for c in report.changes.values())
    assert read_dataset(database) == before
    assert sources(database) == learnt != []


def test_facts_take_the_day_and_the_file(lite: Engine, city: Path) -> None:
    import_folder(lite, city, AS_OF)
    change(city, "households", 2, pregnant="unknown", pet="yes")
    import_folder(lite, city, date(2026, 2, 1))
    learnt = sources_of_household(lite, "H00000")
    assert learnt["situation"] == (AS_OF, "households.csv")
    assert learnt["pet"] == learnt["pregnant"] == (date(2026, 2, 1), "households.csv")


def test_a_dry_run_counts_and_writes_nothing(database: Engine, city: Path) -> None:
    report = import_folder(database, city, AS_OF, dry_run=True)
    assert (report.written, report.changes["households"].inserted) == (False, 120)
    assert read_dataset(database) == Dataset()


def test_a_row_left_out_is_not_deleted(lite: Engine, city: Path) -> None:
    import_folder(lite, city, AS_OF)
    put(city, "declines", table(city, "declines")[:2])
    report = import_folder(lite, city, AS_OF)
    assert report.changes["declines"].unchanged == 1
    assert len(read_dataset(lite).declines) == 12


def test_a_column_left_out_keeps_what_is_stored_and_a_blank_does_not(lite: Engine, city: Path) -> None:
    import_folder(lite, city, AS_OF)
    header = ["household_id", "situation", "support_need", "pet"]
    put(city, "households", [header, ["H00000", "hospital", "daily", ""]])
    assert import_folder(lite, city, AS_OF).changes["households"].updated == 1
    household = read_dataset(lite).households[0]
    assert (household.situation, household.pet) == ("hospital", "unknown")
    assert household.responsible_unit == "Södermalm"


def test_one_file_alone_may_point_to_what_is_stored(lite: Engine, city: Path, tmp_path: Path) -> None:
    import_folder(lite, city, AS_OF)
    alone = tmp_path / "alone"
    alone.mkdir()
    add(alone, "stays", ["household_id", "pool_id", "started_on"], ["H00001", "P006", "2023-11-04"])
    assert import_folder(lite, alone, AS_OF).changes["stays"].inserted == 1
    add(alone, "stays", ["H00001", "P777", "2023-11-04"])
    assert look(lite, alone) == [("stays.csv", 3, "pool_id", "unknown id")]


def test_a_household_moves_from_one_full_pool_to_another(lite: Engine, city: Path) -> None:
    import_folder(lite, city, AS_OF)
    pools = {pool.pool_id: pool for pool in read_dataset(lite).pools}
    lives = {h.household_id: h.current_pool_id for h in read_dataset(lite).households}
    full = next(p for p in pools if sum(1 for at in lives.values() if at == p) == pools[p].capacity)
    comer = next(h for h, at in lives.items() if at is None)
    row = next(i for i, cells in enumerate(table(city, "households"), 1) if cells[0] == comer)
    change(city, "households", row, current_pool_id=full)
    (city / "pools.csv").unlink()
    assert look(lite, city) == [("households.csv", row, "current_pool_id", "more residents than places")]


def test_three_and_a_half_thousand_households_take_seconds(lite: Engine, city: Path) -> None:
    for sheet, ids in {
        "households": ("household_id", "current_pool_id"),
        "members": ("household_id", "member_id"),
        "pools": ("pool_id",),
    }.items():
        header, *rows = table(city, sheet)
        columns = [header.index(name) for name in ids]
        copies = [
            [f"{cell}-{n}" if i in columns and cell else cell for i, cell in enumerate(row)]
            for n in range(30)
            for row in rows
        ]
        put(city, sheet, [header, *copies])
    for sheet in ("conflicts", "declines"):
        (city / f"{sheet}.csv").unlink()
    start = time.perf_counter()
    report = import_folder(lite, city, AS_OF)
    assert time.perf_counter() - start < 8
    assert (places(report), report.changes["households"].inserted) == ([], 3600)
    start = time.perf_counter()
    assert len(read_dataset(lite).households) == 3600
    assert time.perf_counter() - start < 1
