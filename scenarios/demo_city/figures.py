"""The figures the city is built from, read from stock.toml and people.toml."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

DEMO_AS_OF = date(2026, 1, 15)


@cache
def figures(name: str) -> dict[str, Any]:
    """All tables of one file of figures; each table names its source or says `assumed`.

    Parameters
    ----------
    name : str
        `stock`, `people` or `places`.
    """
    text = (files("scenarios.demo_city") / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def people(table: str) -> dict[str, Any]:
    """One table of people.toml."""
    found: dict[str, Any] = figures("people")[table]
    return found
