"""A reform says what stacked scenarios mean in each week: rates, quotas, budget, matching."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.forms import forms
from models.stock import Quota
from scenarios.segments import SEGMENTS
from scenarios.whatif.load import library
from scenarios.whatif.reform import Reform
from scenarios.whatif.scenario import BASELINE

from .examples import SOUND, written
from .made import compiled, demo_city, made, same, small_city

ENTRIES = [written(kind, entry) for kind, entries in SOUND.items() for entry in entries]
IN_THE_CITY = [
    entry.replace("['A', 'B']", "['P-HVILAN', 'P-EKEN']").replace("['A']", "'P-EKEN'") for entry in ENTRIES
]


def test_nothing_changed_is_the_baseline() -> None:
    reform = compiled(weeks=9)
    assert reform.names == ("baseline",)
    assert (reform.weeks, reform.matching, reform.budget) == (9, ("optimum",) * 9, (None,) * 9)
    assert reform.arrivals.shape == (9, len(SEGMENTS))
    assert (reform.arrivals == 1).all()
    assert (reform.refusals == np.ones(9)).all()
    assert reform.stays == {}
    assert [len(epochs) for epochs in (reform.stock, reform.quotas, reform.policy)] == [1, 1, 1]
    assert same(reform, compiled(BASELINE, weeks=9))
    assert same(reform, compiled(made(), weeks=9))
    assert compiled(made(), weeks=9).names == ("made",)


def test_a_horizon_has_a_week() -> None:
    with pytest.raises(ValueError, match="one week or more"):
        compiled(weeks=0)


@pytest.mark.parametrize("entry", IN_THE_CITY)
def test_every_kind_makes_a_difference(entry: str) -> None:
    base = compiled(weeks=60)
    assert not same(compiled(made(entry), weeks=60), base) or "way = 'optimum'" in entry


@pytest.mark.parametrize("entry", [entry for entry in IN_THE_CITY if "from_week" not in entry])
@pytest.mark.parametrize("first", [30, 31, 400])
def test_what_begins_after_the_horizon_changes_nothing(entry: str, first: int) -> None:
    assert same(compiled(made(f"{entry}\nfrom_week = {first}"), weeks=30), compiled(weeks=30))


@given(st.sampled_from(sorted(library())), st.integers(1, 200))
def test_the_library_put_off_beyond_the_horizon_is_the_baseline(name: str, weeks: int) -> None:
    scenario = library()[name]
    later = replace(
        scenario, changes=tuple(replace(c, from_week=c.from_week + weeks) for c in scenario.changes)
    )
    assert same(compiled(later, weeks=weeks), compiled(weeks=weeks))


@given(st.lists(st.sampled_from(sorted(library())), max_size=4, unique=True), st.integers(1, 120))
def test_a_week_is_the_same_however_long_the_horizon(names: list[str], weeks: int) -> None:
    scenarios = [library()[name] for name in names]
    short, long = compiled(*scenarios, weeks=weeks), compiled(*scenarios, weeks=130)
    assert short.matching == long.matching[:weeks]
    assert np.array_equal(short.arrivals, long.arrivals[:weeks])
    assert [e for e in long.quotas if e.from_week < weeks] == list(short.quotas)
    assert [e.state.digest for e in long.policy if e.from_week < weeks] == [
        e.state.digest for e in short.policy
    ]


def test_arrivals_multiply_where_they_overlap() -> None:
    stack = [
        made("kind = 'arrivals'\nsegments = 'all'\nfactor = 1.2"),
        made(
            "kind = 'arrivals'\nsegments = ['family', 'family']\nfactor = 0.5\nfrom_week = 2\nuntil_week = 4"
        ),
    ]
    arrivals = compiled(*stack, weeks=6).arrivals
    family = SEGMENTS.index("family")
    assert arrivals[:, family] == pytest.approx([1.2, 1.2, 0.6, 0.6, 1.2, 1.2])
    assert np.delete(arrivals, family, axis=1) == pytest.approx(np.full((6, len(SEGMENTS) - 1), 1.2))


def test_stays_by_form_and_by_outcome() -> None:
    stack = [
        made("kind = 'stays'\nform = ['stodboende', 'famvux']\nfactor = 2\nfrom_week = 1"),
        made("kind = 'stays'\nform = 'stodboende'\nfactor = 0.5"),
        made("kind = 'stays'\nform = 'stodboende'\nfactor = 3\noutcome = 'homeless'\nuntil_week = 2"),
    ]
    stays = compiled(*stack, weeks=3).stays
    assert list(stays) == ["famvux", "stodboende", "stodboende.homeless"]
    assert stays["famvux"] == pytest.approx([1, 2, 2])
    assert stays["stodboende"] == pytest.approx([0.5, 1, 1])
    assert stays["stodboende.homeless"] == pytest.approx([3, 3, 1])
    assert set(compiled(made("kind = 'stays'\nform = 'all'\nfactor = 2"), weeks=3).stays) == set(forms())


def test_refusals_budget_and_matching() -> None:
    reform = compiled(
        made("kind = 'refusals'\nfactor = 0.5", "kind = 'refusals'\nfactor = 0.5\nfrom_week = 2"),
        made(
            "kind = 'budget'\nsek_per_month = 9\nuntil_week = 3",
            "kind = 'budget'\nsek_per_month = 7\nfrom_week = 2",
        ),
        made("kind = 'matching'\nway = 'first_come'\nfrom_week = 1\nuntil_week = 3"),
        weeks=4,
    )
    assert reform.refusals == pytest.approx([0.5, 0.5, 0.25, 0.25])
    assert reform.budget == (9, 9, 7, 7)
    assert reform.matching == ("optimum", "first_come", "first_come", "optimum")
    assert reform.names == ("made", "made", "made")


def quotas(reform: Reform, week: int) -> dict[tuple[str, ...], int]:
    """Places by forms of the quotas of the whole city in a week."""
    state = next(epoch.state for epoch in reversed(reform.quotas) if epoch.from_week <= week)
    return {row.form: row.places for row in state if row.responsible_unit is None}


def test_quotas_change_for_their_weeks() -> None:
    both = ("forsokslagenhet", "traningslagenhet")
    reform = compiled(
        made(
            "kind = 'quota'\nform = ['traningslagenhet', 'forsokslagenhet']\nfactor = 0.5\nfrom_week = 4",
            "kind = 'quota'\nform = 'seniorlagenhet'\nby = -30\nfrom_week = 4\nuntil_week = 6",
            "kind = 'quota'\nform = 'genomgangsbostad'\nby = 100",
        )
    )
    assert [epoch.from_week for epoch in reform.quotas] == [0, 4, 6]
    assert quotas(reform, 0) == {both: 240, ("genomgangsbostad",): 200, ("seniorlagenhet",): 25}
    assert quotas(reform, 5) == {both: 120, ("genomgangsbostad",): 200, ("seniorlagenhet",): 0}
    assert quotas(reform, 6) == {both: 120, ("genomgangsbostad",): 200, ("seniorlagenhet",): 25}
    used = [row.used for epoch in reform.quotas for row in epoch.state]
    assert used == [row.used for row in compiled().quotas[0].state] * 3


def test_a_quota_of_a_unit_is_not_that_of_the_city() -> None:
    unit = "Enheten för hemlösa"
    entry = "kind = 'quota'\nform = ['forsokslagenhet', 'traningslagenhet']\nplaces = 1\n"
    reform = compiled(made(f"{entry}responsible_unit = '{unit}'"))
    assert quotas(reform, 0) == quotas(compiled(), 0)
    assert [row.places for row in reform.quotas[0].state if row.responsible_unit == unit] == [1]


def test_a_new_quota_is_made_where_there_is_none() -> None:
    rows = compiled(made("kind = 'quota'\nform = 'famvux'\nplaces = 4")).quotas[0].state
    assert [row for row in rows if row.form == ("famvux",)] == [
        Quota(year=2026, form=("famvux",), places=4, used=None, responsible_unit=None)
    ]
    nothing = compiled(made("kind = 'quota'\nform = 'famvux'\nby = 4"))
    assert nothing.quotas == compiled().quotas


@pytest.mark.parametrize(("year", "weeks"), [("this", [0, 51]), ("next", [51, 103]), (2028, [103])])
def test_a_year_is_counted_in_weeks_that_begin_in_it(year: str | int, weeks: list[int]) -> None:
    told = f"'{year}'" if isinstance(year, str) else year
    reform = compiled(made(f"kind = 'quota'\nform = 'famvux'\nplaces = 0\nyear = {told}"), weeks=130)
    assert [epoch.from_week for epoch in reform.quotas] == sorted({0, *weeks})
    assert (quotas(reform, weeks[0]).get(("famvux",))) == 0
    assert ("famvux",) not in quotas(reform, 0 if weeks[0] else 51)


def test_stacks_go_by_order_and_names() -> None:
    reform = compiled(library()["bostad_forst_50"], library()["arrivals_plus_20"], weeks=30)
    assert reform.names == ("bostad_forst_50", "arrivals_plus_20")
    assert (reform.arrivals == 1.2).all()
    assert [epoch.from_week for epoch in reform.stock] == [0, 13, 26]


def test_on_the_small_city() -> None:
    small = small_city()
    base = compiled(city=small)
    assert len(base.stock[0].state) == len(small.pools)
    grown = compiled(library()["bostad_forst_50"], library()["womens_vastberga"], city=small)
    assert len(grown.stock[0].state) == len(small.pools) + 1
    flats = [sum(p.capacity for p in epoch.state if p.form == "bostad_forst") for epoch in grown.stock]
    before = sum(p.capacity for p in small.pools if p.form == "bostad_forst")
    assert flats == [before, before + 25, before + 50]
    assert demo_city() is not small
