"""The forecast of one household: chances of a place by form and week, with all that it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.expected_wait.peers import UNLIKE, Peers
from scenarios.expected_wait.spells import OTHERWISE, PLACED, Spells, spells_from_today
from scenarios.experiments.student import t_quantile
from scenarios.incidence import Incidence, cumulative_incidence
from scenarios.simulation.trajectory import Waits

WITHIN_WEEKS = (4, 13, 26, 52)
FEWEST_SPELLS = 100
FEWEST_PEERS = 5
"""Simulated waits, and households, that a forecast is read from at least: with fewer simulations, more
households that are less alike."""

SHARES = (0.1, 0.5, 0.9)
"""Ends of the 80 % interval and the median between them."""

CONFIDENCE = 0.95


class WaitProblem(Exception):
    """A household for which no wait can be forecast; key is `not_waiting`."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Chance:
    """Chance of a place within some weeks, with a 95 % interval for so few simulations; all from 0 to 1."""

    weeks: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FormWait:
    """A form: the chance of a place in it by week, and weeks to it for those who get one.

    open is whether some pool of it may be open to the household itself: those like it may have other forms.
    median, low and high are the median and the ends of the 80 % interval, weeks.
    """

    form: int
    open: bool
    chances: tuple[Chance, ...]
    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ExpectedWait:
    """What simulations tell of a household's wait from today. A forecast, never a promise.

    Attributes
    ----------
    households, spells, replications
        How many households most like it the forecast is read from, how many waits of theirs were simulated,
        in how many simulations.
    same
        How many of those households have the same tier, segment and drug profile, by mark.
    horizon
        Weeks simulated.
    any_place
        Chance of a place of any form within some weeks.
    median, low, high
        Weeks to a place, and the ends of the 80 % interval; infinity where that share gets none within the
        horizon: those who find a home otherwise or leave get none.
    otherwise
        Chance of finding a home otherwise, or leaving, within some weeks.
    forms
        Forms in which anybody like it got a place, most likely first.
    """

    households: int
    spells: int
    replications: int
    same: Mapping[str, int]
    horizon: int
    any_place: tuple[Chance, ...]
    median: float
    low: float
    high: float
    otherwise: tuple[Chance, ...]
    forms: tuple[FormWait, ...]


def expected_wait(simulated: Sequence[Waits] | Spells, city: Peers, h: int) -> ExpectedWait:
    """Forecast the wait of a household from today.

    The waits of households like it that wait today are followed through the simulations of the baseline.
    Having waited already decides who is alike, so that the forecast is for one who has. Finding a home
    otherwise and leaving compete with a place (Aalen-Johansen); a wait that outlasts the simulation is
    censored there.

    Raises
    ------
    WaitProblem
        If the household does not wait.
    """
    if not city.waits[h]:
        raise WaitProblem("not_waiting")
    spells = simulated if isinstance(simulated, Spells) else spells_from_today(simulated, city.numbers)
    members, chosen = alike(spells, city, h)
    found = incidence(chosen, city.open_forms.shape[1])
    counts = np.unique(chosen.replication)
    each = [incidence(chosen.only(chosen.replication == r), city.open_forms.shape[1]) for r in counts]
    by_form = np.arange(city.open_forms.shape[1])
    low, median, high = (_time(found, share) for share in SHARES)
    forms = [
        _form_wait(found, each, chosen, form, bool(city.open_forms[h, form]))
        for form in by_form.tolist()
        if found.chance[-1:, form].sum() > 0
    ]
    return ExpectedWait(
        len(members),
        len(chosen.row),
        len(counts),
        {mark: int((city.marks[mark][members] == city.marks[mark][h]).sum()) for mark in UNLIKE},
        int(spells.weeks.max()),
        _chances(found, each, by_form, len(chosen.row)),
        median,
        low,
        high,
        _chances(found, each, np.array([len(by_form)]), len(chosen.row)),
        tuple(sorted(forms, key=lambda one: (-one.chances[-1].value, one.form))),
    )


def alike(spells: Spells, city: Peers, h: int) -> tuple[NDArray[np.int64], Spells]:
    """The households most like one, so many that their simulated waits are enough, and those waits."""
    times = max(len(np.unique(spells.replication)), 1)
    members = city.nearest(h, max(FEWEST_PEERS, -(-FEWEST_SPELLS // times)))
    return members, spells.only(np.isin(spells.row, members))


def incidence(spells: Spells, forms: int) -> Incidence:
    """Chances by week of a place in each form, and last of an end otherwise."""
    kind = np.where(spells.ended == PLACED, spells.form, np.where(spells.ended == OTHERWISE, forms, -1))
    return cumulative_incidence(np.zeros(len(kind)), spells.weeks, kind.astype(np.int64), forms + 1)


def _time(found: Incidence, share: float) -> float:
    reached = np.flatnonzero(found.chance[:, :-1].sum(axis=1) >= share - 1e-12)
    return float(found.times[reached[0]]) if len(reached) else float("inf")


def _chances(
    found: Incidence, each: list[Incidence], kinds: NDArray[np.int64], spells: int
) -> tuple[Chance, ...]:
    """Chances of any of some kinds, with intervals by how the simulations differ (Student's t)."""
    told = []
    for weeks in WITHIN_WEEKS:
        value = sum(found.at(weeks, kind) for kind in kinds.tolist())
        values = [sum(one.at(weeks, kind) for kind in kinds.tolist()) for one in each]
        told.append(_chance(weeks, min(value, 1.0), np.array(values), spells))
    return tuple(told)


def _chance(weeks: int, value: float, values: NDArray[np.float64], spells: int) -> Chance:
    if len(values) < 2:
        # From a single simulation nobody can tell how far it may be off.
        return Chance(weeks, value, 0.0, 1.0)
    spread = t_quantile(len(values) - 1) * float(np.std(values, ddof=1)) / len(values) ** 0.5
    if value in (0.0, 1.0):
        # What never (or always) happened in so many waits may still happen (or not) once.
        spread = 1 - ((1 - CONFIDENCE) / 2) ** (1 / spells)
    return Chance(weeks, value, max(value - spread, 0.0), min(value + spread, 1.0))


def _form_wait(found: Incidence, each: list[Incidence], spells: Spells, form: int, is_open: bool) -> FormWait:
    weeks = np.sort(spells.weeks[(spells.ended == PLACED) & (spells.form == form)])
    low, median, high = (float(np.quantile(weeks, share, method="inverted_cdf")) for share in SHARES)
    return FormWait(
        form, is_open, _chances(found, each, np.array([form]), len(spells.row)), median, low, high
    )
