"""Figures of a run as the planner reads them: decimals, signs, and intervals that keep their side of 0."""

import pytest

from ui.manager.count_tables import head_of
from ui.planner.measures import number, span
from ui.texts import Texts

SAID = Texts("sv")


@pytest.mark.parametrize(
    ("measure", "value", "told"),
    [
        ("wait_median_days.women", 83.04, "83,0"),
        ("wait_median_days.women", 107.6, "108"),
        ("waiting", 15.0, "15"),
        ("cost_sek", 765_000_000.0, "765,0"),
        ("waiting", -0.01, "0"),
        ("waiting", None, "–"),
    ],
)
def test_a_figure_has_the_decimals_of_its_measure(measure: str, value: float | None, told: str) -> None:
    assert number(SAID, measure, value) == told


def test_an_interval_that_holds_no_0_has_none_at_its_ends() -> None:
    found = {"mean": -2.2, "low": -4.3, "high": -0.03}
    assert span(SAID, "wait_median_days.women", found, sign=True) == "−4,30 till −0,03"
    around = {"mean": -2.2, "low": -4.3, "high": 0.03}
    assert span(SAID, "wait_median_days.women", around, sign=True) == "−4,3 till 0,0"


@pytest.mark.parametrize(
    ("name", "unit", "head"),
    [("Lediga platser", "platser", "Lediga platser"), ("Lediga", "platser", "Lediga, platser")],
)
def test_a_head_says_its_unit_once(name: str, unit: str, head: str) -> None:
    assert head_of({"unit": "hushåll"}, {"name": name, "unit": unit}) == head
