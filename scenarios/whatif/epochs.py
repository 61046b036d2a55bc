"""Epochs: the weeks in which something turns, and states that last until the next of them."""

from collections.abc import Iterable, Sequence
from datetime import date

from scenarios.whatif.reform import Epoch, T
from scenarios.whatif.scenario import Change
from scenarios.whatif.weeks import weeks_of


def turns(changes: Sequence[Change], as_of: date, weeks: int) -> list[int]:
    """Weeks in which some change begins or has ended, and week 0; sorted."""
    held = [span for change in changes if (span := weeks_of(change, as_of, weeks))]
    ends = {span.stop for span in held if span.stop < weeks}
    return sorted({0, *(span.start for span in held), *ends})


def in_force(changes: Sequence[Change], as_of: date, weeks: int, week: int) -> list[Change]:
    """Changes that hold in a week, in order."""
    return [change for change in changes if week in weeks_of(change, as_of, weeks)]


def joined(states: Iterable[Epoch[T]]) -> tuple[Epoch[T], ...]:
    """Epochs of which no two that follow each other are alike."""
    epochs: list[Epoch[T]] = []
    for epoch in states:
        if not epochs or epoch.state != epochs[-1].state:
            epochs.append(epoch)
    return tuple(epochs)
