"""Scenarios as a person names them: each by itself, or several laid on top of each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from api.usecases.problems import UserError
from models.dataset import Dataset
from optimiser.policy.load import load_policy_data
from scenarios.whatif.check import check_stack
from scenarios.whatif.compile import compile_reform
from scenarios.whatif.faults import Place, ScenarioFault, ScenarioProblem
from scenarios.whatif.load import find_scenarios
from scenarios.whatif.reform import Reform
from scenarios.whatif.scenario import BASELINE, STACKED, Scenario, together


@dataclass(frozen=True, slots=True)
class Stack:
    """Scenarios that apply together, under one name; none of them is the baseline."""

    name: str
    scenarios: tuple[Scenario, ...]

    @property
    def as_one(self) -> Scenario:
        """The scenarios told as one."""
        return together(self.scenarios or (BASELINE,))

    def title(self, language: str) -> str:
        """Titles of the scenarios, in `sv` or `en`."""
        return self.as_one.title_sv if language == "sv" else self.as_one.title_en


def read_stacks(told: Sequence[str]) -> tuple[Stack, ...]:
    """The baseline, then each scenario or stack that a person names; one named twice is run once.

    Raises
    ------
    ScenarioProblem
        With the faults of all of them.
    UserError
        If two different scenarios have the same name.
    """
    stacks = {BASELINE.name: Stack(BASELINE.name, ())}
    faults: list[ScenarioFault] = []
    read: list[tuple[Scenario, ...]] = []
    for text in told:
        parts = _parts(text)
        if not all(parts):
            faults.append(Place(text or STACKED).fault("", "empty name"))
        try:
            found = find_scenarios([part for part in parts if part])
        except ScenarioProblem as problem:
            faults += problem.faults
            read += problem.read
            continue
        changing = tuple(scenario for scenario in found if scenario != BASELINE)
        name = STACKED.join(scenario.name for scenario in changing) or BASELINE.name
        stack = Stack(name, changing)
        if stacks.setdefault(name, stack) != stack:
            raise UserError("same_scenario_name", name=name)
    if faults:
        raise ScenarioProblem(faults, [*(stack.scenarios for stack in stacks.values()), *read])
    return tuple(stacks.values())


def stack_named(told: str) -> Stack:
    """The scenario or stack that a person names; the baseline is a stack of none.

    Raises
    ------
    ScenarioProblem
        With the faults of all scenarios named.
    """
    return read_stacks([told])[-1]


def compile_stacks(
    city: Dataset, as_of: date, stacks: Sequence[Stack], weeks: int
) -> tuple[list[tuple[str, Reform]], tuple[ScenarioFault, ...]]:
    """The reform of each stack by its name, and what someone should look at in them.

    Raises
    ------
    ScenarioProblem
        With the faults of all of them.
    """
    policy = load_policy_data()
    reforms: list[tuple[str, Reform]] = []
    faults: list[ScenarioFault] = []
    warnings: list[ScenarioFault] = []
    for stack in stacks:
        try:
            reforms.append((stack.name, compile_reform(city, as_of, stack.scenarios, weeks, policy)))
        except ScenarioProblem as problem:
            faults += [fault for fault in problem.faults if fault not in faults]
        else:
            found = check_stack(stack.scenarios, city, as_of, weeks, policy)
            warnings += [fault for fault in found if fault not in warnings]
    if faults:
        raise ScenarioProblem(faults)
    return reforms, tuple(warnings)


def _parts(text: str) -> list[str]:
    return [text] if STACKED not in text or _is_file(text) else text.split(STACKED)


def _is_file(text: str) -> bool:
    """Whether a file has that name, plus signs and all."""
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        # No file can have a name so long, or with such a character.
        return False
