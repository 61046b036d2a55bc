"""Reads scenarios: from a file, from text, or by name from the library."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from scenarios.whatif.check import check_scenario
from scenarios.whatif.faults import Place, ScenarioFault, ScenarioProblem, nearest
from scenarios.whatif.scenario import BASELINE, Change, Scenario
from scenarios.whatif.values import is_whole, text

TEXTS = ("name", "title_sv", "title_en", "text_sv", "text_en")
"""Keys of a scenario beside its changes; all but the titles are required."""

TITLES = {"title_sv": "text_sv", "title_en": "text_en"}
"""Titles that may be left out, and the text whose first sentence then serves as one."""

CHANGES = "change"
TIMES = ("kind", "from_week", "until_week")
ENDING = ".toml"

_name = re.compile(r"[a-z][a-z0-9_]*")


def load_scenario(source: Path | str, file: str = "") -> Scenario:
    """Read one scenario and check its form, though not whether a city has what it names.

    Parameters
    ----------
    source
        A file, or the text of one.
    file
        What faults call the text; a file is called by its own name.

    Raises
    ------
    ScenarioProblem
        With every fault of form in it.
    """
    if isinstance(source, Path):
        file = file or source.name
        source = text_of(source, Place(file))
    place = Place(file or f"scenario{ENDING}")
    try:
        content = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise ScenarioProblem([place.fault("", "not TOML", problem=str(problem))]) from problem
    return read_scenario(content, place.file)


def read_scenario(content: Mapping[str, Any], file: str) -> Scenario:
    """A scenario from its keys, read as in a file; `file` is what faults call it.

    Raises
    ------
    ScenarioProblem
        With every fault of form in it.
    """
    place = Place(file)
    # What can be read is checked even where the rest cannot, so that all faults come at once.
    scenario = _scenario(place, content)
    faults = [*_faults(place, content), *check_scenario(scenario)]
    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        raise ScenarioProblem(errors, [(scenario,)])
    return scenario


@cache
def library() -> Mapping[str, Scenario]:
    """The scenarios that come with the product, by name, sorted.

    Raises
    ------
    ScenarioProblem
        With every fault of every file.
    """
    found: dict[str, Scenario] = {}
    faults: list[ScenarioFault] = []
    for file in sorted((files("scenarios") / "library").iterdir(), key=lambda file: file.name):
        if not file.name.endswith(ENDING):
            continue
        try:
            scenario = load_scenario(file.read_text(encoding="utf-8"), file.name)
        except ScenarioProblem as problem:
            faults += problem.faults
        else:
            found[scenario.name] = scenario
    if faults:
        raise ScenarioProblem(faults)
    return found


def find_scenario(told: str) -> Scenario:
    """The scenario that a person names: one of the library, the baseline, or a .toml file.

    Raises
    ------
    ScenarioProblem
        If there is none, or with every fault of form in its file.
    """
    if told == BASELINE.name:
        return BASELINE
    if told in library():
        return library()[told]
    if told.endswith(ENDING):
        return load_scenario(Path(told), told)
    names = (*library(), BASELINE.name)
    raise ScenarioProblem([Place(told).fault("", "no such scenario", told, **nearest(told, names))])


def find_scenarios(told: Sequence[str]) -> tuple[Scenario, ...]:
    """The scenarios that a person names, in order.

    Raises
    ------
    ScenarioProblem
        With the faults of all of them.
    """
    found: list[Scenario] = []
    faults: list[ScenarioFault] = []
    for name in told:
        try:
            found.append(find_scenario(name))
        except ScenarioProblem as problem:
            faults += problem.faults
            found += [scenario for stack in problem.read for scenario in stack]
    if faults:
        raise ScenarioProblem(faults, [tuple(found)])
    return tuple(found)


def text_of(path: Path, place: Place) -> str:
    """What a file says, read as UTF-8.

    Raises
    ------
    ScenarioProblem
        If there is no such file, or it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as problem:
        raise ScenarioProblem([place.fault("", "no such file")]) from problem
    except UnicodeDecodeError as problem:
        raise ScenarioProblem([place.fault("", "not UTF-8")]) from problem
    except (OSError, ValueError) as problem:
        # A name that no file can have is a fault of a value.
        said = problem.strerror if isinstance(problem, OSError) else type(problem).__name__
        raise ScenarioProblem([place.fault("", "unreadable file", problem=said or "")]) from problem


def _faults(place: Place, content: Mapping[str, Any]) -> Iterator[ScenarioFault]:
    """Faults of the scenario's own keys, and of changes that are no changes."""
    for key in TEXTS:
        if key not in content and key in TITLES:
            continue
        if key not in content:
            yield place.fault(key, "missing key")
        else:
            yield from text(place, key, content[key])
    for key in content:
        if key not in (*TEXTS, CHANGES):
            yield place.fault(key, "unknown key", **nearest(key, (*TEXTS, CHANGES)))
    name = content.get("name")
    if isinstance(name, str) and name.strip() and (not _name.fullmatch(name) or name == BASELINE.name):
        yield place.fault("name", "bad name", name)
    changes = content.get(CHANGES, [])
    if not _are_tables(changes):
        yield place.fault(CHANGES, "not tables", changes)
        return
    for number, change in enumerate(changes, start=1):
        for key in ("from_week", "until_week"):
            if key in change and not is_whole(change[key]):
                yield Place(place.file, number).fault(key, "not a whole number", change[key])


def _scenario(place: Place, content: Mapping[str, Any]) -> Scenario:
    """The scenario with the changes whose kind and weeks can be read."""
    changes = content.get(CHANGES, [])
    readable = changes if _are_tables(changes) else []
    texts = {key: str(content.get(key, "")) for key in TEXTS}
    titles = {key: _first_sentence(texts[by]) for key, by in TITLES.items() if key not in content}
    return Scenario(
        **{**texts, **titles},
        changes=tuple(_change(change) for change in readable),
        file=place.file,
    )


def _first_sentence(words: str) -> str:
    return words.strip().partition(". ")[0].removesuffix(".")


def _are_tables(changes: Any) -> bool:
    return isinstance(changes, list) and all(isinstance(change, dict) for change in changes)


def _change(entry: Mapping[str, Any]) -> Change:
    weeks = {key: entry[key] for key in ("from_week", "until_week") if is_whole(entry.get(key))}
    settings = {key: value for key, value in entry.items() if key not in TIMES}
    return Change(kind=str(entry.get("kind", "")), **weeks, settings=settings)
