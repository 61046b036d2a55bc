"""Last year's stays on the planner's pages: what they cost, and the back-test of the rates."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import html_of
from ui.texts import Texts

SAID = Texts("sv")


ROWS = {
    "stay-costs": {
        "hotel_night_sek": 1150.0,
        "basis": {"days": "measured", "place_sek": "measured", "support_sek": "assumed"},
        "rows": [
            {
                **{"kind": "own", "form": None, "name": "Egna <platser>", "places": 12, "stays": 25.0},
                **{"days": 100.0, "days_low": 80.0, "days_high": 130.0, "night_sek": 700.0},
                **{"place_sek": 70000.0, "void_sek": 900.0, "support_sek": 4100.0, "restoration_sek": 0.0},
                **{"stay_sek": 75000.0, "procured_sek": 156500.0, "hotel_sek": 115000.0},
            },
            {
                **{"kind": "own", "form": "akutboende", "name": "Akutboende", "places": 4, "stays": None},
                **dict.fromkeys(("days", "days_low", "days_high", "night_sek", "place_sek", "void_sek")),
                **dict.fromkeys(("support_sek", "restoration_sek", "stay_sek", "procured_sek", "hotel_sek")),
            },
        ],
    },
    "stay-back-test": {
        **{"fitted_since": "2023-01-16", "fitted_until": "2025-01-15"},
        "rows": [
            {
                **{"form": None, "end": "all", "name": "Alla", "stays": 50.0, "seen": 10.0},
                "seen_shown": None,
                "assumed": {"mean": 21.0, "low": 14.0, "high": 29.0, "within": False},
                "fitted": {"mean": 12.0, "low": 6.0, "high": 19.0, "within": True},
            },
            {
                **{"form": "famvux", "end": "all", "name": "FamVux", "stays": 10.0, "seen": None},
                **{"seen_shown": "<5", "assumed": None, "fitted": None},
            },
        ],
    },
}
"""What the API tells of last year's stays where there are any; the small city has none."""


@pytest.mark.parametrize("complete", [True, False])
def test_last_years_stays_are_told_with_what_is_assumed(
    page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch, complete: bool
) -> None:
    year = {"since": "2025-01-16", "until": "2026-01-15", "complete": complete, "about": ["Att veta."]}
    monkeypatch.setattr("ui.planner.last_year.opened", lambda _, path: {**year, **ROWS[path[1:]]})
    costs, test = html_of(page("stay_costs")), html_of(page("back_test"))
    assert "Att veta." in costs
    assert "Egna &lt;platser&gt;" in costs
    for sek in (75000, 156500, 115000):
        assert SAID.number(sek) in costs
    assert f"{SAID('stays.support_sek')} ({SAID('basis_of.assumed')})" in costs
    assert f"{SAID('stays.place_sek')} ({SAID('basis_of.measured')})" in costs
    assert SAID("capacity.not_shown") in costs
    assert "&lt;5" in test
    outside = {"seen": "10", "mean": "21", "low": "14", "high": "29"}
    key = "stays.test_outside" if complete else "stays.test_outside_incomplete"
    assert SAID(key, **outside) in test
    assert SAID("stays.outside") in test
    assert SAID("stays.within") in test


def test_a_city_without_stays_says_so(page: Callable[..., AppTest]) -> None:
    for name in ("stay_costs", "back_test"):
        assert 'class="hv-empty">Staden har inga vistelser' in html_of(page(name))
