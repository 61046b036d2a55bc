"""The policy in force on each week's day, read once for as long as no number in it changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from optimiser.policy.load import PolicyData
from optimiser.policy.model import Policy
from scenarios.simulation.stock import epoch_at
from scenarios.whatif.reform import Epoch


class Policies:
    """Policy data by epoch, read on the days of weeks."""

    def __init__(self, epochs: tuple[Epoch[PolicyData], ...]) -> None:
        self._epochs = epochs
        self._starts = [sorted(set(_starts(epoch.state.tree))) for epoch in epochs]
        self._read: dict[tuple[int, int], Policy] = {}

    def on(self, week: int, day: date) -> Policy:
        """The policy of a week that begins on a day."""
        return replace(self._read_on(self.period(week, day), day), as_of=day)

    def period(self, week: int, day: date) -> tuple[int, int]:
        """A period in which no number of the policy changes: its epoch, and its number in it."""
        epoch = epoch_at(self._epochs, week)
        return epoch, sum(start <= day for start in self._starts[epoch])

    def _read_on(self, period: tuple[int, int], day: date) -> Policy:
        if period not in self._read:
            self._read[period] = self._epochs[period[0]].state.on(day)
        return self._read[period]


def _starts(node: Any) -> Iterator[date]:
    """Days on which a dated number of the tree begins to hold."""
    if isinstance(node, dict):
        if set(node) == {"from", "value"}:
            yield node["from"]
        for child in node.values():
            yield from _starts(child)
    elif isinstance(node, list):
        for child in node:
            yield from _starts(child)
