"""Steady inflow: found for a made-up city whose answer is known, and kept by the demo city for five years."""

from collections.abc import Sequence

import numpy as np
import pytest

from optimiser.policy.load import load_policy_data
from scenarios.assumptions import Assumptions, load_assumptions
from scenarios.calibration.steady import (
    WEEKS_A_YEAR,
    steady_inflow,
    waiting_by_segment,
    waiting_now,
)
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from scenarios.segments import SEGMENTS
from scenarios.simulation.measures import GROUPS
from scenarios.simulation.run import simulate
from scenarios.simulation.trajectory import Waits
from scenarios.whatif.compile import compile_reform

WEEKS = 120
TODAY = np.array([40.0 if name in ("family", "over_65") else 0.0 for name in SEGMENTS])


def made_waits(spells: Sequence[tuple[int, int, int, int]]) -> Waits:
    """Spells of a segment, the days from which and until which they last, and how they end."""
    segment, start, end, ended = (np.array(column) for column in zip(*spells, strict=True))
    k = len(spells)
    return Waits(
        household=np.arange(k),
        from_day=start.astype(np.int32),
        until_day=end.astype(np.int32),
        ended=ended.astype(np.int8),
        form=np.full(k, -1, dtype=np.int8),
        segment=segment.astype(np.int8),
        groups=np.zeros((k, len(GROUPS)), dtype=bool),
    )


def made_city(assumptions: Assumptions) -> list[Waits]:
    """Families leave at the chances assumed and get no place; of the old, two a week are placed besides."""
    rng = np.random.default_rng(1)
    waits = []
    for _ in range(8):
        spells: list[tuple[int, int, int, int]] = []
        for name in ("family", "over_65"):
            s = SEGMENTS.index(name)
            come = assumptions.value(f"arrivals.{name}") * TODAY[s] / WEEKS_A_YEAR
            chance = sum(assumptions.table(f"leaving.{name}").values())
            here = [-7] * int(TODAY[s])
            for week in range(WEEKS):
                here += [7 * week] * int(rng.poisson(come))
                gone = rng.random(len(here)) < chance
                spells += [(s, day, 7 * week, 2) for day, out in zip(here, gone, strict=True) if out]
                here = [day for day, out in zip(here, gone, strict=True) if not out]
                if name == "over_65":
                    spells += [(s, day, 7 * week, 1) for day in here[:2]]
                    here = here[2:]
            spells += [(s, day, 7 * WEEKS, 0) for day in here]
        waits.append(made_waits(spells))
    return waits


def test_waiting_week_by_week() -> None:
    waits = made_waits([(0, -5, 7, 1), (0, 0, 21, 0), (1, 7, 14, 2)])
    assert waiting_by_segment(waits, 3)[:, 0].tolist() == [2, 1, 1]
    assert waiting_by_segment(waits, 3)[:, 1].tolist() == [0, 1, 0]


def test_the_inflow_that_balances_is_found() -> None:
    start = load_assumptions().replaced({"arrivals.family": 0.1, "arrivals.over_65": 6.0})
    found = steady_inflow(start, TODAY, WEEKS, passes=12, simulated=made_city)
    for name, placed in (("family", 0.0), ("over_65", 2.0)):
        chance = sum(start.table(f"leaving.{name}").values())
        # As many come as leave or are placed when 40 wait.
        balance = (40 * chance + placed) * WEEKS_A_YEAR / 40
        assert found.value(f"arrivals.{name}") == pytest.approx(balance, rel=0.12)
        assert found.entries[f"arrivals.{name}"].basis == "calibrated"
    stock = np.mean([waiting_by_segment(waits, WEEKS) for waits in made_city(found)], axis=0)
    assert stock[:, SEGMENTS.index("family")] == pytest.approx(np.full(WEEKS, 40), rel=0.15)


def test_segments_in_which_nobody_waits_are_left_alone() -> None:
    start = load_assumptions()
    found = steady_inflow(start, TODAY, WEEKS, passes=1, simulated=made_city)
    changed = {key for key, entry in found.entries.items() if entry != start.entries[key]}
    assert changed == {"arrivals.family", "arrivals.over_65"}


def test_an_inflow_never_falls_below_nothing() -> None:
    start = load_assumptions().replaced({"leaving.family.own_home": 0.0, "leaving.family.left": 0.0})

    def crowded(assumptions: Assumptions) -> list[Waits]:
        return [made_waits([(SEGMENTS.index("family"), -7, 7 * WEEKS, 0)] * 4000)]

    found = steady_inflow(start, TODAY, WEEKS, passes=3, simulated=crowded)
    assert found.value("arrivals.family") == 0


@pytest.mark.slow
def test_the_demo_city_is_steady_over_five_years() -> None:
    """The mean of some replications stays within 15 % of today's waiting households in every week."""
    city, policy = build_demo_city(), load_policy_data()
    today = waiting_now(city, DEMO_AS_OF).sum()
    reform = compile_reform(city, DEMO_AS_OF, [], 260, policy)
    runs = [simulate(city, DEMO_AS_OF, reform, load_assumptions(), 31, r, "none") for r in range(4)]
    waiting = np.mean([run.weekly["waiting"] for run in runs], axis=0)
    assert waiting.min() >= 0.85 * today
    assert waiting.max() <= 1.15 * today
    by_segment = np.mean([waiting_by_segment(run.waits, 260).mean(axis=0) for run in runs], axis=0)
    large = waiting_now(city, DEMO_AS_OF) >= 40
    assert by_segment[large] == pytest.approx(waiting_now(city, DEMO_AS_OF)[large], rel=0.25)
