"""A first look: how every scenario begins, in the first replication, before any is finished."""

from dataclasses import replace

from scenarios.experiments.experiment import Arm, Design, Experiment
from scenarios.experiments.replication import Replication
from scenarios.experiments.task import Setup, Task, perform
from scenarios.whatif.reform import Reform

WEEKS_IN_ALL = 26
WEEKS_IN_ALL_WITH_MOVES = 12
"""Simulated weeks that a first look takes, of all scenarios together: with moves a week takes longer."""

FEWEST_WEEKS = 4
"""However many the scenarios: fewer weeks would be little more than a count of today's city."""


def weeks_at_first(design: Design, arms: int) -> int:
    """How many weeks of so many scenarios a first look shows.

    0 when that is half the horizon or more: then the first replication is soon finished itself.
    """
    in_all = WEEKS_IN_ALL if design.moves == "none" else WEEKS_IN_ALL_WITH_MOVES
    weeks = max(FEWEST_WEEKS, in_all // arms)
    return weeks if 2 * weeks < design.weeks else 0


def first_look(setup: Setup, asked: Experiment, weeks: int) -> Experiment:
    """An experiment of the first weeks alone, with the first replication of every scenario.

    A household's luck hangs on the week and not on the horizon, so these are the very weeks that the
    replication begins with.
    """
    begun = replace(setup, reforms=tuple(begins(reform, weeks) for reform in setup.reforms))
    found: dict[str, Replication] = {}
    for number, arm in enumerate(asked.arms):
        if arm.reform not in found:
            found[arm.reform] = perform(begun, Task(number, 0))
    arms = tuple(Arm(arm.name, arm.reform, {0: found[arm.reform]}) for arm in asked.arms)
    return Experiment(replace(asked.design, weeks=weeks, replications=1), arms)


def begins(reform: Reform, weeks: int) -> Reform:
    """The first weeks of a reform; what is to come later is known ahead as it was."""
    return replace(
        reform,
        weeks=weeks,
        matching=reform.matching[:weeks],
        budget=reform.budget[:weeks],
        arrivals=reform.arrivals[:weeks],
        stays={name: factor[:weeks] for name, factor in reform.stays.items()},
        refusals=reform.refusals[:weeks],
    )
