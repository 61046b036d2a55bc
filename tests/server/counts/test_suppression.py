"""Small counts stay hidden: whatever is added up, subtracted or compared from one day to the next."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.usecases.counts.figures import SMALL, Figures, Shown
from api.usecases.counts.suppression import Published, first_pattern, protect
from api.usecases.counts.worlds import REMEMBERED
from tests.server.counts.attack import blind, left_open
from tests.server.counts.proof import faults

WHOLE = set(SMALL)


def row(values: Sequence[int], name: str = "a") -> Figures:
    figures = Figures()
    parts = [figures.count(f"{name}.{i}", value) for i, value in enumerate(values)]
    figures.count(f"{name}.all", sum(values))
    figures.add_up(f"{name}.all", *parts)
    return figures


def square(grid: Sequence[Sequence[int]], *, apart: Sequence[bool] = ()) -> Figures:
    """A table with margins; with `apart` its columns are cut by a second table that shares its row sums."""
    figures = Figures()
    for i, line in enumerate(grid):
        for j, value in enumerate(line):
            figures.count(f"{i}.{j}", value)
        figures.count(f"{i}.all", sum(line))
        figures.add_up(f"{i}.all", *(f"{i}.{j}" for j in range(len(line))))
    for j, column in enumerate(zip(*grid, strict=True)):
        figures.count(f"all.{j}", sum(column))
        figures.add_up(f"all.{j}", *(f"{i}.{j}" for i in range(len(grid))))
    figures.count("all.all", sum(map(sum, grid)), headline=True)
    figures.add_up("all.all", *(f"{i}.all" for i in range(len(grid))))
    figures.add_up("all.all", *(f"all.{j}" for j in range(len(grid[0]))))
    if apart:
        for i, line in enumerate(grid):
            share = sum(v for v, is_in in zip(line, apart, strict=False) if is_in)
            figures.count(f"{i}.in", share)
            figures.within(f"{i}.all", f"{i}.in")
        figures.count("in.all", sum(figures.values[f"{i}.in"] for i in range(len(grid))))
        figures.add_up("in.all", *(f"{i}.in" for i in range(len(grid))))
    return figures


def published(figures: Figures, past: Sequence[Published] = ()) -> Published:
    found = protect(figures, past)
    return Published(figures, found.pattern, found.between, found.worlds)


def must_stay_hidden(days: Sequence[Published]) -> None:
    """Each publication leaves every small count, of its day and of days before, as free as it was without.

    Where that is not all of 1 to 4, because of what anyone knows or was told before, it may not even be
    certain that the count is small, if it can be helped.
    """
    for n in range(1, len(days) + 1):
        seen = left_open(days[:n])
        if all(possible >= WHOLE for possible in seen.values()):
            continue
        unseen = left_open([*days[: n - 1], blind(days[n - 1])])
        for (day, key), possible in seen.items():
            if not possible >= WHOLE:
                assert possible == unseen[day, key], (n, day, key, possible)


def test_a_small_count_takes_another_with_it() -> None:
    found = published(row([3, 17, 40]))
    assert found.pattern["a.0"] == Shown.SMALL
    assert [found.pattern[f"a.{i}"] for i in (1, 2)].count(Shown.WITHHELD) == 1
    assert found.pattern["a.all"] == Shown.EXACT
    must_stay_hidden([found])


def test_without_it_the_attacker_has_the_count() -> None:
    figures = row([3, 17, 40])
    naive = Published(figures, first_pattern(figures))
    assert left_open([naive])[0, "a.0"] == {3}


@pytest.mark.parametrize("values", [[2, 4], [1, 1], [1, 3], [4, 0], [1, 1, 1, 1], [0, 4, 1], [4, 4, 4]])
def test_parts_of_a_small_whole_stay_free(values: list[int]) -> None:
    must_stay_hidden([published(row(values))])


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert set(published(row([5, 0, 12])).pattern.values()) == {Shown.EXACT}


def test_what_remains_of_a_whole_is_not_given_away() -> None:
    figures = Figures()
    figures.count("all", 40, headline=True)
    figures.count("some", 38)
    figures.within("all", "some")
    found = published(figures)
    assert found.pattern["some"] == Shown.WITHHELD
    assert found.pattern["all"] == Shown.EXACT


def test_a_house_everyone_knows_the_size_of() -> None:
    figures = Figures()
    figures.public("places", 12)
    figures.count("lived in", 2)
    figures.count("empty", 10, people=False)
    figures.add_up("places", "lived in", "empty")
    found = published(figures)
    assert found.pattern == {"places": Shown.EXACT, "lived in": Shown.SMALL, "empty": Shown.WITHHELD}


def test_the_partner_of_yesterday_is_not_published_today() -> None:
    """Yesterday 3 is hidden behind 17; today 40 has become 2, and 17 is the same as it was."""
    first = published(row([3, 17, 40]))
    partner = next(i for i in (1, 2) if first.pattern[f"a.{i}"] == Shown.WITHHELD)
    today = [3, 17, 40]
    today[3 - partner] = 2
    alone = published(row(today))
    second = published(row(today), [first])
    must_stay_hidden([first, second])
    assert alone.pattern.keys() == second.pattern.keys()


def test_a_count_that_sinks_below_five_is_not_told_by_its_neighbours() -> None:
    first = published(row([6, 17, 40]))
    assert set(first.pattern.values()) == {Shown.EXACT}
    second = published(row([4, 17, 40]), [first])
    assert second.pattern["a.0"] == Shown.SMALL
    must_stay_hidden([first, second])


def test_a_headline_that_cannot_be_told_is_told_between_two_numbers() -> None:
    """The only other count of the day that could hide the small one is the headline itself."""
    figures = Figures()
    for key, value in (("some", 3), ("others", 240)):
        figures.count(key, value, headline=key == "others")
    figures.count("all", 243, headline=True)
    figures.add_up("all", "some", "others")
    found = published(figures)
    ranged = next(key for key, shown in found.pattern.items() if shown == Shown.WITHHELD)
    least, most = found.between[ranged]
    assert most is not None
    assert most - least <= figures.values[ranged] // 10
    assert least <= figures.values[ranged] <= most
    must_stay_hidden([found])


def many_days(luck: Random, grid: list[list[int]], n: int) -> Iterator[Figures]:
    """A table in which a little changes every day."""
    for _ in range(n):
        yield square(grid)
        for _ in range(3):
            line = luck.choice(grid)
            i = luck.randrange(len(line))
            line[i] = max(0, line[i] + luck.choice([-2, -1, -1, 1, 1, 2]))


def test_after_forty_days_headlines_are_told_and_small_counts_hidden() -> None:
    luck = Random(3)
    grid = [[luck.choice([0, 2, 3, 6, 40]) for _ in range(6)] for _ in range(12)]
    days: list[Published] = []
    for figures in many_days(luck, grid, REMEMBERED + 5):
        days.append(published(figures, days[-1:]))
        assert faults(days) == []
        least, most = days[-1].between.get("all.all", (0, 0))
        assert most is not None
        assert most - least <= figures.values["all.all"] // 10


def test_without_the_worlds_they_are_found_again_from_what_was_published() -> None:
    days: list[Published] = []
    for figures in many_days(Random(5), [[2, 17, 40], [6, 3, 9]], 4):
        days.append(published(figures, [replace(one, worlds=None) for one in days]))
        must_stay_hidden(days)


cells = st.one_of(st.integers(0, 6), st.integers(0, 30))


@st.composite
def cities(draw: st.DrawFn) -> tuple[list[list[int]], list[bool]]:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    grid = [[draw(cells) for _ in range(columns)] for _ in range(rows)]
    return grid, [draw(st.booleans()) for _ in range(columns)] if draw(st.booleans()) else []


@settings(max_examples=40)
@given(city=cities())
def test_no_table_and_no_table_beside_it_gives_a_small_count_away(
    city: tuple[list[list[int]], list[bool]],
) -> None:
    grid, apart = city
    must_stay_hidden([published(square(grid, apart=apart))])


@settings(max_examples=20)
@given(data=st.data(), city=cities())
def test_nor_do_the_tables_of_several_days(
    data: st.DataObject, city: tuple[list[list[int]], list[bool]]
) -> None:
    grid, apart = city
    days: list[Published] = []
    for _ in range(data.draw(st.integers(2, 4))):
        days.append(published(square(grid, apart=apart), days))
        i, j = data.draw(st.integers(0, len(grid) - 1)), data.draw(st.integers(0, len(grid[0]) - 1))
        grid = [list(line) for line in grid]
        grid[i][j] = max(0, grid[i][j] + data.draw(st.sampled_from([-1, -1, 1, 2, -3])))
    must_stay_hidden(days)
