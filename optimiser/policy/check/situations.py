"""Checks which situations mean a place: situations that there are, each with the level of a form."""

from collections.abc import Iterator

from models.codes import Situation
from models.forms import forms
from optimiser.policy.check.finding import Finding, error, unknown
from optimiser.policy.check.written import Written

KEYS = frozenset({"level", "sv", "en"})


def check_situations(written: Written) -> Iterator[Finding]:
    """Situations that do not exist, parts that are not known, and levels that no form has."""
    known, levels = [str(situation) for situation in Situation], {form.level for form in forms().values()}
    for entry in written.entries["situations"]:
        if entry.name not in known:
            yield unknown(
                entry.where, "en situation hos ett hushåll", "a situation of a household", entry.name, known
            )
        for key in sorted(set(entry.content) - KEYS):
            yield unknown(entry.where, "en del av situations.toml", "a part of situations.toml", key, KEYS)
        level = entry.content.get("level")
        if type(level) is not int or level not in levels:
            named = ", ".join(str(one) for one in sorted(levels))
            yield error(
                entry.where,
                f"level är {level}, som ingen boendeform har.",
                f"level is {level}, which no form of housing has.",
                f"Skriv en av: {named}.",
                f"Write one of: {named}.",
            )
