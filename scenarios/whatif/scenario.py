"""A scenario: a named set of changes to a city, as a planner writes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

KINDS = (
    *("open_pool", "close_pool", "capacity", "convert", "arrivals", "stays"),
    *("quota", "budget", "refusals", "rule", "matching"),
)
"""What a change may concern."""

MATCHING = ("optimum", "first_come", "priority_greedy", "scarcity_priced")
"""Ways of choosing who gets which place."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change, in force from a week until another (weeks from 0, the first simulated; the last excluded).

    settings holds what the kind asks for, as written; `until_week` None means to the end.
    """

    kind: str
    from_week: int = 0
    until_week: int | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A what-if: its name (a short id), a title and a sentence or two in both languages, and its changes.

    Stacked scenarios apply in the order given; a later change of the same thing wins, factors multiply.
    `file` is where it was read from, for faults; two scenarios that change the same are the same.
    """

    name: str
    title_sv: str
    title_en: str
    text_sv: str
    text_en: str
    changes: tuple[Change, ...] = ()
    file: str = field(default="", compare=False)


STACKED = "+"
"""What stands between the names of scenarios that apply together."""


def together(scenarios: Sequence[Scenario]) -> Scenario:
    """Stacked scenarios (one or more) told as one: names, titles and texts side by side, changes in order."""
    if len(scenarios) == 1:
        return scenarios[0]
    return Scenario(
        STACKED.join(one.name for one in scenarios),
        " + ".join(one.title_sv for one in scenarios),
        " + ".join(one.title_en for one in scenarios),
        " ".join(one.text_sv for one in scenarios),
        " ".join(one.text_en for one in scenarios),
        tuple(change for one in scenarios for change in one.changes),
    )


BASELINE = Scenario(
    "baseline",
    "Som i dag",
    "As today",
    "Dagens bestånd, inflöde och regler fortsätter.",
    "Today's stock, inflow and rules go on.",
)
"""No change: what every scenario is compared with."""
