"""Quarantine: what is at fault is set aside with all that hangs on it, the rest is imported whole."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from models.dataset import Dataset
from models.exchange import ImportReport, import_folder, write_folder
from models.store import read_dataset, read_quarantine
from tests.models.exchange.folders import AS_OF, add, change, cities, put, table


def quarantined(engine: Engine, folder: Path, day: date = AS_OF) -> ImportReport:
    report = import_folder(engine, folder, day, quarantine=True)
    assert report.faults == ()
    return report


def test_the_faulty_city_without_its_faults(database: Engine, tmp_path: Path) -> None:
    report = quarantined(database, cities / "small-city-faulty")
    city = read_dataset(database)
    households = {h.household_id for h in city.households}
    faulty = {"H00002", "H00003", "H00005", "H00008", "H00009", "H00012", "H00013", "H00020", "H00022"}
    assert not faulty & households
    assert {"H00000", "H00004", "H00007"} <= households
    assert not {"P002", "P004", "P006", "P008", "P010"} & {p.pool_id for p in city.pools}
    assert ("household", "H00003") in report.set_aside
    assert report.set_aside["pool", "P010"][0].kind == "more residents than places"
    write_folder(city, tmp_path / "out")
    again = import_folder(database, tmp_path / "out", AS_OF)
    assert again.faults == ()


def test_what_is_left_stands_by_itself(lite: Engine) -> None:
    quarantined(lite, cities / "small-city-faulty")
    city = read_dataset(lite)
    households, pools = {h.household_id for h in city.households}, {p.pool_id for p in city.pools}
    assert {h.current_pool_id for h in city.households} <= pools | {None}
    assert {m.household_id for m in city.members} == households
    assert {d.household_id for d in city.declines} <= households
    assert {d.pool_id for d in city.declines} <= pools


def test_setting_aside_twice_changes_nothing(database: Engine) -> None:
    quarantined(database, cities / "small-city-faulty")
    before, listed = read_dataset(database), read_quarantine(database)
    report = quarantined(database, cities / "small-city-faulty", date(2026, 2, 1))
    assert all((c.inserted, c.updated) == (0, 0) for c in report.changes.values())
    assert read_dataset(database) == before
    assert [row.model_dump() for row in read_quarantine(database)] == [row.model_dump() for row in listed]
    assert {row.dated for row in listed} == {AS_OF}


def test_the_mended_city_empties_the_quarantine(database: Engine) -> None:
    quarantined(database, cities / "small-city-faulty")
    report = import_folder(database, cities / "small-city", AS_OF)
    assert ("household", "H00003") in report.mended
    assert read_quarantine(database) == ()
    assert len(read_dataset(database).households) == 120


def test_what_is_not_in_a_folder_stays_listed(lite: Engine, city: Path) -> None:
    change(city, "households", 5, situation="sovande")
    quarantined(lite, city)
    put(city, "households", table(city, "households")[:3])
    put(city, "members", table(city, "members")[:5])
    import_folder(lite, city, AS_OF)
    assert {row.entity_id for row in read_quarantine(lite)} >= {"H00003"}


def test_the_row_is_kept_as_it_stood_but_never_a_personal_number(lite: Engine, city: Path) -> None:
    change(city, "households", 5, situation="sovande", responsible_unit="fråga 19850312-1234")
    quarantined(lite, city)
    rows = [row for row in read_quarantine(lite) if row.file == "households.csv"]
    assert {row.kind for row in rows} == {"unknown code", "personal identity number"}
    assert rows[0].row_values["situation"] == "sovande"
    assert rows[0].row_values["responsible_unit"] == "fråga ********-****"
    assert "1234" not in str([row.model_dump() for row in rows])


def test_residents_of_a_pool_set_aside_go_with_it(lite: Engine, city: Path) -> None:
    change(city, "pools", 8, capacity="-1")
    report = quarantined(lite, city)
    aside = {key for kind, key in report.set_aside if kind == "household"}
    lived = {row[0] for row in table(city, "households") if "P006" in row}
    assert aside == lived != set()
    assert all(report.set_aside["household", h][0].details == {} for h in aside)
    assert "P006" in report.set_aside["household", min(aside)][0].message("sv")


def test_both_households_of_a_faulty_conflict_are_set_aside(lite: Engine, city: Path) -> None:
    add(city, "conflicts", ["H00000", ""])
    report = quarantined(lite, city)
    assert set(report.set_aside) == {("conflict", "conflicts.csv row 4"), ("household", "H00000")}
    put(city, "conflicts", table(city, "conflicts")[:3])
    assert set(import_folder(lite, city, AS_OF).mended) == set(report.set_aside)


def test_a_faulty_school_takes_its_pupils_and_travel_times_along(lite: Engine, city: Path) -> None:
    pupil = next(row for row in table(city, "members")[1:] if row[4])
    row = next(i for i, cells in enumerate(table(city, "schools"), 1) if cells[0] == pupil[4])
    change(city, "schools", row, district="")
    report = quarantined(lite, city)
    assert ("household", pupil[0]) in report.set_aside
    assert ("school", pupil[4]) in report.set_aside
    assert not [t for t in read_dataset(lite).travel_times if t.school_id == pupil[4]]


def test_a_faulty_travel_time_or_quota_goes_alone(lite: Engine, city: Path) -> None:
    change(city, "travel_times", 2, minutes="far")
    change(city, "quotas", 2, places="")
    report = quarantined(lite, city)
    assert set(report.set_aside) == {("travel_time", "Bromma S000"), ("quota", "2026 forsokslagenhet")}
    assert len(read_dataset(lite).households) == 120


def test_a_stored_household_that_stays_put_still_counts(lite: Engine, city: Path) -> None:
    """The mover is set aside, so it goes on living where another was to move in."""
    import_folder(lite, city, AS_OF)
    before = read_dataset(lite)
    lives = {h.household_id: h.current_pool_id for h in before.households}
    size = {p.pool_id: p.capacity for p in before.pools}
    full = next(p for p in size if list(lives.values()).count(p) == size[p])
    leaver = next(h for h, at in lives.items() if at == full)
    comer = next(h for h, at in lives.items() if at is None)
    rows = {cells[0]: i for i, cells in enumerate(table(city, "households"), 1)}
    change(city, "households", rows[leaver], current_pool_id="", situation="sovande")
    change(city, "households", rows[comer], current_pool_id=full)
    (city / "pools.csv").unlink()
    report = quarantined(lite, city)
    assert {key for kind, key in report.set_aside if kind == "household"} >= {leaver, comer}
    assert read_dataset(lite) == before


def test_a_fault_of_a_whole_column_refuses_everything(lite: Engine, city: Path) -> None:
    rows = table(city, "pools")
    rows[0][0] = "pool_idd"
    put(city, "pools", rows)
    report = import_folder(lite, city, AS_OF, quarantine=True)
    assert report.faults
    assert read_dataset(lite) == Dataset()


def test_a_dry_run_sets_nothing_aside(lite: Engine) -> None:
    report = import_folder(lite, cities / "small-city-faulty", AS_OF, dry_run=True, quarantine=True)
    assert report.set_aside
    assert read_quarantine(lite) == ()
