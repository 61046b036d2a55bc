"""Checks candidates, tiers, points and fit: their parts, and the words they use."""

from collections.abc import Iterator

from optimiser.instance import HOUSEHOLD_DATES, HOUSEHOLD_DISTRICTS, HOUSEHOLD_FORMS
from optimiser.policy.check.finding import Finding, error, unknown
from optimiser.policy.check.selectors import check_selector
from optimiser.policy.check.written import Entry, Written

NAMED = frozenset({"id", "sv", "en"})
REQUIRED = {
    "candidates": frozenset({"excluded_when"}),
    "tiers": frozenset({"number", "condition"}),
    "points": frozenset({"id"}),
    "fit": frozenset({"id", "points"}),
    "other_help": frozenset({"id"}),
}
OPTIONAL = {
    "tiers": frozenset({"sv", "en"}),
    "points": NAMED | {"days_since", "at_most", "condition", "points", "per_child", "children_at_most"},
    "fit": NAMED | {"pool", "household", "unless", "listed", "same", "per", "over", "at_most"},
    "other_help": NAMED,
}
COUNTED = {
    "days_since": frozenset({"at_most"}),
    "condition": frozenset({"points"}),
    "per_child": frozenset({"children_at_most"}),
}
"""What an item of points counts, and the numbers that go with it."""

WORDS = {
    "days_since": HOUSEHOLD_DATES,
    "listed": (*HOUSEHOLD_DISTRICTS, *HOUSEHOLD_FORMS),
    "same": ("responsible_unit",),
    "per": ("minute_over", "staffing_step_above_need"),
}


def check_priorities(written: Written) -> Iterator[Finding]:
    """Faults in who takes part, in what order, and in how well a place suits."""
    for part, required in REQUIRED.items():
        for entry in written.entries[part]:
            known = required | OPTIONAL.get(part, frozenset())
            for key in set(entry.content) - known:
                yield unknown(entry.where, f"en del av {part}.toml", f"a part of {part}.toml", key, known)
            for key in (required | _needed(part, entry)) - set(entry.content):
                mend_sv, mend_en = f"Lägg till {key}.", f"Add {key}."
                yield error(entry.where, f"{key} saknas.", f"{key} is missing.", mend_sv, mend_en)
            if part == "points" and len(set(COUNTED) & set(entry.content)) != 1:
                yield error(
                    entry.where,
                    "Posten ska räkna precis en sak.",
                    "The item must count exactly one thing.",
                    f"Skriv en av: {', '.join(COUNTED)}.",
                    f"Write one of: {', '.join(COUNTED)}.",
                )
            yield from _words(entry)


def _needed(part: str, entry: Entry) -> frozenset[str]:
    if part == "fit" and entry.content.get("per") == "minute_over":
        return frozenset({"over", "at_most"})
    if part == "points":
        return frozenset[str]().union(*(COUNTED[key] for key in COUNTED if key in entry.content))
    return frozenset()


def _words(entry: Entry) -> Iterator[Finding]:
    yield from check_selector(entry.where, entry.content.get("pool", {}))
    for key, known in WORDS.items():
        if key in entry.content and entry.content[key] not in known:
            yield unknown(entry.where, f"ett värde för {key}", f"a value of {key}", entry.content[key], known)
