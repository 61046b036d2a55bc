"""`match` with limits: what is kept, what is told, and what is said of limits that cannot be."""

import pytest

from models.database import open_database
from models.store import load_run

from .conftest import DAY, Command


def test_answer_tells_its_limits_and_keeps_them(small_city: Command) -> None:
    free = small_city("match", *DAY, "--json", "-").data
    assert "limits" not in free["run"]
    costs = sum(entry["monthly_cost_sek"] for entry in free["proposals"])
    told = (
        "--budget",
        str(costs * 3 // 4),
        *("--women-share", "2/5"),
        *("--most", str(len(free["proposals"]) - 2)),
    )
    answer = small_city("match", *DAY, *told, "--json", "-").data
    limits = answer["run"]["limits"]
    assert {name: limits[name] for name in ("budget", "women_share", "most")} == {
        "budget": costs * 3 // 4,
        "women_share": "2/5",
        "most": len(free["proposals"]) - 2,
    }
    assert limits["engine_reason"].endswith(".")
    assert sum(entry["monthly_cost_sek"] for entry in answer["proposals"]) <= costs * 3 // 4
    assert len(answer["proposals"]) <= len(free["proposals"]) - 2
    assert answer["run"]["status"] == "optimal"


def test_pins_blocks_reserves_and_likeness(small_city: Command, database: object) -> None:
    first = small_city("match", *DAY, "--json", "-").data
    household, pool = first["proposals"][0]["household"], first["proposals"][0]["pool"]
    barred = small_city("match", *DAY, "--block", f"{household}={pool}", "--json", "-").data
    assert (household, pool) not in {(p["household"], p["pool"]) for p in barred["proposals"]}
    pinned = small_city(
        *("match", *DAY, "--pin", f"{household}={pool}", "--like", str(first["run"]["id"]), "--json", "-")
    ).data
    assert pinned["run"]["limits"]["like"] == {
        "proposals": len(first["proposals"]),
        "kept": len(first["proposals"]),
        "bound": len(first["proposals"]),
    }
    assert pinned["proposals"] == first["proposals"]
    stored = load_run(open_database(f"sqlite:///{database}"), pinned["run"]["id"])
    assert stored is not None
    assert stored[0].options["limits"]["pins"] == [{"household": household, "pool": pool}]
    assert stored[0].options["engine_reason"]


def test_run_with_limits_is_replayed(small_city: Command) -> None:
    one = small_city("match", *DAY, "--json", "-").data
    pair = f"{one['proposals'][0]['household']}={one['proposals'][0]['pool']}"
    two = small_city("match", *DAY, "--block", pair, "--like", str(one["run"]["id"]), "--json", "-").data
    assert small_city("replay", str(two["run"]["id"])).status == 0


def test_limits_that_cannot_all_hold_are_named(small_city: Command) -> None:
    first = small_city("match", *DAY, "--json", "-").data
    household, pool = first["proposals"][0]["household"], first["proposals"][0]["pool"]
    pair = f"{household}={pool}"
    said = small_city("match", *DAY, "--pin", pair, "--block", pair, "--budget", "9999999")
    assert (said.status, said.out) == (2, "")
    assert f"{household} ska få {pool}" in said.err
    assert f"{household} ska inte få {pool}" in said.err
    assert "budget" not in said.err
    alone = small_city("match", *DAY, "--lang", "en", "--pin", f"{household}={pool}", "--most", "0")
    assert alone.status == 2
    assert "--most" in alone.err
    assert "Traceback" not in alone.err


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--budget", "mycket", "inget antal"),
        ("--budget", "-1", "inget antal"),
        ("--most", "1.5", "inget antal"),
        ("--women-share", "6/5", "ingen andel"),
        ("--women-share", "1/0", "ingen andel"),
        ("--women-share", "", "ingen andel"),
        ("--pin", "H00001", "namn=värde"),
        ("--reserve", "P001=", "namn=värde"),
        ("--reserve", "P001=x", "inget antal"),
        ("--pin", "H99999=P001", "H99999"),
        ("--block", "H00001=P99999", "P99999"),
        ("--reserve", "P99999=1", "P99999"),
        ("--group-limit", "Slottet=1", "Slottet"),
        ("--budget-unit", "Kista=1", "Kista"),
        ("--women-share-unit", "Kista=1/2", "Kista"),
        ("--like", "99", "99"),
        ("--like", "x", "x"),
    ],
)
def test_the_users_mistake(small_city: Command, option: str, value: str, words: str) -> None:
    said = small_city("match", *DAY, f"{option}={value}")
    assert (said.status, said.out) == (2, "")
    assert words in said.err


def test_one_subject_with_two_numbers(small_city: Command) -> None:
    said = small_city("match", *DAY, "--reserve", "P001=1", "--reserve", "P001=2")
    assert said.status == 2
    assert "P001" in said.err


@pytest.mark.parametrize("share", ["2/5", "40%", "40 %", "0.4", "0,4"])
def test_ways_to_write_a_share(small_city: Command, share: str) -> None:
    told = small_city("match", *DAY, "--women-share", share, "--json", "-").data
    assert told["run"]["limits"]["women_share"] == "2/5"
