"""The policy as people read it: every rule with its text, source, basis, numbers in force and since when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.usecases.explaining import with_numbers
from optimiser.policy.load import load_policy_data
from optimiser.policy.model import Policy, Rule


@dataclass(frozen=True, slots=True)
class Value:
    """A number or list that a rule or condition uses: in force now, and every value with its first day."""

    name: str
    value: Any
    dated: tuple[tuple[date, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a household in words, with the values it compares with."""

    name: str
    text_sv: str
    text_en: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule with everything it rests on; conditions are those that it names, and what they are made of."""

    rule: Rule
    text_sv: str
    text_en: str
    sources: tuple[dict[str, str], ...]
    values: tuple[Value, ...]
    conditions: tuple[Condition, ...]


def rules_of(policy: Policy) -> list[RuleTold]:
    """Every rule of a policy, in its order."""
    return [rule_told(policy, rule) for rule in policy.rules]


def rule_told(policy: Policy, rule: Rule) -> RuleTold:
    """One rule in words."""
    tree = load_policy_data().tree
    written = tree["rules"][rule.rule_id].get("parameters", {})
    names = [name for name in (rule.applies_when, *rule.parameters.values()) if isinstance(name, str)]
    seen: dict[str, None] = {}
    for name in names:
        _gather(policy.conditions, name, seen)
    return RuleTold(
        rule=rule,
        text_sv=with_numbers(rule.text_sv, rule),
        text_en=with_numbers(rule.text_en, rule),
        sources=tuple(source_told(policy, cite) for cite in rule.cite),
        values=tuple(_values(written, rule.parameters)),
        conditions=tuple(condition_told(policy, name) for name in seen),
    )


def source_told(policy: Policy, cite: Mapping[str, str]) -> dict[str, str]:
    """A citation with the titles of its source."""
    source = policy.sources.get(cite["source"], {})
    titles = {name: str(source.get(name, "")) for name in ("title_sv", "title_en", "reference")}
    return {"source": cite["source"], "section": cite["section"], **titles}


def condition_told(policy: Policy, name: str) -> Condition:
    """A named condition in words, with its numbers."""
    entry, written = policy.conditions[name], load_policy_data().tree["conditions"][name]
    words = {"value": next((v for k, v in entry.items() if _is_dated(written.get(k))), "")}
    sv, en = (str(entry.get(language, name)).format_map(words) for language in ("sv", "en"))
    return Condition(name, sv, en, tuple(_values(written, entry)))


def _gather(conditions: Mapping[str, Mapping[str, Any]], name: str, seen: dict[str, None]) -> None:
    if name not in conditions or name in seen:
        return
    seen[name] = None
    entry = conditions[name]
    for part in (*entry.get("all", ()), *entry.get("any", ()), *([entry["not"]] if "not" in entry else ())):
        _gather(conditions, part, seen)


def _values(written: Mapping[str, Any], in_force: Mapping[str, Any]) -> Iterator[Value]:
    for name, node in written.items():
        if name in ("sv", "en", "all", "any", "not", "fact", "members", "condition"):
            continue
        dated = sorted((entry["from"], entry["value"]) for entry in node) if _is_dated(node) else []
        yield Value(name, in_force.get(name), tuple(dated))


def _is_dated(node: Any) -> bool:
    return (
        isinstance(node, list)
        and bool(node)
        and isinstance(node[0], dict)
        and set(node[0]) == {"from", "value"}
    )
