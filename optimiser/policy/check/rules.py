"""Checks the rules: known predicates with the parameters they read, known lists, forms and codes."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from models.codes import Support
from models.forms import forms
from optimiser.instance import HOUSEHOLD_DISTRICTS, HOUSEHOLD_FORMS, POOL_CODES
from optimiser.policy.check.finding import Finding, error, unknown
from optimiser.policy.check.selectors import LEVELS, check_codes, check_selector
from optimiser.policy.check.written import Entry, Written
from optimiser.policy.predicates import PREDICATES

KEYS = frozenset(
    {"predicate", "applies_to", "applies_when", "when_unknown", "basis", "cite", "since", "parameters"}
    | {"exception_possible"}
    | {"text_sv", "text_en", "note_sv", "note_en"}
)


def check_rules(written: Written) -> Iterator[Finding]:
    """Faults in rules, entry by entry."""
    rules = written.names("rules")
    for rule in written.entries["rules"]:
        content = rule.content
        for key in set(content) - KEYS:
            yield unknown(rule.where, "en del av en regel", "a part of a rule", key, KEYS)
        if content.get("when_unknown", "hold") not in ("hold", "ask"):
            yield unknown(
                rule.where,
                "ett sätt att möta det okända",
                "a way to meet the unknown",
                content["when_unknown"],
                ("hold", "ask"),
            )
        if type(content.get("since")) is not date:
            yield error(
                rule.where,
                "Datumet since saknas.",
                "The date since is missing.",
                "Skriv since = 2020-01-01.",
                "Write since = 2020-01-01.",
            )
        yield from check_selector(rule.where, content.get("applies_to", {}))
        yield from _parameters(rule)
        yield from _values(rule, rules)


def _parameters(rule: Entry) -> Iterator[Finding]:
    name = rule.content.get("predicate")
    predicate = PREDICATES.get(str(name))
    if predicate is None:
        yield unknown(rule.where, "ett predikat i koden", "a predicate in code", name, PREDICATES)
        return
    given = frozenset(rule.content.get("parameters", {}))
    for extra in sorted(given - predicate.parameters):
        yield error(
            rule.where,
            f"Parametern {extra} läses inte av {name}.",
            f"The parameter {extra} is not read by {name}.",
            f"Ta bort den; {name} läser: {', '.join(sorted(predicate.parameters)) or 'inga parametrar'}.",
            f"Take it away; {name} reads: {', '.join(sorted(predicate.parameters)) or 'no parameters'}.",
        )
    for lacking in sorted(predicate.required - given):
        yield error(
            rule.where,
            f"Parametern {lacking} saknas; {name} behöver den.",
            f"The parameter {lacking} is missing; {name} needs it.",
            f"Lägg till {lacking} under [{rule.name}.parameters].",
            f"Add {lacking} under [{rule.name}.parameters].",
        )


def _values(rule: Entry, rules: frozenset[str]) -> Iterator[Finding]:
    """Structural words among the parameters: columns, codes, forms, levels and rules."""
    parameters = rule.content.get("parameters", {})
    known: Mapping[str, tuple[str, str, Any]] = {
        "list": (
            "en lista hos hushållet",
            "a list of the household",
            (*HOUSEHOLD_DISTRICTS, *HOUSEHOLD_FORMS),
        ),
        "column": ("en kodad kolumn hos ett boende", "a coded column of a pool", POOL_CODES),
        "own_flat_up_to": ("ett steg i stödet", "a step of support", [str(step) for step in Support]),
        "agree_forms": ("en boendeform", "a form of housing", forms()),
        "agree_levels": ("en nivå", "a level", LEVELS),
        "exempt_levels": ("en nivå", "a level", LEVELS),
        "not_counted": ("en regel", "a rule", rules),
    }
    for name, (sv, en, allowed) in known.items():
        given = parameters.get(name, [])
        for value in given if isinstance(given, list) else [given]:
            if value not in allowed:
                yield unknown(rule.where, sv, en, value, allowed)
    if "values" in parameters and parameters.get("column") in POOL_CODES:
        yield from check_codes(rule.where, parameters["column"], parameters["values"])
