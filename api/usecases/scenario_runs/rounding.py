"""Figures of a run to those who see counts alone: of people in steps of five, and never a count from 1 to 4.

A run starts in the real city, so its first weeks are nearly counts of it. Rounded to five, neither a level
nor the difference of two, nor what is left of a sum, tells how few somebody is. A night is a person's: 35 in
a week are five people. Waits and costs of a group that is too small to be told are left out with it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

PEOPLE, NIGHTS = 5, 35
PARTS = ("mean", "low", "high")
RESTS_ON = {
    "wait_median_days": "placed",
    "wait_p90_days": "placed",
    "waiting_median_days": "waiting",
    "waiting_p90_days": "waiting",
    "cost_sek": "occupied",
    "cost_support_sek": "occupied",
    "cost_hotel_sek": "nights_hotel",
}
"""Whose size decides whether a measure that counts nobody is told: cost_sek.women by occupied.women."""

Answer = Mapping[str, Any]


def step_of(measure: str) -> int | None:
    """What a measure is rounded to; None for one that counts no people."""
    first = measure.partition(".")[0]
    if first.endswith(("_sek", "_days")):
        return None
    return NIGHTS if "nights_" in first else PEOPLE


def rested_on(measure: str) -> str | None:
    """The measure that says how many people another one is of; None where it is one itself."""
    first, dot, group = measure.partition(".")
    return f"{RESTS_ON[first]}{dot}{group}" if first in RESTS_ON else None


def is_small(measure: str, value: float | None) -> bool:
    """Whether a count is too small to be told."""
    step = step_of(measure)
    return step is not None and value is not None and 0 < abs(value) < step


def rounded(value: float | None, step: int) -> float | None:
    """A number to the nearest step."""
    return None if value is None else float(step * round(value / step))


def shown_interval(measure: str, told: Answer, base: bool = False) -> dict[str, Any]:
    """A figure with its interval as it is shown; one too small is null, and `shown` says below what it is.

    Parameters
    ----------
    base
        Whether the figure rests on people too few to be told.
    """
    step = step_of(measure)
    if base:
        return {**told, **dict.fromkeys(PARTS)}
    if step is None:
        return dict(told)
    if is_small(measure, told["mean"]):
        return {**told, **dict.fromkeys(PARTS), "shown": f"<{step}"}
    return {**told, **{part: rounded(told[part], step) for part in PARTS}}


def shown_series(measure: str, told: Answer, few: Sequence[bool] | None = None) -> dict[str, Any]:
    """A figure of each week or month as it is shown."""
    moments = [
        shown_interval(
            measure, {part: told[part][at] for part in PARTS}, few is not None and at < len(few) and few[at]
        )
        for at in range(len(told["mean"]))
    ]
    series: dict[str, Any] = {part: [one[part] for one in moments] for part in PARTS}
    return {**series, "shown": [one.get("shown") for one in moments]}
