"""Checks the conditions: each of a known kind, about known facts and codes."""

from collections.abc import Iterator, Mapping

from models.codes import Fact, Sex, Support
from optimiser.instance import HOUSEHOLD_CODES, HOUSEHOLD_DATES
from optimiser.policy.check.finding import Finding, error, unknown
from optimiser.policy.check.numbers import is_dated
from optimiser.policy.check.selectors import check_selector
from optimiser.policy.check.written import Entry, Written

KINDS: Mapping[str, frozenset[str]] = {
    "all": frozenset(),
    "any": frozenset(),
    "not": frozenset(),
    "members": frozenset({"age_at_least", "sex", "fact", "in"}),
    "fact": frozenset({"in", "at_least", "at_most", "below", "days_ago_at_least", "after_as_of"}),
    "ends_within_days": frozenset({"overdue_days"}),
    "present_place": frozenset(),
    "lives_in": frozenset(),
}
"""Kinds of condition by the key that marks them, and the further keys of each."""

MEMBERS = ("any_child", "any_adult", "every_adult")
CHILD_FACT = "special_stability_need"
NUMBERS = ("shis_months",)
LADDERS = tuple(name for name, kind in HOUSEHOLD_CODES.items() if kind is Support)


def check_conditions(written: Written) -> Iterator[Finding]:
    """Faults within conditions, entry by entry."""
    for entry in written.entries["conditions"]:
        kind = _kind(entry)
        if kind is None:
            yield error(
                entry.where,
                "Villkoret ska vara av precis en sort.",
                "The condition must be of exactly one kind.",
                f"Skriv en av: {', '.join(KINDS)}.",
                f"Write one of: {', '.join(KINDS)}.",
            )
            continue
        for key in set(entry.content) - {kind, "sv", "en"} - KINDS[kind]:
            yield unknown(
                entry.where,
                f"en del av ett villkor av sorten {kind}",
                f"a part of a condition of the kind {kind}",
                key,
                KINDS[kind],
            )
        yield from _of_kind(entry, kind)


def _kind(entry: Entry) -> str | None:
    marked = [kind for kind in KINDS if kind in entry.content]
    if "members" in marked:
        marked = [kind for kind in marked if kind != "fact"]
    return marked[0] if len(marked) == 1 else None


def _of_kind(entry: Entry, kind: str) -> Iterator[Finding]:
    content = entry.content
    if kind == "fact":
        yield from _fact(entry, content["fact"])
    elif kind == "members":
        yield from _members(entry)
    elif kind == "lives_in":
        yield from check_selector(entry.where, content["lives_in"])
    elif kind == "ends_within_days" and "overdue_days" not in content:
        yield _lacks(entry, "overdue_days")


def _fact(entry: Entry, fact: str) -> Iterator[Finding]:
    content = entry.content
    known = (*HOUSEHOLD_CODES, *HOUSEHOLD_DATES, *NUMBERS)
    if fact not in known:
        yield unknown(entry.where, "en kolumn hos hushållet", "a column of the household", fact, known)
        return
    allowed = _comparisons(fact)
    used = set(content) & KINDS["fact"]
    if len(used) != 1 or not used <= allowed:
        yield error(
            entry.where,
            f"{fact} jämförs på ett sätt som inte går: {', '.join(sorted(used)) or 'inget'}.",
            f"{fact} is compared in a way that does not work: {', '.join(sorted(used)) or 'none'}.",
            f"Skriv en av: {', '.join(sorted(allowed))}.",
            f"Write one of: {', '.join(sorted(allowed))}.",
        )
        return
    comparison = used.pop()
    value = content[comparison]
    if fact in HOUSEHOLD_CODES:
        codes = [str(code) for code in HOUSEHOLD_CODES[fact]]
        for code in value if comparison == "in" else [value]:
            if code not in codes:
                yield unknown(entry.where, f"ett värde för {fact}", f"a value of {fact}", code, codes)
    elif comparison != "after_as_of" and not is_dated(value):
        yield _not_dated(entry, comparison)


def _comparisons(fact: str) -> set[str]:
    if fact in HOUSEHOLD_DATES:
        return {"days_ago_at_least", "after_as_of"}
    if fact in NUMBERS:
        return {"at_least", "at_most", "below"}
    return {"in", "at_least", "at_most"} if fact in LADDERS else {"in"}


def _members(entry: Entry) -> Iterator[Finding]:
    content = entry.content
    if content["members"] not in MEMBERS:
        yield unknown(entry.where, "en grupp av medlemmar", "a group of members", content["members"], MEMBERS)
    if "sex" in content and content["sex"] not in (Sex.WOMAN, Sex.MAN):
        yield unknown(
            entry.where,
            "ett kön som kan prövas",
            "a sex that can be tried",
            content["sex"],
            (Sex.WOMAN, Sex.MAN),
        )
    if "age_at_least" in content and not is_dated(content["age_at_least"]):
        yield _not_dated(entry, "age_at_least")
    if "fact" in content and content["fact"] != CHILD_FACT:
        yield unknown(
            entry.where, "en uppgift om barn", "a fact about children", content["fact"], (CHILD_FACT,)
        )
    if "fact" in content and content.get("in") != [Fact.YES]:
        yield unknown(
            entry.where,
            "det som prövas om barn",
            "what is tried about children",
            content.get("in"),
            ('["yes"]',),
        )


def _not_dated(entry: Entry, key: str) -> Finding:
    return error(
        entry.where,
        f"{key} ska vara ett daterat tal.",
        f"{key} must be a dated number.",
        "Skriv till exempel [{ from = 2020-01-01, value = 65 }].",
        "Write, for instance, [{ from = 2020-01-01, value = 65 }].",
    )


def _lacks(entry: Entry, key: str) -> Finding:
    return error(entry.where, f"{key} saknas.", f"{key} is missing.", f"Lägg till {key}.", f"Add {key}.")
