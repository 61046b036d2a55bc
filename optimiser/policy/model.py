"""What a policy is made of: conditions, rules, tiers, points and fit, as read from its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal


class PolicyProblem(Exception):
    """A policy file that cannot be used; names the file, the entry, the fault and the remedy."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of eligibility.

    `applies_to` selects pools, `applies_when` names a condition that a household must meet; a pair
    outside either passes and is left out of its explanation. `when_unknown` is `hold` (the pair waits
    for the fact) or `ask` (a question to put at the offer). `exception_possible` says that the city may
    set the rule aside for one household, as it may not where law, safety or a person's wish speaks.
    """

    rule_id: str
    predicate: str
    parameters: Mapping[str, Any]
    applies_to: Mapping[str, Any]
    applies_when: str | None
    when_unknown: Literal["hold", "ask"]
    basis: Literal["source", "interpretation", "local"]
    cite: tuple[Mapping[str, str], ...]
    since: date
    text_sv: str
    text_en: str
    note_sv: str = ""
    note_en: str = ""
    exception_possible: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy with its dated numbers chosen for one day.

    Attributes
    ----------
    digest
        Hash of all policy data, with every date, so that a run can name the policy it used.
    present_levels
        Level of the place that a situation means for a household without a current pool, by situation.
    """

    digest: str
    as_of: date
    conditions: Mapping[str, Mapping[str, Any]]
    present_levels: Mapping[str, int]
    rules: tuple[Rule, ...]
    excluded_when: str
    tiers: tuple[Mapping[str, Any], ...]
    points: tuple[Mapping[str, Any], ...]
    fit: tuple[Mapping[str, Any], ...]
    sources: Mapping[str, Mapping[str, Any]]
    other_help: tuple[Mapping[str, str], ...]
    rule_at: Mapping[str, int] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id; KeyError when there is none."""
        return self.rules[self.rule_at[rule_id]]
