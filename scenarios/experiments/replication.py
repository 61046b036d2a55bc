"""One finished replication, small enough to travel between processes and to be kept by the hundred."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.segments import SEGMENTS
from scenarios.simulation.trajectory import Trajectory, Waits

PLACED = 1
WEEK_DAYS = 7
LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Replication:
    """What one replication of one scenario counted. Counts only: nothing in it tells of a household.

    Attributes
    ----------
    number
        Which replication, from 0; the same number shares its luck in every scenario.
    names
        Measures, in the order of the rows of `weekly`.
    weekly
        Shape (measures, weeks); NaN where nothing was there to measure.
    totals
        Measure name -> figure over the horizon, segments included.
    """

    number: int
    names: tuple[str, ...]
    weekly: NDArray[np.float64]
    totals: Mapping[str, float]


def condensed(trajectory: Trajectory, weeks: int) -> Replication:
    """A trajectory without its single waits, which are summed up by segment first."""
    names = tuple(trajectory.weekly)
    weekly = np.array([trajectory.weekly[name] for name in names], dtype=np.float64).reshape(
        len(names), weeks
    )
    totals = {**trajectory.totals, **totals_by_segment(trajectory.waits, weeks)}
    return Replication(trajectory.replication, names, weekly, totals)


def totals_by_segment(waits: Waits, weeks: int) -> dict[str, float]:
    """Waiting (mean over the days), placed and median days of those placed, for each segment.

    A spell counts in the segment of the household when its wait began. A segment in which nobody ever
    waited has no median.
    """
    last = weeks * WEEK_DAYS
    days = np.clip(waits.until_day, 0, last) - np.clip(waits.from_day, 0, last)
    placed = waits.ended == PLACED
    waited = (waits.until_day - waits.from_day).astype(np.float64)
    totals = {}
    for index, segment in enumerate(SEGMENTS):
        inside = waits.segment == index
        served = waited[inside & placed]
        totals[f"waiting.{segment}"] = float(days[inside].sum()) / last
        totals[f"placed.{segment}"] = float(served.size)
        totals[f"wait_median_days.{segment}"] = float(np.median(served)) if served.size else float("nan")
    return totals


def packed(replication: Replication) -> bytes:
    """A replication as compressed bytes: a header in JSON, then the numbers as they stand in memory."""
    header = {
        "number": replication.number,
        "names": replication.names,
        "weeks": replication.weekly.shape[1],
        "totals": list(replication.totals),
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    totals = np.array(list(replication.totals.values()), dtype="<f8")
    numbers = replication.weekly.astype("<f8").tobytes() + totals.tobytes()
    return zlib.compress(len(text).to_bytes(LENGTH_BYTES, "little") + text + numbers, 6)


def unpacked(content: bytes) -> Replication:
    """The replication that was packed, every bit of it."""
    plain = zlib.decompress(content)
    start = LENGTH_BYTES + int.from_bytes(plain[:LENGTH_BYTES], "little")
    header = json.loads(plain[LENGTH_BYTES:start])
    numbers = np.frombuffer(plain, dtype="<f8", offset=start).astype(np.float64)
    size = len(header["names"]) * header["weeks"]
    weekly = numbers[:size].reshape(len(header["names"]), header["weeks"])
    totals = dict(zip(header["totals"], numbers[size:].tolist(), strict=True))
    return Replication(header["number"], tuple(header["names"]), weekly, totals)
