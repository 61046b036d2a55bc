"""Weekly chances that stays end, form by form and end by end, with what lies behind each."""

from dataclasses import dataclass
from typing import Literal

from models.forms import forms
from scenarios.calibration.end_reasons import ENDS, KINDS
from scenarios.calibration.hazards import (
    Hazard,
    cause_specific,
    ends_seen,
    hazard,
    hazard_of_standing,
    weekly_chance,
)
from scenarios.calibration.observed import OPEN, Observed

FEWEST_ENDS = 5
"""With fewer ends than this a form says too little alone and is pooled with its level."""

Ground = Literal["own", "pooled", "kept"]
"""The form's own stays; all forms of its level together, assumed to be alike; too few even so."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A rate of the simulation as the city's own data tell it.

    Attributes
    ----------
    key
        Name in the assumptions.
    unit
        As in the assumptions.
    value, low, high
        Estimate and 95 % interval; None where nothing can be said and the present assumption is kept.
    ground
        What it rests on.
    records
        Stays, or for arrivals households, that were looked at.
    events
        Times it was seen.
    weeks
        Household-weeks over which it was watched.
    """

    key: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    ground: Ground
    records: int
    events: float
    weeks: float


@dataclass(frozen=True, slots=True)
class FormStays:
    """What the window shows of one form.

    Attributes
    ----------
    stays, ends, moved_on
        Stays watched, ended, and handed over to another place inside the stock (no end).
    weeks
        Household-weeks watched.
    standing, standing_then
        Recorded stays on the last day of the window and on its first.
    any_end, steady
        Hazard that a stay ends or moves on: as watched, and as the ages of those who live there now tell if
        the houses have always been as full; None where nothing can be said.
    """

    form: str
    stays: int
    ends: int
    moved_on: int
    weeks: float
    standing: int
    standing_then: int
    any_end: Hazard | None
    steady: Hazard | None


def form_stays(observed: Observed, form: str) -> FormStays:
    """What the window shows of one form."""
    own = observed.of(form)
    ends = ends_seen(own)
    over = int((own.kind != OPEN).sum())
    return FormStays(
        form,
        len(own.form),
        ends,
        over - ends,
        float(own.weeks.sum()),
        own.standing.get(form, 0),
        own.standing_then.get(form, 0),
        hazard(over, float(own.weeks.sum())) if len(own.form) else None,
        hazard_of_standing(own) if (own.kind == OPEN).any() else None,
    )


def stay_estimates(observed: Observed) -> tuple[Estimate, ...]:
    """Every form's weekly chances, one estimate an end, in the order of the forms and of ENDS."""
    return tuple(estimate for form in forms() for estimate in _of_form(observed, form))


def _of_form(observed: Observed, form: str) -> list[Estimate]:
    level = [name for name, entry in forms().items() if entry.level == forms()[form].level]
    own, alike = observed.of(form), observed.of(*level)
    if ends_seen(own) >= FEWEST_ENDS:
        return _estimates(form, own, "own")
    if ends_seen(alike) >= FEWEST_ENDS:
        return _estimates(form, alike, "pooled")
    weeks = float(own.weeks.sum())
    seen = {end: float((own.kind == KINDS.index(end)).sum()) for end in ENDS}
    return [
        Estimate(f"stays.{form}.{end}", "a week", None, None, None, "kept", len(own.form), seen[end], weeks)
        for end in ENDS
    ]


def _estimates(form: str, observed: Observed, ground: Ground) -> list[Estimate]:
    rates = cause_specific(observed)
    found = []
    for end in ENDS:
        rate = rates[end]
        others = sum(rates[other].value for other in ENDS if other != end)
        value, low, high = (weekly_chance(x, others) for x in (rate.value, rate.low, rate.high))
        found.append(
            Estimate(
                f"stays.{form}.{end}",
                "a week",
                value,
                low,
                high,
                ground,
                len(observed.form),
                rate.events,
                rate.weeks,
            )
        )
    return found
