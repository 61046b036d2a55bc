"""A toy in place of the simulation: trajectories drawn from seed and replication, moved by the reform."""

import os
import signal
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from models.dataset import Dataset
from scenarios.experiments.task import Simulate
from scenarios.segments import SEGMENTS
from scenarios.simulation.measures import GROUPS
from scenarios.simulation.trajectory import Trajectory, Waits
from scenarios.whatif.reform import Reform

AS_OF = date(2026, 1, 15)
WEEKS = 26


def assumptions(flag: Path | None = None) -> Any:
    """What the toy is given; whoever is to be killed once looks whether the flag is there."""
    return SimpleNamespace(digest="toy", flag=flag)


def reform(name: str, effect: float = 1.0, weeks: int = WEEKS) -> Reform:
    """A reform whose effect on the toy is a factor on refusals."""
    return Reform(
        names=(name,),
        weeks=weeks,
        stock=(),
        quotas=(),
        policy=(),
        matching=("optimum",) * weeks,
        budget=(None,) * weeks,
        arrivals=np.ones((weeks, len(SEGMENTS))),
        stays={},
        refusals=np.full(weeks, effect),
    )


def toy(
    city: Dataset,
    as_of: date,
    reform: Reform,
    assumptions: Any,
    seed: int,
    replication: int,
    moves: object,
    scarcity: object = None,
) -> Trajectory:
    """Waiting and placed around 100 and 10; in even weeks only is there a median wait."""
    draws = np.random.Generator(np.random.Philox(key=[seed, replication]))
    waiting = (100 + draws.normal(size=reform.weeks)) * reform.refusals
    placed = draws.poisson(10, size=reform.weeks).astype(np.float64)
    median = np.where(np.arange(reform.weeks) % 2, np.nan, 50 + draws.normal(size=reform.weeks))
    weekly = {"waiting": waiting, "placed": placed, "wait_median_days": median, "waiting.women": waiting / 2}
    totals = {
        "waiting": float(waiting.mean()),
        "placed": float(placed.sum()),
        "wait_median_days": float(np.nanmedian(median)),
        "waiting.women": float(waiting.mean()) / 2,
    }
    k = 12
    waits = Waits(
        household=np.arange(k),
        from_day=np.zeros(k, dtype=np.int32),
        until_day=draws.integers(1, 100, size=k).astype(np.int32),
        ended=(np.arange(k) % 3).astype(np.int8),
        form=np.full(k, -1, dtype=np.int8),
        segment=(np.arange(k) % 4).astype(np.int8),
        groups=np.zeros((k, len(GROUPS)), dtype=np.bool_),
    )
    return Trajectory(reform.names[0], replication, weekly, totals, waits)


def toy_that_kills(
    city: Dataset,
    as_of: date,
    reform: Reform,
    assumptions: Any,
    seed: int,
    replication: int,
    moves: object,
    scarcity: object = None,
) -> Trajectory:
    """The toy, but once, in the middle, the process that does it is killed."""
    time.sleep(0.02)
    flag = assumptions.flag
    if replication == 3 and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return toy(city, as_of, reform, assumptions, seed, replication, moves)


def toy_that_always_kills(
    city: Dataset,
    as_of: date,
    reform: Reform,
    assumptions: Any,
    seed: int,
    replication: int,
    moves: object,
    scarcity: object = None,
) -> Trajectory:
    """The toy, but whoever does a replication after the first is killed."""
    if replication > 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return toy(city, as_of, reform, assumptions, seed, replication, moves)


def toy_that_waits(
    city: Dataset,
    as_of: date,
    reform: Reform,
    assumptions: Any,
    seed: int,
    replication: int,
    moves: object,
    scarcity: object = None,
) -> Trajectory:
    """The toy, but whoever does it says its process id in the folder given, and takes ten minutes."""
    (assumptions.flag / str(os.getpid())).touch()
    time.sleep(600)
    return toy(city, as_of, reform, assumptions, seed, replication, moves)


def toy_that_fails(
    city: Dataset,
    as_of: date,
    reform: Reform,
    assumptions: Any,
    seed: int,
    replication: int,
    moves: object,
    scarcity: object = None,
) -> Trajectory:
    """The toy, but its accounts do not balance in the replications after the first."""
    if replication > 0:
        raise ArithmeticError("arrivals less exits is not the change in stock")
    return toy(city, as_of, reform, assumptions, seed, replication, moves)


TOY: Simulate = toy
