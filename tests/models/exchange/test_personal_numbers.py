"""Personal identity numbers are refused wherever they stand, and never shown."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from models.exchange import import_folder
from models.exchange.faults import MASK, holds_personal_number, masked
from tests.models.exchange.folders import AS_OF, add, look, put, table

day = st.one_of(st.integers(1, 31), st.integers(61, 91))
numbers = st.builds(
    "{}{:02}{:02}{:02}{}{:04}".format,
    st.sampled_from(["", "19", "20", "18"]),
    st.integers(0, 99),
    st.integers(1, 12),
    day,
    st.sampled_from(["-", "+", ""]),
    st.integers(0, 9999),
)
around = st.text(alphabet=string.ascii_letters + " åäö.,;:|()/-+_\n", max_size=12)


@given(number=numbers, before=around, after=around)
def test_a_number_is_found_in_any_text_and_masked(number: str, before: str, after: str) -> None:
    text = f"{before}{number}{after}"
    assert holds_personal_number(text)
    assert number not in masked(text)
    assert MASK in masked(f"{before}{number}")


@given(number=numbers, digit=st.sampled_from(string.digits), behind=st.booleans())
def test_a_longer_run_of_digits_is_some_other_number(number: str, digit: str, behind: bool) -> None:
    text = f"{number}{digit}" if behind else f"{digit}{number}"
    shorter = text.replace("-", "").replace("+", "")
    if len(shorter) == len(text) and len(text) not in (10, 12):
        assert not holds_personal_number(text)


@given(
    year=st.integers(0, 99),
    month=st.integers(13, 99),
    of_month=st.integers(0, 99),
    last=st.integers(0, 9999),
)
def test_no_month_no_number(year: int, month: int, of_month: int, last: int) -> None:
    assert not holds_personal_number(f"{year:02}{month:02}{of_month:02}-{last:04}")


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31",
        "2026-01-31 2026-02-28",
        "H00012",
        "08-508 25 000",
        "850332-1234",
        "850392-1234",
        "850360-1234",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not holds_personal_number(text)


@pytest.mark.parametrize("text", ["19850312–1234", "１９８５０３１２-1234", "8503721234", "x850312+1234y"])
def test_other_ways_of_writing_are_found(text: str) -> None:
    assert holds_personal_number(text)


columns = [
    ("households", "household_id"),
    ("households", "homeless_since"),
    ("households", "preferred_forms"),
    ("households", "shis_months"),
    ("members", "member_id"),
    ("pools", "name"),
    ("declines", "reason"),
]


@pytest.mark.parametrize(("sheet", "column"), columns)
def test_it_is_refused_in_every_column(lite: Engine, city: Path, sheet: str, column: str) -> None:
    rows = table(city, sheet)
    rows[1][rows[0].index(column)] = "850312-1234"
    put(city, sheet, rows)
    assert (f"{sheet}.csv", 2, column, "personal identity number") in look(lite, city)


def test_it_is_refused_in_a_column_that_nobody_knows(lite: Engine, city: Path) -> None:
    rows = [[*row, ""] for row in table(city, "schools")]
    rows[0][-1], rows[3][-1] = "note", "ring 19850312-1234"
    put(city, "schools", rows)
    assert look(lite, city) == [
        ("schools.csv", 1, "note", "unknown column"),
        ("schools.csv", 4, "note", "personal identity number"),
    ]


def test_nothing_of_it_reaches_the_report(lite: Engine, city: Path) -> None:
    rows = table(city, "schools")
    rows[0][1] = "namn 19850312-1234"
    rows[2][2] = "x" * 55 + "19850312-1234"
    put(city, "schools", rows)
    add(city, "households", ["19850312-1234", "housed"])
    report = import_folder(lite, city, AS_OF)
    assert len(report.faults) >= 3
    assert "0312" not in str(report.as_json()) + str(report)
