"""Shares and differences of counts: told where both counts are, as a range where one is, else not at all."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from api.usecases.counts.shown import Reader
from models.access import Role
from models.snapshots import Snapshot
from tests.server.conftest import Served


def snapshot(**values: tuple[int, str, tuple[int, int | None] | None]) -> Snapshot:
    """A snapshot of counts: value, how it is shown, and between what it is told to lie."""
    between = {key: ends for key, (_, _, ends) in values.items() if ends is not None}
    return Snapshot.model_construct(
        day=date(2026, 1, 15),
        number=1,
        made_at=datetime(2026, 1, 15, tzinfo=UTC),
        figures={"values": {key: value for key, (value, _, _) in values.items()}, "between": between},
        pattern={key: shown for key, (_, shown, _) in values.items() if shown != "exact"},
        tables=[],
    )


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ((30, "exact", None), ("exact", "75,0\xa0%")),
        ((38, "withheld", (36, 39)), ("withheld", "90–98\xa0%")),
        ((30, "withheld", (0, 40)), ("withheld", "–")),
        ((30, "withheld", (10, None)), ("withheld", "–")),
        ((3, "small", None), ("withheld", "–")),
    ],
)
def test_a_share_is_told_as_well_as_its_count_is(part: Any, told: tuple[str, str]) -> None:
    cell = Reader("sv").cell(snapshot(part=part, whole=(40, "exact", None)), ["part", "whole"])
    assert (cell.shown, cell.text) == told


def test_a_share_of_a_hidden_whole_is_hidden() -> None:
    cell = Reader("sv").cell(
        snapshot(part=(9, "exact", None), whole=(12, "withheld", (9, 12))), ["part", "whole"]
    )
    assert (cell.value, cell.text) == (None, "–")


@pytest.mark.parametrize(("men", "told"), [(20, "−10,0"), (4, "+30,0"), (16, "±0,0")])
def test_a_difference_is_in_percentage_points(men: int, told: str) -> None:
    counts = snapshot(
        w=(20, "exact", None), women=(50, "exact", None), m=(men, "exact", None), men=(40, "exact", None)
    )
    assert Reader("sv").cell(counts, ["apart", "w", "women", "m", "men"]).text == told


def test_a_difference_from_a_hidden_share_is_hidden() -> None:
    counts = snapshot(
        w=(20, "exact", None), women=(50, "exact", None), m=(3, "small", None), men=(40, "exact", None)
    )
    for kept in (["apart", "w", "women", "m", "men"], ["apart", "m", "men", "w", "women"]):
        assert Reader("sv").cell(counts, kept).value is None


def test_the_gap_is_told_apart_and_the_pages_have_their_shares(served: Served) -> None:
    headers = served.as_(Role.MANAGER)
    gap = served.client.get("/api/v1/gap", headers=headers).json()
    assert [one["sentence"] for one in gap["told"]] == gap["sentences"]
    assert {one["section"] for one in gap["told"] if one["kind"] == "now"} == {"support", "emergency"}
    assert all(one["title"] for one in gap["told"] if one["kind"] == "hole")
    for path, name, part, whole, share in (
        ("equity", "equity_units", "women_option", "women", "women_share"),
        ("occupancy", "occupancy_forms", "lived_in", "places", "occupied"),
    ):
        tables = served.client.get(f"/api/v1/{path}", headers=headers).json()["tables"]
        table = next(one for one in tables if one["table_id"] == name)
        at = {one["column_id"]: i for i, one in enumerate(table["columns"])}
        told = [row["cells"] for row in table["rows"] if row["cells"][at[share]]["shown"] == "exact"]
        assert told
        for cells in told:
            expected = round(100 * cells[at[part]]["value"] / cells[at[whole]]["value"], 1)
            assert cells[at[share]]["value"] == expected
