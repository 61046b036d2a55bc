"""Every kind of fault: where it is reported, and that a parent's fault is not told again at its children."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.exchange import Fault, import_folder
from models.exchange.faults import messages
from tests.models.exchange.folders import AS_OF, Place, add, change, look, put, table

Cell = tuple[str, int, dict[str, str], str, str]

told = (
    *(
        "allowed",
        "key",
        "first",
        "parent",
        "bounds",
        "as_of",
        "opens",
        "starts",
        "lowest",
        "residents",
        "pool",
    ),
    *("capacity", "form", "nearest", "cells", "headings", "length", "most", "other", "sheet", "household"),
)
"""What the texts of faults may speak of besides value, column and row."""

one_cell: list[Cell] = [
    ("households", 2, {"situation": "sovande"}, "situation", "unknown code"),
    ("households", 2, {"situation": ""}, "situation", "required"),
    ("households", 2, {"homeless_since": "2025-02-30"}, "homeless_since", "not a date"),
    ("households", 2, {"homeless_since": "20250201"}, "homeless_since", "not a date"),
    ("households", 2, {"pet": "kanske"}, "pet", "not yes, no or unknown"),
    ("households", 2, {"shis_months": "12,5"}, "shis_months", "not a whole number"),
    ("households", 2, {"shis_months": "1.200"}, "shis_months", "not a number"),
    ("households", 2, {"shis_months": "-4"}, "shis_months", "out of range"),
    ("households", 2, {"shis_months": "9" * 5000}, "shis_months", "out of range"),
    ("households", 2, {"preferred_forms": "akutboende|villa"}, "preferred_forms", "unknown code"),
    ("households", 2, {"current_pool_id": "P777"}, "current_pool_id", "unknown id"),
    ("households", 2, {"responsible_unit": "x" * 300}, "responsible_unit", "text too long"),
    ("households", 2, {"avoid_districts": "x" * 20_000}, "avoid_districts", "text too long"),
    ("households", 2, {"responsible_unit": "a\x07b"}, "responsible_unit", "unreadable character"),
    ("households", 3, {"household_id": "H00000"}, "household_id", "duplicate key"),
    ("members", 3, {"birth_date": "2026-01-16"}, "birth_date", "after the as-of date or in the future"),
    ("members", 3, {"birth_date": ""}, "birth_date", "required"),
    ("members", 3, {"school_id": "S777"}, "school_id", "unknown id"),
    ("members", 4, {"household_id": "H00001", "member_id": "H00001a"}, "member_id", "duplicate key"),
    ("pools", 2, {"capacity": "-1"}, "capacity", "out of range"),
    ("pools", 2, {"capacity": "10001"}, "capacity", "out of range"),
    ("pools", 2, {"form": "villa"}, "form", "unknown code"),
    ("pools", 2, {"mobility": "unknown"}, "mobility", "unknown code"),
    (
        "pools",
        2,
        {"opens_on": "2026-02-01", "closes_on": "2026-02-01"},
        "closes_on",
        "closes before it opens",
    ),
    ("pools", 2, {"max_age": "20"}, "max_age", "lowest age above highest"),
    ("pools", 2, {"drug_policy": "drug_free"}, "drug_policy", "drug_free on an own flat"),
    ("pools", 12, {"capacity": "0"}, "capacity", "more residents than places"),
    ("travel_times", 2, {"minutes": "12,5x"}, "minutes", "not a number"),
    ("travel_times", 3, {"school_id": "S000"}, "school_id", "duplicate key"),
    ("conflicts", 2, {"household_id_b": "H00038"}, "household_id_b", "conflict with itself"),
    (
        "conflicts",
        3,
        {"household_id_a": "H00081", "household_id_b": "H00038"},
        "household_id_b",
        "duplicate key",
    ),
    ("quotas", 2, {"year": "1999"}, "year", "out of range"),
    ("quotas", 2, {"form": "|"}, "form", "required"),
    ("quotas", 3, {"form": "forsokslagenhet"}, "form", "duplicate key"),
    ("declines", 2, {"by": "neighbour"}, "by", "unknown code"),
    ("declines", 2, {"pool_id": "P777"}, "pool_id", "unknown id"),
    ("declines", 2, {"household_id": "H77777"}, "household_id", "unknown id"),
]


@pytest.mark.parametrize(("sheet", "row", "values", "column", "kind"), one_cell)
def test_one_wrong_cell_is_one_fault(
    lite: Engine, city: Path, sheet: str, row: int, values: dict[str, str], column: str, kind: str
) -> None:
    change(city, sheet, row, **values)
    found = [place for place in look(lite, city) if place[3] not in ("no members", "no adult")]
    assert found == [(f"{sheet}.csv", row, column, kind)]


def test_a_stay_may_end_on_its_first_day_but_not_before(lite: Engine, city: Path) -> None:
    header = ["household_id", "pool_id", "started_on", "ended_on"]
    add(city, "stays", header, ["H00001", "P006", "2025-03-02", "2025-03-02"])
    assert look(lite, city) == []
    add(city, "stays", ["H00003", "P010", "2025-03-02", "2025-03-01"])
    assert look(lite, city) == [("stays.csv", 3, "ended_on", "ends before it starts")]


def test_a_household_needs_a_member(lite: Engine, city: Path) -> None:
    put(city, "members", [row for row in table(city, "members") if row[0] != "H00003"])
    assert look(lite, city) == [("households.csv", 5, "household_id", "no members")]


def test_a_household_needs_an_adult(lite: Engine, city: Path) -> None:
    change(city, "members", 2, birth_date="2008-01-15")
    assert look(lite, city) == []
    change(city, "members", 2, birth_date="2008-01-16")
    assert look(lite, city) == [("households.csv", 2, "household_id", "no adult")]


def test_an_adult_made_a_child_by_members_alone_is_told_there(lite: Engine, city: Path) -> None:
    import_folder(lite, city, AS_OF)
    for sheet in ("households", "pools", "conflicts", "declines"):
        (city / f"{sheet}.csv").unlink()
    change(city, "members", 2, birth_date="2010-01-01")
    assert look(lite, city) == [("members.csv", 2, "birth_date", "no adult")]


def test_a_faulty_pool_is_not_told_again_at_its_residents(lite: Engine, city: Path) -> None:
    change(city, "pools", 8, pool_id="")
    assert look(lite, city) == [("pools.csv", 8, "pool_id", "required")]


def test_a_faulty_household_is_not_told_again_at_its_members(lite: Engine, city: Path) -> None:
    change(city, "households", 5, household_id="")
    assert look(lite, city) == [("households.csv", 5, "household_id", "required")]
    change(city, "households", 5, household_id="19850312-1234")
    assert look(lite, city) == [("households.csv", 5, "household_id", "personal identity number")]


def test_an_id_that_is_nowhere_is_told_although_another_row_is_faulty(lite: Engine, city: Path) -> None:
    change(city, "households", 5, household_id="")
    change(city, "members", 100, household_id="H99999")
    found = look(lite, city)
    assert ("members.csv", 100, "household_id", "unknown id") in found
    assert len(found) == 2


def test_a_missing_key_column_is_one_fault(lite: Engine, city: Path) -> None:
    rows = table(city, "pools")
    rows[0][0] = "pool_idd"
    put(city, "pools", rows)
    found = look(lite, city)
    assert found == [
        ("pools.csv", 1, "pool_idd", "unknown column"),
        ("pools.csv", 1, "pool_id", "missing column"),
    ]


def test_an_unknown_column_names_the_nearest(lite: Engine, city: Path) -> None:
    rows = table(city, "pools")
    rows[0][rows[0].index("staffing")] = "stafing"
    put(city, "pools", rows)
    fault = import_folder(lite, city, AS_OF).faults[0]
    assert (fault.kind, fault.column) == ("unknown column", "stafing")
    assert "staffing" in fault.remedy("en")
    assert "staffing" in fault.remedy("sv")


def test_a_column_given_twice_in_two_languages(lite: Engine, city: Path) -> None:
    rows = [[*row, "x"] for row in table(city, "schools")]
    rows[0][-1] = "Område"
    put(city, "schools", rows)
    assert look(lite, city) == [("schools.csv", 1, "district", "column given twice")]


def test_ragged_rows_are_told_and_their_children_spared(lite: Engine, city: Path) -> None:
    households = table(city, "households")
    households[4] = households[4][:-3]
    put(city, "households", households)
    schools = table(city, "schools")
    schools[3] += ["", ""]
    schools[5] += ["more"]
    put(city, "schools", schools)
    assert look(lite, city) == [
        ("households.csv", 5, "", "row of another length"),
        ("schools.csv", 6, "", "row of another length"),
    ]


def test_all_faults_of_all_files_come_at_once_in_order(lite: Engine, city: Path) -> None:
    change(city, "quotas", 2, places="many")
    change(city, "households", 9, pet="?")
    change(city, "households", 4, pet="?")
    wanted: list[Place] = [
        ("households.csv", 4, "pet", "not yes, no or unknown"),
        ("households.csv", 9, "pet", "not yes, no or unknown"),
        ("quotas.csv", 2, "places", "not a number"),
    ]
    assert look(lite, city) == wanted


def test_a_fault_says_what_is_wrong_and_how_to_mend_it(lite: Engine, city: Path) -> None:
    change(city, "households", 2, situation="sovande")
    fault = import_folder(lite, city, AS_OF).faults[0]
    assert fault.as_json() == {
        "file": "households.csv",
        "row": 2,
        "column": "situation",
        "value": "sovande",
        "kind": "unknown code",
        "message_sv": "”sovande” är inget av svaren i situation.",
        "message_en": "'sovande' is none of the answers of situation.",
        "remedy_sv": fault.remedy("sv"),
        "remedy_en": fault.remedy("en"),
    }
    assert "rough_sleeping" in fault.remedy("en")


def test_every_kind_has_all_its_texts() -> None:
    details = dict.fromkeys(told, "…")
    for kind, texts in messages().items():
        assert texts.keys() == {"sv", "en", "remedy_sv", "remedy_en"}
        for language in ("sv", "en"):
            fault = Fault("pools.csv", 2, "form", kind, "villa", details)
            assert fault.message(language).endswith(".")
            assert fault.remedy(language)
