"""Reads the policy files and chooses the numbers in force on a day."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from models.forms import forms
from optimiser.policy.model import Policy, PolicyProblem, Rule

PARTS = ("conditions", "situations", "candidates", "tiers", "points", "fit", "sources", "other_help")


@dataclass(frozen=True, slots=True)
class PolicyData:
    """A policy as written: every dated number still with all its dates.

    `tree` has one entry for each of PARTS, and `rules`: rule id -> entry, in the order of the files.
    """

    tree: Mapping[str, Any]
    digest: str

    def on(self, as_of: date) -> Policy:
        """The policy in force on a day.

        Raises
        ------
        PolicyProblem
            When a number has no value in force on that day, or an entry lacks a part.
        """
        tree = {part: _in_force(self.tree[part], as_of, part) for part in (*PARTS, "rules")}
        rules = tuple(_rule(rule_id, entry) for rule_id, entry in tree["rules"].items())
        return Policy(
            digest=self.digest,
            as_of=as_of,
            conditions=tree["conditions"],
            present_levels={name: int(entry["level"]) for name, entry in tree["situations"].items()},
            rules=rules,
            excluded_when=tree["candidates"]["excluded_when"],
            tiers=tuple(sorted(tree["tiers"]["tier"], key=lambda tier: int(tier["number"]))),
            points=tuple(tree["points"]["item"]),
            fit=tuple(tree["fit"]["item"]),
            sources=tree["sources"],
            other_help=tuple(tree["other_help"]["help"]),
            rule_at={rule.rule_id: i for i, rule in enumerate(rules)},
        )


def policy_folder() -> Traversable:
    """The folder with the policy that comes with the product."""
    return files("optimiser") / "policy"


@cache
def load_policy_data(folder: Path | None = None) -> PolicyData:
    """Read a policy folder, by default the one that comes with the product.

    Raises
    ------
    PolicyProblem
        When a file is missing, is not TOML, or two rules share an id.
    """
    root: Traversable = policy_folder() if folder is None else folder
    tree: dict[str, Any] = {part: _read(root / f"{part}.toml") for part in PARTS}
    tree["rules"] = {}
    for file in sorted((root / "rules").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            for rule_id, entry in _read(file).items():
                if rule_id in tree["rules"]:
                    raise PolicyProblem(f"rules/{file.name}: rule {rule_id} stands twice; keep one of them")
                tree["rules"][rule_id] = entry
    return PolicyData(tree, digest_of(tree))


def load_policy(as_of: date, folder: Path | None = None) -> Policy:
    """The policy in force on a day; see `load_policy_data` and `PolicyData.on`."""
    return load_policy_data(folder).on(as_of)


def digest_of(tree: Mapping[str, Any]) -> str:
    """Hash of all policy data and of the forms' levels; the order of tables does not matter."""
    shapes = {form_id: [form.level, form.own_flat, form.shis] for form_id, form in forms().items()}
    text = json.dumps([tree, shapes], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise PolicyProblem(
            f"{file.name}: cannot be read ({problem.strerror}); restore the file"
        ) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise PolicyProblem(f"{file.name}: is not valid TOML ({problem}); mend the line named") from problem


def _in_force(node: Any, as_of: date, where: str) -> Any:
    if isinstance(node, list) and node and isinstance(node[0], dict) and set(node[0]) == {"from", "value"}:
        values = [entry["value"] for entry in sorted(node, key=lambda e: e["from"]) if entry["from"] <= as_of]
        if not values:
            raise PolicyProblem(f"{where}: no value is in force on {as_of}; add one that starts earlier")
        return values[-1]
    if isinstance(node, list):
        return [_in_force(entry, as_of, where) for entry in node]
    if isinstance(node, dict):
        return {key: _in_force(entry, as_of, f"{where}.{key}") for key, entry in node.items()}
    return node


def _rule(rule_id: str, entry: Mapping[str, Any]) -> Rule:
    try:
        return Rule(
            rule_id=rule_id,
            predicate=entry["predicate"],
            parameters=entry.get("parameters", {}),
            applies_to=entry.get("applies_to", {}),
            applies_when=entry.get("applies_when"),
            when_unknown=entry.get("when_unknown", "hold"),
            basis=entry["basis"],
            cite=tuple(entry.get("cite", ())),
            since=entry["since"],
            text_sv=entry["text_sv"],
            text_en=entry["text_en"],
            note_sv=entry.get("note_sv", ""),
            note_en=entry.get("note_en", ""),
            exception_possible=entry.get("exception_possible", False),
        )
    except KeyError as missing:
        raise PolicyProblem(f"rule {rule_id}: lacks {missing}; add it") from missing
