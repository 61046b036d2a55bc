"""The sample cities: read whole, the Swedish one equal to the English, the faulty one's faults named."""

import json

import pytest
from sqlalchemy import Engine

from models.dataset import Dataset
from models.exchange import import_folder
from models.store import read_dataset
from tests.models.exchange.folders import AS_OF, cities, look


@pytest.mark.parametrize("name", ["small-city", "chain-city"])
def test_a_city_is_read_whole(database: Engine, name: str) -> None:
    report = import_folder(database, cities / name, AS_OF)
    assert report.faults == ()
    assert report.written
    city = read_dataset(database)
    for sheet, changes in report.changes.items():
        lines = (cities / name / f"{sheet}.csv").read_text(encoding="utf-8").splitlines()
        assert changes.inserted == len(getattr(city, sheet)) == len(lines) - 1


def test_the_swedish_export_is_the_same_city(database: Engine) -> None:
    import_folder(database, cities / "small-city", AS_OF)
    english = read_dataset(database)
    again = import_folder(database, cities / "small-city-sv", AS_OF)
    assert all((c.inserted, c.updated) == (0, 0) for c in again.changes.values())
    assert read_dataset(database) == english


def test_every_planted_fault_is_found_and_no_other(lite: Engine) -> None:
    planted = json.loads((cities / "small-city-faulty" / "faults.json").read_text(encoding="utf-8"))
    wanted = [(fault["file"], fault["row"], fault["column"], fault["kind"]) for fault in planted]
    assert sorted(look(lite, cities / "small-city-faulty")) == sorted(wanted)


def test_a_refused_city_leaves_nothing(database: Engine) -> None:
    report = import_folder(database, cities / "small-city-faulty", AS_OF)
    assert not report.written
    assert read_dataset(database) == Dataset()
