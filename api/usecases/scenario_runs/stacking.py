"""Scenarios that a person names or writes: never a file of the machine that the service runs on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.usecases.problems import UserError
from api.usecases.stacks import Stack
from scenarios.whatif.faults import Place, ScenarioFault, ScenarioProblem, nearest
from scenarios.whatif.load import library, load_scenario, read_scenario
from scenarios.whatif.scenario import BASELINE, STACKED, Scenario

WAY = "matching_"
"""Library scenarios that share places out in another way have this in front of the way."""


@dataclass(frozen=True, slots=True)
class Written:
    """A scenario as a person wrote it: TOML text, or the same keys as JSON."""

    toml: str | None = None
    content: Mapping[str, Any] | None = None

    def kept(self) -> dict[str, Any]:
        """As a job keeps it."""
        return {"toml": self.toml, "content": None if self.content is None else dict(self.content)}


def own_scenario(written: Written, file: str = "scenario.toml") -> Scenario:
    """A scenario that a person wrote.

    Raises
    ------
    ScenarioProblem
        With every fault of form in it.
    """
    if written.toml is not None:
        return load_scenario(written.toml, file)
    return read_scenario(written.content or {}, file)


def stacks_of(own: Sequence[Written], told: Sequence[Sequence[str]], way: str | None = None) -> list[Stack]:
    """The baseline, then each stack that a person asks for, by names of the library and of own scenarios.

    Parameters
    ----------
    own
        Scenarios that the person wrote; those in no stack stand by themselves.
    way
        Another way of sharing places out, laid on top of every stack.

    Raises
    ------
    ScenarioProblem
        With the faults of all of them.
    UserError
        When two scenarios have the same name.
    """
    mine = _own(own)
    named = {name for names in told for name in names}
    wanted = [*told, *([name] for name in mine if name not in named)]
    if way is not None:
        wanted = [[*names, f"{WAY}{way}"] for names in wanted or [[]]]
    known = {BASELINE.name: BASELINE, **library(), **mine}
    unknown = [name for names in wanted for name in names if name not in known]
    if unknown:
        raise ScenarioProblem([_no_such(name, known) for name in dict.fromkeys(unknown)])
    stacks = {BASELINE.name: Stack(BASELINE.name, ())}
    for names in wanted:
        changing = tuple(known[name] for name in dict.fromkeys(names) if known[name] != BASELINE)
        label = STACKED.join(scenario.name for scenario in changing) or BASELINE.name
        stacks.setdefault(label, Stack(label, changing))
    return list(stacks.values())


def _own(own: Sequence[Written]) -> dict[str, Scenario]:
    found: dict[str, Scenario] = {}
    faults: list[ScenarioFault] = []
    read: list[tuple[Scenario, ...]] = []
    for number, written in enumerate(own, 1):
        try:
            scenario = own_scenario(written, f"scenario_{number}.toml")
        except ScenarioProblem as problem:
            faults += problem.faults
            read += problem.read
            continue
        if scenario.name in found or scenario.name in library():
            raise UserError("same_scenario_name", name=scenario.name)
        found[scenario.name] = scenario
    if faults:
        raise ScenarioProblem(faults, [*((scenario,) for scenario in found.values()), *read])
    return found


def _no_such(name: str, known: Mapping[str, Scenario]) -> ScenarioFault:
    return Place(name).fault("", "no such scenario", name, **nearest(name, known))
