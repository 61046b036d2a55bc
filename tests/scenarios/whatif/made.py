"""Scenarios made for tests, and the cities they are held against."""

from dataclasses import fields
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from models.database import open_database
from models.dataset import Dataset
from models.exchange import import_folder
from models.store import read_dataset
from optimiser.policy.load import load_policy_data
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from scenarios.whatif.compile import compile_reform
from scenarios.whatif.faults import ScenarioFault, ScenarioProblem
from scenarios.whatif.load import load_scenario
from scenarios.whatif.reform import Reform
from scenarios.whatif.scenario import Change, Scenario

DATA = Path(__file__).parents[2] / "data"
AS_OF = DEMO_AS_OF
HEAD = """
name = "made"
title_sv = "Påhittat"
title_en = "Made up"
text_sv = "För prov."
text_en = "For a test."
"""
OPEN = """
kind = "open_pool"
pool_id = "S-NY"
name = "Nya huset"
form = "stodboende"
district = "Farsta"
capacity = 7
"""


def toml(*changes: str) -> str:
    """The text of a scenario with some changes."""
    return HEAD + "".join(f"\n[[change]]\n{change}\n" for change in changes)


def made(*changes: str) -> Scenario:
    """A scenario of sound form."""
    return load_scenario(toml(*changes), "made.toml")


def faults_of(*changes: str) -> tuple[ScenarioFault, ...]:
    """Faults of form of a scenario that is refused."""
    return refused(toml(*changes))


def refused(text: str) -> tuple[ScenarioFault, ...]:
    """Faults of a text that is refused; none if it is not."""
    try:
        load_scenario(text, "made.toml")
    except ScenarioProblem as problem:
        return problem.faults
    return ()


def kinds(faults: tuple[ScenarioFault, ...]) -> list[tuple[int, str, str]]:
    """Change, key and kind of each fault."""
    return [(fault.change, fault.key, fault.kind) for fault in faults]


@cache
def demo_city() -> Dataset:
    """The demo city."""
    return build_demo_city()


@cache
def small_city() -> Dataset:
    """The small city of the sample data."""
    with TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/city.sqlite")
        report = import_folder(engine, DATA / "small-city", AS_OF)
        assert not report.faults
        city = read_dataset(engine)
        engine.dispose()
    return city


def compiled(*scenarios: Scenario, weeks: int = 52, city: Dataset | None = None) -> Reform:
    """A reform of some scenarios in the demo city."""
    return compile_reform(city or demo_city(), AS_OF, scenarios, weeks, load_policy_data())


def change(kind: str, from_week: int = 0, until_week: int | None = None, **settings: Any) -> Change:
    """A change made in code."""
    return Change(kind, from_week, until_week, settings)


def same(one: Reform, other: Reform) -> bool:
    """Whether two reforms mean the same, whatever they are called."""
    return all(
        _equal(getattr(one, field.name), getattr(other, field.name))
        for field in fields(Reform)
        if field.name != "names"
    )


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(np.array_equal(one[key], other[key]) for key in one)
    return bool(np.array_equal(one, other)) if isinstance(one, np.ndarray) else bool(one == other)
