"""Names of finished replications: hashes of all that their numbers depend on."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import models
import optimiser
import scenarios
from models.stock import Pool, Quota
from optimiser.matching import Moves
from scenarios.assumptions.model import Assumptions
from scenarios.whatif.reform import Reform

ENGINES = ("numpy", "ortools")
"""Packages in which a new version may give other numbers."""

ROOMS = (models, optimiser, scenarios)
APART = frozenset({"demo_city", "gallery", "exchange", "migrations", "store", "tables"})
"""Folders whose code no replication passes through: what comes from them is in the hash of the inputs."""


@cache
def edition() -> str:
    """Hash of the code and the packages that a replication passes through.

    A figure kept from before a change of the code is never taken for one of today's.
    """
    found = hashlib.sha256()
    for package in ENGINES:
        found.update(f"{package} {version(package)}\n".encode())
    for room in ROOMS:
        root = Path(str(room.__file__)).parent
        for file in sorted(root.rglob("*.py")) + sorted(root.glob("*.toml")):
            name = file.relative_to(root)
            if not APART.intersection(name.parts):
                found.update(f"{room.__name__} {name.as_posix()}\n".encode())
                found.update(file.read_bytes())
    return found.hexdigest()


def digest_of_reform(reform: Reform) -> str:
    """Hash of what a reform does; what its scenarios are called does not matter."""
    content = {
        "weeks": reform.weeks,
        "stock": [[epoch.from_week, _rows(epoch.state)] for epoch in reform.stock],
        "quotas": [[epoch.from_week, _rows(epoch.state)] for epoch in reform.quotas],
        "policy": [[epoch.from_week, epoch.state.digest] for epoch in reform.policy],
        "matching": reform.matching,
        "budget": reform.budget,
        "arrivals": reform.arrivals.tolist(),
        "stays": {form: reform.stays[form].tolist() for form in sorted(reform.stays)},
        "refusals": reform.refusals.tolist(),
    }
    return _digest(content)


def digest_of_assumptions(assumptions: Assumptions, uncertain: bool) -> str:
    """Hash of the values, and of their intervals where rates are drawn from those."""
    if not uncertain:
        return assumptions.digest
    spreads = {key: [entry.basis, entry.low, entry.high] for key, entry in assumptions.entries.items()}
    return _digest([assumptions.digest, spreads])


def key_of(
    edition: str,
    inputs: str,
    reform: str,
    assumptions: str,
    as_of: date,
    seed: int,
    moves: Moves,
    replication: int,
) -> str:
    """Name under which a finished replication is kept; the weeks are part of the reform's hash."""
    return _digest([edition, inputs, reform, assumptions, str(as_of), seed, str(moves), replication])


def _rows(rows: Iterable[Pool | Quota]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in type(row).model_fields} for row in rows]


def _digest(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
