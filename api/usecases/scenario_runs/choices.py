"""What may stand at each key of a scenario: the city's places, units and quotas, and the policy's numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.cli.voice import Voice
from models.dataset import Dataset
from optimiser.policy.load import load_policy_data
from scenarios.segments import SEGMENTS
from scenarios.whatif.check_city import CityNames
from scenarios.whatif.policy_changes import entries, number_in, parameters_of
from scenarios.whatif.settings import POLICY_PARTS
from scenarios.whatif.values import is_whole


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the policy that a scenario may change, and what it is today."""

    parameter: str
    text: str
    value: int


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """A rule, points, fit or condition, with its numbers; a condition cannot be taken away."""

    part: str
    name: str
    text: str
    removable: bool
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class YearQuota:
    """Places of a year for a form, or for several forms that share them; blank is for every unit."""

    year: int
    forms: tuple[str, ...]
    responsible_unit: str | None
    places: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What a city and its policy have that a scenario may name, sorted; segments by id with their words."""

    districts: tuple[str, ...]
    units: tuple[str, ...]
    segments: Mapping[str, str]
    entries: tuple[PolicyEntry, ...]
    quotas: tuple[YearQuota, ...]


def choices(city: Dataset, day: date, voice: Voice) -> Choices:
    """The choices in the reader's language, on a day of the policy."""
    names = CityNames(city)
    return Choices(
        districts=tuple(sorted(names.districts)),
        units=tuple(sorted(unit for unit in names.units if unit)),
        segments={name: voice.texts(f"scenario.segment.{name}") for name in ("all", *SEGMENTS)},
        entries=tuple(_entries(day, voice)),
        quotas=tuple(YearQuota(one.year, one.form, one.responsible_unit, one.places) for one in city.quotas),
    )


def _entries(day: date, voice: Voice) -> Iterator[PolicyEntry]:
    data = load_policy_data()
    policy = data.on(day)
    for part, table in POLICY_PARTS.items():
        for name, entry in entries(data.tree, table).items():
            numbers = tuple(_numbers(entry, voice))
            removable = part != "condition"
            if numbers or removable:
                said = str(entry.get(voice.language) or entry.get(f"text_{voice.language}") or name)
                values: dict[str, Any] = {one.parameter: one.value for one in numbers}
                if part == "rule" and name in policy.rule_at:
                    values |= policy.rule(name).parameters
                first = numbers[0].value if numbers else ""
                yield PolicyEntry(part, name, said.format_map({"value": first, **values}), removable, numbers)


def _numbers(entry: Mapping[str, Any], voice: Voice) -> Iterator[Parameter]:
    texts = voice.texts
    for path in parameters_of(entry):
        value = number_in(entry, path)
        if is_whole(value):
            said = texts(f"parameter.{path}") if texts.has(f"parameter.{path}") else path
            yield Parameter(path, said, value)
