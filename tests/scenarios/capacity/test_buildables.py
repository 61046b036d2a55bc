"""What could be built: the product's own list, and every fault of a file at once."""

from pathlib import Path

import pytest

from scenarios.capacity.buildables import Buildable, check_in_city, load_buildables, read_buildables
from scenarios.demo_city import build_demo_city
from scenarios.whatif.faults import ScenarioProblem

ONE = """
[[pool]]
pool_id = "N1"
name = "Nya huset"
form = "stodboende"
district = "Farsta"
cost_sek_per_year = 360_000
fewest = 4
most = 11
block = 3
source = "assumed"
"""


def faults_of(written: str) -> list[tuple[int, str, str]]:
    with pytest.raises(ScenarioProblem) as caught:
        read_buildables(written, "mine.toml")
    assert all(fault.file == "mine.toml" for fault in caught.value.faults)
    for fault in caught.value.faults:
        for language in ("sv", "en"):
            assert fault.message(language)
            assert fault.remedy(language)
    return [(fault.change, fault.key, fault.kind) for fault in caught.value.faults]


def test_one_pool() -> None:
    (one,) = read_buildables(ONE, "mine.toml")
    assert one.choices == (0, 4, 7, 10)
    assert (one.pool.capacity, one.pool.monthly_cost_sek, one.lead_weeks) == (11, 30_000, 0)
    assert one.with_places(7).capacity == 7


def test_a_block_is_the_fewest_when_nothing_is_said() -> None:
    (one,) = read_buildables(ONE.replace("fewest = 4\n", ""), "mine.toml")
    assert one.choices == (0, 3, 6, 9)


def test_the_products_own_list_is_sound_and_cited() -> None:
    ours = load_buildables()
    assert len({b.pool.pool_id for b in ours}) == len(ours) > 10
    assert all(b.source for b in ours)
    check_in_city(ours, build_demo_city(), "buildables.toml")
    houses = [b for b in ours if b.pool.form == "stodboende"]
    assert all(300_000 <= b.cost_sek_per_year <= 420_000 for b in houses)
    assert {b.pool.drug_policy for b in houses if b.pool.admits == "women"} == {"tolerant", "drug_free"}


def test_every_fault_comes_at_once() -> None:
    written = f"""
title = "mine"
{ONE}
[[pool]]
pool_id = "N1"
form = "slott"
district = "Farsta"
capacity = 9
cost_sek_per_year = -5
most = 2
fewest = 3
block = 0
lead_weeks = "soon"
"""
    assert sorted(faults_of(written)) == sorted(
        [
            (0, "title", "unknown key"),
            (2, "capacity", "unknown key"),
            (2, "name", "missing key"),
            (2, "source", "missing key"),
            (2, "form", "unknown code"),
            (2, "cost_sek_per_year", "below zero"),
            (2, "block", "not above zero"),
            (2, "lead_weeks", "not a whole number"),
            (2, "pool_id", "pool exists"),
        ]
    )


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("[[pool", (0, "", "not TOML")),
        ("", (0, "pool", "nothing to build")),
        ("pool = 3", (0, "pool", "nothing to build")),
        (ONE.replace("fewest = 4", "fewest = 12"), (1, "fewest", "fewest above most")),
        (ONE.replace("most = 11", "most = 999_999_999"), (1, "most", "too large")),
        (ONE.replace("most = 11", "most = true"), (1, "most", "not a whole number")),
        (ONE.replace('"N1"', '"19850101-1236"'), (1, "pool_id", "personal identity number")),
    ],
)
def test_single_faults(written: str, fault: tuple[int, str, str]) -> None:
    assert fault in faults_of(written)


def test_a_pool_that_stands_already_is_refused() -> None:
    city = build_demo_city()
    standing = city.pools[0].pool_id
    (one,) = read_buildables(ONE.replace("N1", standing), "mine.toml")
    assert isinstance(one, Buildable)
    with pytest.raises(ScenarioProblem) as caught:
        check_in_city((one,), city, "mine.toml")
    assert [fault.value for fault in caught.value.faults] == [standing]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ScenarioProblem) as caught:
        load_buildables(tmp_path / "none.toml")
    assert caught.value.faults[0].kind == "no such file"
    file = tmp_path / "mine.toml"
    file.write_text(ONE, encoding="utf-8")
    assert load_buildables(file) == read_buildables(ONE, "mine.toml")
