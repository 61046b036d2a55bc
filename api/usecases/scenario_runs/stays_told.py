"""Last year's stays as planners see them: what a stay costs side by side, and a back-test of the rates.

People are in steps of five, as in every what-if: neither a level nor the difference of two tells how few
somebody is, and costs rest on rounded counts alone.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import TypeVar

from api.cli.voice import Voice
from api.cli.words import Words
from api.usecases.problems import UserError
from api.usecases.scenario_runs.rounding import PEOPLE, is_small, rounded
from models.dataset import Dataset
from scenarios.assumptions import Assumptions, load_assumptions
from scenarios.calibration.back_test import ALL, Ended, Expected, StaysBackTest, stays_back_test
from scenarios.calibration.calibration import COMPLETE
from scenarios.calibration.observed import CalibrationProblem
from scenarios.calibration.stay_costs import StayCost, StayCosts, stay_costs

NEAREST_SEK = -2
"""A stay's cost is told in hundreds."""

COUNTED = "households"
PRICES = {
    "support_sek": "cost.support_month_sek",
    "restoration_sek": "cost.restoration_sek",
    "hotel_sek": "cost.hotel_night_sek",
}
"""Parts of a cost that are priced by the assumptions under a key."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class CostTold:
    """A row of costs as it is shown; SEK of a stay in hundreds, None where it cannot be told."""

    kind: str
    form: str | None
    name: str
    places: int
    stays: float | None
    days: float | None
    days_low: float | None
    days_high: float | None
    night_sek: float | None
    place_sek: float | None
    void_sek: float | None
    support_sek: float | None
    restoration_sek: float | None
    stay_sek: float | None
    procured_sek: float | None
    hotel_sek: float | None


@dataclass(frozen=True, slots=True)
class CostsTold:
    """What stays cost; `basis` says of each part whether it is measured or what its price rests on."""

    since: date
    until: date
    complete: bool
    about: tuple[str, ...]
    basis: dict[str, str]
    hotel_night_sek: float
    procured_night_sek: float | None
    rows: tuple[CostTold, ...]


@dataclass(frozen=True, slots=True)
class ExpectedTold:
    """What rates would have expected, in whole stays; `within` is None where what was seen is hidden."""

    mean: float
    low: float
    high: float
    within: bool | None


@dataclass(frozen=True, slots=True)
class EndedTold:
    """A row of the back-test as it is shown."""

    form: str | None
    end: str
    name: str
    stays: float | None
    seen: float | None
    seen_shown: str | None
    assumed: ExpectedTold | None
    fitted: ExpectedTold | None


@dataclass(frozen=True, slots=True)
class BackTestTold:
    """The back-test of a year's stays."""

    since: date
    until: date
    fitted_since: date
    fitted_until: date
    complete: bool
    about: tuple[str, ...]
    rows: tuple[EndedTold, ...]


def costs_told(city: Dataset, day: date, voice: Voice) -> CostsTold:
    """Costs of last year's stays, side by side.

    Raises
    ------
    UserError
        When there are no stays, or some begin after the day.
    """
    assumptions = load_assumptions()
    found = _learnt(lambda: stay_costs(city, day, assumptions, PEOPLE))
    notes = ["how", f"length_{found.method}", "prices"]
    return CostsTold(
        *found.window,
        found.recorded_then >= COMPLETE,
        tuple(voice.texts(f"stay_costs.{note}", share=_share(voice, found)) for note in notes),
        {
            **dict.fromkeys(("days", "place_sek", "void_sek"), "measured"),
            **{part: _basis(assumptions, key) for part, key in PRICES.items()},
        },
        found.hotel_night_sek,
        rounded(found.procured_night_sek, 1),
        tuple(_cost(row, voice) for row in found.rows),
    )


def back_test_told(city: Dataset, day: date, voice: Voice) -> BackTestTold:
    """Last year's stays beside what the rates would have expected.

    Raises
    ------
    UserError
        When there are no stays, or some begin after the day.
    """
    found = _learnt(lambda: stays_back_test(city, day, load_assumptions()))
    complete = found.recorded_then >= COMPLETE
    notes = ["how", *([] if complete else ["incomplete"]), "not_a_forecast"]
    return BackTestTold(
        *found.window,
        *found.fitted_window,
        complete,
        tuple(voice.texts(f"stay_back_test.{note}", share=_share(voice, found)) for note in notes),
        tuple(_tested(row, voice) for row in found.tested),
    )


def _learnt(learn: Callable[[], Found]) -> Found:
    try:
        return learn()
    except CalibrationProblem as problem:
        raise UserError(problem.key) from None


def _share(voice: Voice, found: StayCosts | StaysBackTest) -> str:
    from babel.numbers import format_percent

    return str(format_percent(found.recorded_then, locale="sv_SE" if voice.language == "sv" else "en_GB"))


def _basis(assumptions: Assumptions, key: str) -> str:
    """What prices under a key rest on: the weakest of them."""
    of = {
        entry.basis
        for name, entry in assumptions.entries.items()
        if name == key or name.startswith(f"{key}.")
    }
    return next(basis for basis in ("assumed", "calibrated", "source") if basis in of)


def _cost(row: StayCost, voice: Voice) -> CostTold:
    few = is_small(COUNTED, row.stays) or is_small(COUNTED, row.residents)
    parts = {} if row.parts is None else {**asdict(row.parts), "stay": row.parts.whole}

    def told(value: float | None, digits: int = 0) -> float | None:
        return None if few or value is None else float(round(value, digits))

    place, void, support, restoration, whole = (
        told(parts.get(part), NEAREST_SEK) for part in ("place", "void", "support", "restoration", "stay")
    )
    return CostTold(
        kind=row.kind,
        form=row.form,
        name=voice.texts(f"stay_costs.{row.kind}") if row.form is None else Words(voice).form(row.form),
        places=row.places,
        stays=_people(row.stays),
        days=told(row.days),
        days_low=told(row.days_low),
        days_high=told(row.days_high),
        night_sek=rounded(row.night_sek, 1),
        place_sek=place,
        void_sek=void,
        support_sek=support,
        restoration_sek=restoration,
        stay_sek=whole,
        procured_sek=told(row.procured_sek, NEAREST_SEK),
        hotel_sek=told(row.hotel_sek, NEAREST_SEK),
    )


def _tested(row: Ended, voice: Voice) -> EndedTold:
    few, hidden = is_small(COUNTED, row.stays), is_small(COUNTED, row.seen)
    if row.form is not None:
        name = Words(voice).form(row.form)
    else:
        name = voice.texts(f"stay_back_test.{row.end}" if row.end == ALL else f"calibrate.kind.{row.end}")
    assumed, fitted = (
        None if few or side is None else _expected(side, row.seen, hidden)
        for side in (row.assumed, row.fitted)
    )
    return EndedTold(
        row.form,
        row.end,
        name[:1].upper() + name[1:],
        _people(row.stays),
        None if few else _people(row.seen),
        f"<{PEOPLE}" if hidden and not few else None,
        assumed,
        fitted,
    )


def _expected(side: Expected, seen: int, hidden: bool) -> ExpectedTold:
    mean, low, high = (float(round(value)) for value in (side.mean, side.low, side.high))
    return ExpectedTold(mean, low, high, None if hidden else side.holds(seen))


def _people(count: int) -> float | None:
    return None if is_small(COUNTED, count) else rounded(count, PEOPLE)
