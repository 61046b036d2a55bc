"""Scenarios: those of the library and those in files, and whether they hold for a city."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.usecases.stacks import stack_named
from models.dataset import Dataset
from scenarios.whatif.check import check_stack, every_fault
from scenarios.whatif.faults import ScenarioFault, ScenarioProblem
from scenarios.whatif.load import library
from scenarios.whatif.scenario import BASELINE, Scenario


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A scenario as a person named it: what it is, None when it cannot be read, and what is wrong with it."""

    told: str
    scenario: Scenario | None
    faults: tuple[ScenarioFault, ...]

    @property
    def sound(self) -> bool:
        """Whether the scenario may be used as it is."""
        return not any(fault.severity == "error" for fault in self.faults)


def all_scenarios() -> tuple[Scenario, ...]:
    """The baseline, then every scenario of the library by name."""
    return (BASELINE, *library().values())


def look_at_scenarios(
    told: Sequence[str], city: Dataset | None = None, as_of: date | None = None, weeks: int | None = None
) -> tuple[LookedAt, ...]:
    """Each scenario or stack by itself, with all its faults and warnings.

    Parameters
    ----------
    told
        Names of the library, or .toml files; + between those that stack.
    city
        The city that pools, quotas and districts are looked up in; None looks at the form alone.
    weeks
        Length of the horizon; None says nothing of changes that come after it.
    """
    return tuple(_look_at(name, city, as_of, weeks) for name in told)


def _look_at(told: str, city: Dataset | None, as_of: date | None, weeks: int | None) -> LookedAt:
    try:
        stack = stack_named(told)
    except ScenarioProblem as problem:
        faults = problem.faults if city is None or as_of is None else every_fault(problem, city, as_of, weeks)
        return LookedAt(told, None, faults)
    return LookedAt(told, stack.as_one, check_stack(stack.scenarios or (BASELINE,), city, as_of, weeks))
