"""The demo city's figures: known answers, the hole between two houses, and what an attacker gets of them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from api.usecases.city_view import CityView
from api.usecases.counts.book import Book
from api.usecases.counts.figures import SMALL, Figures
from api.usecases.counts.flows import INTO, OUT_OF
from api.usecases.counts.manager import Work, count_declines
from api.usecases.counts.publication import Hide, counted, published
from api.usecases.counts.shown import Reader, ShownTable
from api.usecases.counts.suppression import Protection, Published, protect
from api.usecases.counts.told import gap_told
from api.usecases.policies import policy_on
from models.codes import Fact, Situation
from models.dataset import Dataset
from models.kept_counts import Counted, KeptCount
from models.snapshots import Snapshot
from optimiser.compatibility import assess
from optimiser.instance_build import build_instance
from optimiser.priority import prioritise
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from tests.server.counts.attack import blind, left_open
from tests.server.counts.proof import faults
from tests.server.counts.test_suppression import WHOLE

RULED_OUT = re.compile(" is one of ")
"""A count that cannot be all of 1 to 4, because of what anyone knows: the places of a house."""


def nothing_hidden(figures: Figures, past: Sequence[Published]) -> Protection:
    """For tests of what is counted, not of what is shown."""
    return Protection({}, {})


def taken(city: Dataset, day: date, past: Sequence[Snapshot] = (), hide: Hide = protect) -> Snapshot:
    """The figures of a city on a day, given those before, the newest first."""
    assessment = assess(policy_on(day), build_instance(city, day))
    view = CityView(1, city, assessment, prioritise(assessment))
    made = counted(view, day, past, Work([], None), hide)
    made.made_at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if past:
        past[0].waiting = {}
    return made


@pytest.fixture(scope="module")
def demo() -> Snapshot:
    return taken(build_demo_city(), DEMO_AS_OF)


def cells(shown: ShownTable, row_id: str) -> dict[str, str]:
    row = next(row for row in shown.rows if row.row_id == row_id)
    return {column.column_id: cell.text for column, cell in zip(shown.columns, row.cells, strict=True)}


def test_people_in_homelessness_as_the_city_counts_them(demo: Snapshot) -> None:
    table = Reader("en").tables(demo, ["homelessness"])[0]
    found = {row.row_id: [cell.value for cell in row.cells][:3] for row in table.rows}
    assert found["homeless"] == [2439, 812, 1627]
    assert found["acute"] == [1188, 447, 741]
    assert found["long_term"] == [1741, 554, 1187]
    assert found["co_occurring"][0] == 579
    assert all(row.note for row in table.rows)


def test_the_seven_indicators_with_what_is_not_in_the_data(demo: Snapshot) -> None:
    table = Reader("sv").tables(demo, ["indicators"])[0]
    assert len(table.rows) == 7
    assert cells(table, "homeless")["now"] == "2\xa0439"
    assert cells(table, "families_insecure")["now"] == "364"
    for row_id in ("evictions", "children_evicted"):
        row = next(row for row in table.rows if row.row_id == row_id)
        assert cells(table, row_id)["now"] == "okänt"
        assert row.note is not None
        assert "Kronofogde" in row.note
    assert cells(table, "evictions")["base"] == "180"


def test_the_hole_between_hvilan_and_syrenen_is_told_first(demo: Snapshot) -> None:
    sentences = gap_told(Reader("sv"), demo)
    assert "243" in sentences[0]
    hole = next(sentence for sentence in sentences if sentence.startswith("Ett hål"))
    assert "Hvilan" in hole
    assert "Syrenen" in hole
    profiles = Reader("sv").tables(demo, ["gap_profiles"])[0]
    tolerant = cells(profiles, "support_needs_tolerant")
    assert (tolerant["waiting"], tolerant["placeable"], tolerant["places"]) == ("88", "0", "0")


def test_the_headline_is_told_and_what_it_is_made_of_does_not_give_small_counts(demo: Snapshot) -> None:
    gap = cells(Reader("sv").tables(demo, ["gap"])[0], "support")
    assert gap["structural_gap"] == "243"
    assert gap["vacant"] == "<5"
    assert "–" in gap["waiting"] or "–" in gap["gap"]


def test_every_small_count_is_hidden_in_every_table(demo: Snapshot) -> None:
    figures = published(demo).figures
    small = [key for key in figures.values if figures.is_small(key)]
    assert len(small) > 200
    assert not [key for key in small if key not in demo.pattern]


def test_no_table_names_a_household(demo: Snapshot) -> None:
    references = {household.household_id for household in build_demo_city().households}
    rows = {row["row_id"] for table in demo.tables for row in table["rows"]}
    assert not references & rows
    assert not references & {part for key in demo.figures["values"] for part in key.split(".")}


@pytest.mark.slow
def test_an_attacker_with_all_tables_of_the_demo_city_narrows_no_small_count(demo: Snapshot) -> None:
    one = published(demo)
    possible = left_open([one])
    told = {at for at, values in possible.items() if not values >= WHOLE}
    if told:
        unseen = left_open([blind(one)])
        assert {at: possible[at] for at in told} == {at: unseen[at] for at in told}


def changed(city: Dataset, luck: Random, share: float) -> Dataset:
    """The city a while later: some become housed, some wishes become known, some lose what they had."""
    households = []
    for one in city.households:
        chance = luck.random()
        if chance < share and one.current_pool_id is None:
            one = one.model_copy(
                update={"situation": luck.choice([Situation.HOUSED, Situation.ROUGH_SLEEPING])}
            )
        elif chance < 2 * share:
            one = one.model_copy(update={"wants_women_only": luck.choice(list(Fact))})
        households.append(one)
    return replace(city, households=tuple(households))


def shrunk(city: Dataset, n: int) -> Dataset:
    """A small part of a city: its first households and the pools of a few forms."""
    kept = {one.household_id for one in city.households[:n]}
    pools = {one.current_pool_id for one in city.households[:n]}
    return replace(
        city,
        households=city.households[:n],
        members=tuple(one for one in city.members if one.household_id in kept),
        pools=tuple(one for i, one in enumerate(city.pools) if one.pool_id in pools or i % 6 == 0),
        conflicts=tuple(o for o in city.conflicts if {o.household_id_a, o.household_id_b} <= kept),
        stays=tuple(one for one in city.stays if one.household_id in kept),
        declines=tuple(one for one in city.declines if one.household_id in kept),
        quotas=(),
    )


@pytest.mark.slow
def test_nor_do_the_tables_of_days_in_a_row() -> None:
    luck, city = Random(11), shrunk(build_demo_city(), 150)
    city = with_whole_rows(city)
    past: list[Snapshot] = []
    for n in range(3):
        past.insert(0, taken(city, DEMO_AS_OF + timedelta(days=n), past))
        city = changed(city, luck, 0.01)
    days = [published(one) for one in reversed(past)]
    for n in range(1, len(days) + 1):
        possible = left_open(days[:n])
        told = {at for at, values in possible.items() if not values >= WHOLE}
        if told:
            unseen = left_open([*days[: n - 1], blind(days[n - 1])])
            assert {at: possible[at] for at in told} == {at: unseen[at] for at in told}


@pytest.mark.slow
def test_after_weeks_of_change_great_headlines_are_still_told() -> None:
    """As they are, or between two numbers a tenth apart; hidden ones stay proven so every day."""
    luck, city = Random(7), build_demo_city()
    past: list[Snapshot] = []
    days: list[Published] = []
    great = dashes = 0
    for n in range(7):
        past.insert(0, taken(city, DEMO_AS_OF + timedelta(days=n), past))
        days.append(published(past[0]))
        assert not [fault for fault in faults(days) if not RULED_OUT.search(fault)]
        figures = days[-1].figures
        for key in figures.headline:
            if figures.values[key] >= 100:
                great += 1
                dashes += Reader("sv").count(past[0], key).text == "–"
        city = changed(city, luck, 0.002)
    assert great > 7 * 20
    assert dashes <= great // 100


def with_whole_rows(city: Dataset) -> Dataset:
    """Without stays and declines in pools that are not there, and with nobody in one."""
    pools = {one.pool_id for one in city.pools}
    return replace(
        city,
        stays=tuple(one for one in city.stays if one.pool_id in pools),
        declines=tuple(one for one in city.declines if one.pool_id in pools),
    )


def test_why_the_gap_moved_adds_up_month_by_month() -> None:
    luck, city = Random(5), with_whole_rows(shrunk(build_demo_city(), 700))
    past: list[Snapshot] = []
    for day in (date(2026, 1, 31), date(2026, 2, 14), date(2026, 2, 28), date(2026, 3, 1)):
        past.insert(0, taken(city, day, past[:1], nothing_hidden))
        city = changed(city, luck, 0.05)
    values, earlier = past[0].figures["values"], past[3].figures["values"]
    at = "flow.support.2026-02"
    assert values["flow.support.2026-01.waiting"] == earlier["gap.support.waiting"]
    assert values[f"{at}.waiting"] == past[1].figures["values"]["gap.support.waiting"]
    came_in = sum(values[f"{at}.{word}"] for word in INTO)
    went_out = sum(values[f"{at}.{word}"] for word in OUT_OF)
    assert came_in + went_out > 0
    assert values["flow.support.2026-01.waiting"] + came_in - went_out == values[f"{at}.waiting"]
    fewer = values[f"{at}.fewer_fit"] - values[f"{at}.more_fit"]
    change = values[f"{at}.gap"] - values["flow.support.2026-01.gap"]
    assert change == came_in - went_out + fewer
    rows = next(table for table in past[0].tables if table["name"] == "gap_history_support")["rows"]
    assert [row["row_id"] for row in rows] == ["2026-02", "2026-01"]


def test_flows_are_told_for_whole_months_only() -> None:
    city = with_whole_rows(shrunk(build_demo_city(), 100))
    first = taken(city, date(2026, 2, 10), hide=nothing_hidden)
    second = taken(city, date(2026, 2, 20), [first], nothing_hidden)
    third = taken(city, date(2026, 3, 2), [second], nothing_hidden)
    assert "flow.support.2026-02.waiting" in third.figures["values"]
    # Nobody counted at the end of January, so February's flows are not known.
    assert "flow.support.2026-02.came" not in third.figures["values"]


def test_refusals_of_erased_cases_count_on() -> None:
    city = with_whole_rows(shrunk(build_demo_city(), 100))
    house = city.pools[0]
    kept = [
        KeptCount(kind=Counted.DECLINE, month=month, pool_id=house.pool_id, word=word, number=6)
        for month, word in (("2025-02", "provider risk"), ("2026-01", "household"), ("2025-01", "provider"))
    ]
    kept.append(KeptCount(kind=Counted.STAY, month="2026-01", pool_id=house.pool_id, number=6))
    counts = [declined(city, kept, house.facility_id or house.pool_id) for kept in ([], kept)]
    before, after = counts
    assert {word: after[word] - before[word] for word in after} == {
        "provider": 6,
        "household": 6,
        "declines": 12,
    }


def declined(city: Dataset, kept: Sequence[KeptCount], house: str) -> dict[str, int]:
    book = Book(date(2026, 1, 15))
    count_declines(book, city.declines, city.pools, kept)
    words = ("provider", "household", "declines")
    return {word: book.figures.values.get(f"declines.{house}.{word}", 0) for word in words}


def test_small_is_one_to_four() -> None:
    assert set(SMALL) == {1, 2, 3, 4}
