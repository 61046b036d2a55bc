"""`recommend`: places for a household and households for a pool, ranked by what each changes for all."""

from optimiser.matching import GOALS

from .conftest import DAY, Command


def rank(effect: dict[str, int]) -> list[int]:
    return [-value if goal == "cost" else value for goal, value in effect.items()]


def test_places_for_a_household(small_city: Command) -> None:
    match = small_city("match", *DAY, "--moves", "none", "--json", "-").data
    first = match["proposals"][0]
    said = small_city("recommend", first["household"], *DAY, "--moves", "none", "--json", "-")
    found = said.data
    assert list(found) == ["household", "as_of", "tried", "eligible", "impossible", "options"]
    best = found["options"][0]
    assert list(best) == ["household", "pool", "tier", "points", "effect", "gain", "lose", "elsewhere"]
    assert best["pool"] == first["pool"]
    assert best["effect"] == dict.fromkeys(GOALS, 0)
    ranks = [rank(option["effect"]) for option in found["options"]]
    assert ranks == sorted(ranks, reverse=True)


def test_households_for_a_pool(small_city: Command) -> None:
    match = small_city("match", *DAY, "--moves", "none", "--json", "-").data
    pool = match["proposals"][0]["pool"]
    there = {entry["household"] for entry in match["proposals"] if entry["pool"] == pool}
    proposed = {entry["household"] for entry in match["proposals"]}
    found = small_city("recommend", "--pool", pool, *DAY, "--moves", "none", "--json", "-").data
    options = found["options"]
    assert {option["household"] for option in options[: len(there)]} == there
    others = [option for option in options if option["household"] not in proposed]
    assert others
    for option in others:
        assert option["household"] in option["gain"]
        assert set(option["lose"]) <= proposed
    said = small_city("recommend", "--pool", pool, *DAY, "--moves", "none").out
    assert said.startswith("Hushåll för ")
    assert "Ändrar inget mål." in said
    assert "Skulle inte få plats" in said


def test_one_of_both(small_city: Command) -> None:
    for arguments in ((), ("H00016", "--pool", "P001")):
        said = small_city("recommend", *arguments, *DAY)
        assert (said.status, said.err.count("\n")) == (2, 1)
        assert "antingen" in said.err
    assert "finns inte" in small_city("recommend", "H99999", *DAY).err
    assert "finns inte" in small_city("recommend", "--pool", "P999", *DAY).err
